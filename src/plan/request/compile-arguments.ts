import { StepError } from '../../errors/index.ts'
import { type ArrayFormat, isRecord, type QueryParameter, writeExactJson } from '../../http/index.ts'
import type { Compiled, Compiler, DefinitionPath } from '../compiler.ts'
import type { NoteDifference } from '../exact/request-note.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import { compileChangingKeys } from './compile-changing-keys.ts'
import { type CookieGuard, guardCookie } from './guard-cookie.ts'

/** One `args` entry, compiled. */
export interface ArgumentPlan {
  readonly name: string
  readonly in: 'query' | 'body' | 'headers'
  readonly condition?: Evaluate
  readonly value: Compiled
  readonly spread: boolean
  readonly inline: boolean
  readonly arrayFormat: ArrayFormat
  /** See `compat: exact`. */
  readonly exact: boolean
  readonly at: DefinitionPath
  readonly guard?: CookieGuard
  /** The argument as one state of a run has it, where expressions stand beside its value. */
  readonly resolve?: (context: RunContext) => ArgumentPlan
}

/** Where the arguments of one request end up. */
export interface PlacedArguments {
  /** In order of first appearance. */
  readonly query: Map<string, { value: string | string[]; format: ArrayFormat }>
  /** Lower-case names. */
  readonly headers: Record<string, string>
  /** Undefined where no argument goes into the body. */
  body: unknown
  /** The raw text of an inline argument. */
  inlineBody?: string
}

const formats: readonly string[] = ['repeat', 'brackets', 'comma', 'stringify'] satisfies ArrayFormat[]

export function compileArguments(
  args: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): readonly ArgumentPlan[] {
  if (!Array.isArray(args)) return []
  return args.filter(isRecord).map((arg, index): ArgumentPlan => {
    const here = [...at, index]
    const condition = arg['condition']
    const guard = guardCookie(arg, compiler, [...here, 'value'])
    const compiled =
      condition === undefined ? undefined : compiler.value(condition, [...here, 'condition']).evaluate
    const plan: ArgumentPlan = {
      ...readPlace(arg),
      ...(compiled === undefined ? {} : { condition: compiled }),
      ...(guard === undefined ? {} : { guard }),
      value: compiler.value(arg['value'], [...here, 'value']),
      exact: compiler.exact,
      at: here,
    }
    const changed = compileChangingKeys(arg, compiler, here)
    return changed === undefined
      ? plan
      : { ...plan, resolve: (context) => ({ ...plan, ...readPlace(changed(context)) }) }
  })
}

function readPlace(arg: Readonly<Record<string, unknown>>) {
  const format = arg['arrayFormat']
  return {
    name: String(arg['name']),
    in: arg['in'] as ArgumentPlan['in'],
    spread: arg['spread'] === true,
    inline: arg['inline'] === true,
    arrayFormat: formats.includes(format as string) ? (format as ArrayFormat) : ('indexed' as const),
  }
}

/**
 * Evaluates and places the arguments, in order. Undefined is left out (but in exact mode goes out as the text
 * `undefined` in query and headers); null goes out as null; `false`, `0` and `''` are sent.
 */
export function placeArguments(
  args: readonly ArgumentPlan[],
  context: RunContext,
  note?: NoteDifference,
): PlacedArguments {
  const placed: PlacedArguments = { query: new Map(), headers: {}, body: undefined }
  for (const given of args) {
    const arg = given.resolve?.(context) ?? given
    const value = placedValue(arg, context, note)
    if (value === undefined) continue
    if (note !== undefined && !arg.exact && arg.in !== 'body') noteMaps(arg, value, note)
    if (arg.in === 'headers') placed.headers[arg.name.toLowerCase()] = headerText(arg, value)
    else if (arg.in === 'query') addQuery(placed.query, arg, value)
    else if (arg.in !== 'body') refusePlace(arg)
    else if (arg.inline) placed.inlineBody = toText(value)
    else placed.body = arg.spread ? spreadInto(placed.body, value) : setInBody(placed.body, arg.name, value)
  }
  if (placed.inlineBody !== undefined && placed.body !== undefined)
    throw new StepError('step/failed', {
      message: 'An inline argument is the whole body, and another argument goes into the body as well.',
    })
  return placed
}

