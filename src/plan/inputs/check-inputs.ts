import { createRequire } from 'node:module'
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { type InputProblem, nearestName } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import { patternEngine } from '../../patterns/index.ts'
import { checkNumbers } from './check-numbers.ts'
import type { JsonSchema } from './input-schema.ts'
import { valueFormats } from './value-formats.ts'

/** Whole-object rules of an action (`validationRules`), compiled. */
export type ValidationRule = (inputs: Readonly<Record<string, unknown>>) => InputProblem | undefined

/** Messages of `rules.errorMessage`, by the name of the input; of nested ones `address.city`. */
export type RuleMessages = Readonly<Record<string, string>>

const load = createRequire(import.meta.url)
let shared: Ajv2020 | undefined

function ajv(): Ajv2020 {
  if (shared !== undefined) return shared
  // Loaded with the first inputs: what only reads connectors does without.
  const library = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
  shared = new library.Ajv2020({
    allErrors: true,
    strict: false,
    coerceTypes: false,
    // Authors write patterns of the older syntax too, such as an escaped dash.
    unicodeRegExp: false,
    // The name counts where a validator is written to a file, which this one never is.
    code: { regExp: Object.assign(patternEngine, { code: 'patternEngine' }) },
    formats: Object.fromEntries(
      Object.entries(valueFormats).map(([name, { pattern }]) => [
        name,
        patternEngine(pattern.source, pattern.flags).test,
      ]),
    ),
  })
  return shared
}

/** A checker that names every problem at once and changes nothing. Compiled at its first use: most actions of a connector never run. */
export function createInputCheck(
  schema: JsonSchema,
  rules: readonly ValidationRule[],
  messages: RuleMessages,
): (inputs: unknown) => readonly InputProblem[] {
  let validate: ValidateFunction | undefined
  return (inputs) => {
    if (!isRecord(inputs))
      return [
        {
          code: 'input/invalid',
          name: '',
          pointer: '',
          message: 'The inputs must be an object of names and values.',
        },
      ]
    validate ??= ajv().compile({ ...schema, additionalProperties: false })
    const numbers = checkNumbers(inputs)
    if (numbers.problems.length > 0) return numbers.problems
    const problems = validate(numbers.judged) ? [] : mergeErrors(validate.errors ?? [], schema, messages)
    return [...problems, ...rules.map((rule) => rule(inputs)).filter((problem) => problem !== undefined)]
  }
}

/** One problem per input: the alternatives of an `anyOf` and a type that fails twice are one mistake. */
function mergeErrors(
  errors: readonly ErrorObject[],
  schema: JsonSchema,
  messages: RuleMessages,
): InputProblem[] {
  const byName = new Map<string, InputProblem>()
  for (const error of errors) {
    const problem = toProblem(error, schema, messages)
    if (!byName.has(problem.name) || error.keyword === 'anyOf') byName.set(problem.name, problem)
  }
  const whole = [...byName.keys()].filter((name) =>
    errors.some((error) => error.keyword === 'anyOf' && nameOf(error.instancePath) === name),
  )
  return [...byName.values()].filter(
    ({ name }) =>
      !whole.some(
        (parent) => name !== parent && (name.startsWith(`${parent}[`) || name.startsWith(`${parent}.`)),
      ),
  )
}

function toProblem(error: ErrorObject, schema: JsonSchema, messages: RuleMessages): InputProblem {
  const parent = nameOf(error.instancePath)
  const params: Record<string, unknown> = error.params
  if (error.keyword === 'required') {
    const name = join(parent, String(params['missingProperty']))
    const pointer = `${error.instancePath}/${escapePointer(String(params['missingProperty']))}`
    return { code: 'input/missing', name, pointer, message: `Input "${name}" is required.` }
  }
  if (error.keyword === 'additionalProperties') {
    const name = join(parent, String(params['additionalProperty']))
    const pointer = `${error.instancePath}/${escapePointer(String(params['additionalProperty']))}`
    return {
      code: 'input/unknown',
      name,
      pointer,
      message: `Input "${name}" is not known${suggest(name, schema)}`,
    }
  }
  const own = error.keyword === 'type' ? undefined : messages[parent.replace(/\[\d+\]/g, '')]
  return {
    code: 'input/invalid',
    name: parent,
    pointer: error.instancePath,
    message: own ?? `Input "${parent}" ${sentenceOf(error, params)}.`,
  }
}

/** Says what is demanded; never the value itself, which may be private. */
function sentenceOf(error: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${typeWords([params['type']].flat())}`
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`
    case 'format':
      return `must be ${valueFormats[String(params['format'])]?.words ?? `of the format ${String(params['format'])}`}`
    case 'minimum':
      return `must be at least ${String(params['limit'])}`
    case 'maximum':
      return `must be at most ${String(params['limit'])}`
    case 'minLength':
      return `must have at least ${String(params['limit'])} characters`
    case 'maxLength':
      return `must have at most ${String(params['limit'])} characters`
    case 'pattern':
      return `must match ${String(params['pattern'])}`
    case 'anyOf':
      return 'is of none of the types it may have'
    default:
      return error.message ?? 'is not valid'
  }
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

function typeWords(types: readonly unknown[]): string {
  return types.map((type) => words[String(type)] ?? String(type)).join(' or ')
}

/** `/tag_ids/1` is `tag_ids[1]`, `/address/city` is `address.city`. */
function nameOf(pointer: string): string {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  return segments.reduce(
    (name, segment) => (/^\d+$/.test(segment) ? `${name}[${segment}]` : join(name, segment)),
    '',
  )
}

/** RFC 6901. */
function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

function join(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`
}

function suggest(name: string, schema: JsonSchema): string {
  const known = isRecord(schema['properties']) ? Object.keys(schema['properties']) : []
  const nearest = nearestName(name, known)
  if (nearest !== undefined) return `; did you mean "${nearest}"?`
  return known.length === 0 ? '; the action takes none.' : '.'
}