/** What an argument sends; undefined where it is left out. */
export function placedValue(arg: ArgumentPlan, context: RunContext, note?: NoteDifference): unknown {
  // Strictly true, as the format has it: a truthy text does not send an argument.
  if (arg.condition !== undefined && arg.condition(context) !== true) return undefined
  arg.guard?.(context)
  const value = arg.value.evaluate(context)
  if (value !== undefined || arg.in === 'body') return value
  if (arg.exact) return 'undefined'
  note?.('missing-value', missingNote(arg))
  return undefined
}

/** Only an expression can give another place: the schema has checked the rest. */
function refusePlace(arg: ArgumentPlan): never {
  throw new StepError('step/failed', {
    message: `The argument "${arg.name}" goes nowhere: "in" gives neither query, body nor headers.`,
  })
}

/** The placed query as the parameters of a query string. */
export function queryParameters(query: PlacedArguments['query']): QueryParameter[] {
  return [...query].map(([name, { value, format }]) => ({ name, value, format }))
}

function addQuery(query: PlacedArguments['query'], arg: ArgumentPlan, value: unknown): void {
  const text = Array.isArray(value) ? value.map((item) => textOf(arg, item)) : textOf(arg, value)
  const before = query.get(arg.name)
  // A repeated name accumulates, so conditions of alternatives must exclude each other.
  if (before === undefined) query.set(arg.name, { value: text, format: arg.arrayFormat })
  else before.value = [before.value, text].flat()
}

function setInBody(body: unknown, name: string, value: unknown): unknown {
  const target = isRecord(body) ? body : {}
  const before = Object.hasOwn(target, name) ? target[name] : undefined
  const merged =
    isRecord(before) && isRecord(value)
      ? { ...before, ...value }
      : Array.isArray(before) && Array.isArray(value)
        ? [...before, ...value]
        : value
  define(target, name, merged)
  return target
}

function spreadInto(body: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return value
  if (!isRecord(value)) return body
  const target = isRecord(body) ? body : {}
  for (const [name, inner] of Object.entries(value)) define(target, name, inner)
  return target
}

/** Plain assignment of `__proto__` would set a prototype instead of a field. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}

function missingNote({ in: place, name }: ArgumentPlan): string {
  const kind = place === 'query' ? 'query parameter' : 'header'
  return `The ${kind} \`${name}\` is left out, because its value is missing; the original would send the text \`undefined\`.`
}

function noteMaps(arg: ArgumentPlan, value: unknown, note: NoteDifference): void {
  const parts = arg.in === 'query' && Array.isArray(value) ? value : [value]
  if (!parts.some((part) => typeof part === 'object' && part !== null)) return
  note(
    'object-in-query',
    `\`${arg.name}\` holds a map or list and is written as JSON; the original would send \`${originalText(value)}\`.`,
  )
}

function textOf({ exact }: ArgumentPlan, value: unknown): string {
  return exact ? originalText(value) : toText(value)
}

/** A map or list in a header is JSON in ASCII: no header carries more, and its reader undoes the escapes. */
function headerText(arg: ArgumentPlan, value: unknown): string {
  const text = textOf(arg, value)
  if (arg.exact || typeof value !== 'object' || value === null) return text
  return text.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `String(value)`, as the original writes every value: `undefined`, `[object Object]`, `1,2`. */
function originalText(value: unknown): string {
  try {
    return String(value)
  } catch {
    return '[object Object]'
  }
}

/** Text for query and headers. The original writes an object as `[object Object]`, which no provider can read: JSON instead. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? writeExactJson(value) : String(value)
}
