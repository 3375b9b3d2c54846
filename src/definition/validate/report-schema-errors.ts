import { type ErrorCodeIn, nearestName } from '../../errors/index.ts'
import { type FindingDetails, fromPointer, type Report, replaceText, toPointer } from '../findings.ts'
import { definitionOf, type FormatSchema } from '../schema/format-schema.ts'
import { firstLineOf, type Span } from '../source/source-file.ts'
import { type DefinitionPath, type SourceNode, type SourceScalar, walkPath } from '../source/source-node.ts'
import type { SchemaError } from './compile-validator.ts'
import { expectedType, foundType } from './type-words.ts'

/** One violation with everything a sentence about it needs. */
interface Violation {
  readonly error: SchemaError
  readonly schema: FormatSchema
  readonly path: DefinitionPath
  /** The value, or its nearest ancestor. */
  readonly node: SourceNode
  /** The key it stands under, where it does. */
  readonly key?: SourceScalar | undefined
}

/** What a keyword of the schema reports when it is violated. */
type Reporter = (violation: Violation, report: Report) => void

/** Turns the violations of the format into findings, one for each mistake. */
export function reportSchemaErrors(
  errors: readonly SchemaError[],
  tree: SourceNode,
  emptied: ReadonlySet<string>,
  report: Report,
): void {
  const misspelt = pairMisspeltKeys(errors)
  const missing = new Set<string>()
  for (const error of errors) {
    const path = fromPointer(error.instancePath, tree)
    const nodes = walkPath(tree, path)
    const { node, key } = nodes.at(-1) ?? { node: tree }
    const violation = { error, schema: (error.parentSchema ?? {}) as FormatSchema, path, node, key }
    if (isMissing(error)) {
      missing.add(toPointer([...path, String(error.params['missingProperty'])]))
      if (!misspelt.missing.has(error)) reportMissing(violation, report)
    } else if (error.keyword === 'additionalProperties') {
      reportUnknownKey(violation, misspelt.unknown.get(error), report)
    } else {
      reporters[error.keyword]?.(violation, report)
    }
  }
  for (const pointer of emptied) {
    if (missing.has(pointer)) continue
    const path = fromPointer(pointer, tree)
    const { key, node } = walkPath(tree, path).at(-1) ?? { node: tree }
    report(
      'definition/wrong-type',
      key ?? node,
      `\`${path.at(-1)}\` has no value, and is read as if it were not there.`,
      {
        severity: 'warning',
        hint: 'Give it a value, or remove the key.',
        path,
      },
    )
  }
}

/** A key that is both unknown and close to one that is missing: one mistake, not two. */
interface Misspelt {
  readonly missing: ReadonlySet<SchemaError>
  /** By the error of the unknown key: the error of the missing one. */
  readonly unknown: ReadonlyMap<SchemaError, SchemaError>
}

function pairMisspeltKeys(errors: readonly SchemaError[]): Misspelt {
  const missing = new Set<SchemaError>()
  const unknown = new Map<SchemaError, SchemaError>()
  const missingByPath = Map.groupBy(errors.filter(isMissing), ({ instancePath }) => instancePath)
  for (const error of errors) {
    if (error.keyword !== 'additionalProperties') continue
    const candidates = missingByPath.get(error.instancePath)?.filter((one) => !missing.has(one)) ?? []
    const name = nearestName(String(error.params['additionalProperty']), candidates.map(missingName))
    const pair = candidates.find((candidate) => missingName(candidate) === name)
    if (pair === undefined) continue
    missing.add(pair)
    unknown.set(error, pair)
  }
  return { missing, unknown }
}

function isMissing({ keyword }: SchemaError): boolean {
  return keyword === 'required' || keyword === 'x-recommended'
}

function missingName({ params }: SchemaError): string {
  return String(params['missingProperty'])
}

function reportMissing({ error, schema, path, node, key }: Violation, report: Report): void {
  if (node.kind === 'map' && node.incomplete) return
  const name = missingName(error)
  const empty = node.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined
  const wanted = schema.properties?.[name]?.description
  const recommended = error.keyword === 'x-recommended'
  const thing = thingOf(schema, path)
  const message = empty ? `\`${name}\` has no value.` : `\`${name}\` is missing in ${thing}.`
  report('definition/missing-key', empty?.key ?? key ?? firstLineOf(node), message, {
    severity: recommended ? 'warning' : 'error',
    hint: wanted === undefined ? undefined : `Add \`${name}\`: ${wanted}`,
    path,
  })
}

function reportUnknownKey(violation: Violation, missing: SchemaError | undefined, report: Report): void {
  const { error, schema, path, node } = violation
  const name = String(error.params['additionalProperty'])
  const entry = node.kind === 'map' ? node.entries.find((one) => one.name === name) : undefined
  const present = new Set(node.kind === 'map' ? node.entries.map((one) => one.name) : [])
  const free = Object.keys(schema.properties ?? {}).filter((key) => !present.has(key))
  const meant = missing === undefined ? nearestName(name, free) : missingName(missing)
  const lenient = schema['x-lenient'] === true && missing?.keyword !== 'required'
  report(
    'definition/unknown-key',
    entry?.key ?? node,
    `\`${name}\` is not a key of ${thingOf(schema, path)}.`,
    {
      severity: lenient ? 'warning' : 'error',
      hint: schema['x-hints']?.[name] ?? suggestion(meant, Object.keys(schema.properties ?? {})),
      path: [...path, name],
      fix:
        meant === undefined || entry === undefined
          ? undefined
          : replaceText(`Rename to ${meant}`, entry.key, meant),
    },
  )
}

const reporters: Readonly<Record<string, Reporter>> = {
  type({ error, schema, path, node, key }, report) {
    // A wrong value says more than a wrong type.
    if (schema.enum !== undefined && error.data !== null) return
    const at = node.start === node.end ? (key ?? node) : node
    const expected = expectedType(
      [error.params['type']].flat() as string[],
      error.params['expressible'] === true,
    )
    const empty = node.kind === 'scalar' && node.value === null
    const message = empty
      ? `${nameAt(path)} has no value.`
      : `${nameAt(path)} must be ${expected}, and is ${foundType(error.data)}.`
    report('definition/wrong-type', node.kind === 'scalar' ? at : firstLineOf(at), message, {
      hint: `Write ${expected}.`,
      path,
    })
  },

  enum({ error, schema, path, node }, report) {
    const allowed = ((error.params['allowedValues'] as readonly unknown[] | undefined) ?? []).map(String)
    const code =
      path.at(-1) === 'version' && path.at(-2) === 'stepFunction'
        ? 'definition/unknown-step-function'
        : wrongValue
    reportValue(code, path, node, allowed, { hints: schema['x-hints'] }, report)
  },

  const({ schema, path, node }, report) {
    reportValue(wrongValue, path, node, [String(schema.const)], {}, report)
  },

  discriminator({ error, schema, path, node }, report) {
    const tag = String(error.params['tag'])
    const found = node.kind === 'map' ? node.entries.find(({ name }) => name === tag)?.value : undefined
    // Where the key is missing, `required` has said so.
    if (found === undefined) return
    const code = tag === 'functionName' ? 'definition/unknown-step-function' : wrongValue
    reportValue(code, [...path, tag], found, tagsOf(schema, tag), { hints: schema['x-hints'] }, report)
  },

  'x-known'({ error, schema, path, node }, report) {
    const allowed = error.params['allowedValues'] as readonly string[]
    reportValue(wrongValue, path, node, allowed, { severity: 'warning', hints: schema['x-hints'] }, report)
  },

  'x-exactlyOne'({ error, schema, path, node, key }, report) {
    const { keys, present } = error.params as { keys: readonly string[]; present: readonly string[] }
    if (present.length > 1) return reportTooMany(keys, present, path, node, report)
    if (node.kind === 'map' && node.incomplete) return
    report(
      'definition/missing-key',
      key ?? firstLineOf(node),
      `${orList(keys)} is missing in ${thingOf(schema, path)}.`,
      { path },
    )
  },

  'x-atMostOne'({ error, path, node }, report) {
    const { keys, present } = error.params as { keys: readonly string[]; present: readonly string[] }
    reportTooMany(keys, present, path, node, report)
  },

  pattern: reportRule(
    ({ schema }) =>
      `must match ${schema.title === undefined ? 'its pattern' : `the form of ${lowerFirst(schema.title)}`}`,
  ),
  minLength: reportRule(() => 'must not be empty'),
  minItems: reportRule(() => 'must not be empty'),
  minimum: reportRule(({ error }) => `must be at least ${error.params['limit']}`),
  maximum: reportRule(({ error }) => `must be at most ${error.params['limit']}`),
  minProperties: reportRule(() => 'must have one key, the name of the method'),
  maxProperties: reportRule(() => 'must have one key only; write each method as an item of its own'),
}

const wrongValue = 'definition/wrong-value'

function reportRule(rule: (violation: Violation) => string): Reporter {
  return (violation, report) => {
    const { path, node, key } = violation
    const at = node.start === node.end ? (key ?? node) : firstLineOf(node)
    report(wrongValue, at, `${nameAt(path)} ${rule(violation)}.`, { path })
  }
}

function reportValue(
  code: ErrorCodeIn<'definition'>,
  path: DefinitionPath,
  node: SourceNode,
  allowed: readonly string[],
  { hints, severity }: { hints?: FormatSchema['x-hints'] } & Pick<FindingDetails, 'severity'>,
  report: Report,
): void {
  const value = node.kind === 'scalar' ? String(node.value) : ''
  const meant = nearestName(value, allowed)
  report(code, node, `${nameAt(path)} cannot be ${quoted(value)}.`, {
    severity,
    hint: (hints && Object.hasOwn(hints, value) ? hints[value] : undefined) ?? suggestion(meant, allowed),
    path,
    fix: meant === undefined ? undefined : replaceText(`Write ${meant}`, node, quoteLike(node, meant)),
  })
}

function reportTooMany(
  keys: readonly string[],
  present: readonly string[],
  path: DefinitionPath,
  node: SourceNode,
  report: Report,
): void {
  const entries = node.kind === 'map' ? node.entries.filter(({ name }) => present.includes(name)) : []
  const [first, second] = entries.map(({ key }): Span => key)
  report(wrongValue, second ?? node, `Only one of ${orList(keys)} can stand here.`, {
    hint: `Remove all but one of ${present.map((name) => `\`${name}\``).join(', ')}.`,
    path,
    related: first === undefined ? undefined : [{ message: 'The other one.', at: first }],
  })
}

function tagsOf({ oneOf = [] }: FormatSchema, tag: string): readonly string[] {
  return oneOf.flatMap((branch) => {
    const { const: only, enum: several } = definitionOf(branch).properties?.[tag] ?? {}
    return several?.map(String) ?? [String(only)]
  })
}

function suggestion(meant: string | undefined, possible: readonly string[]): string | undefined {
  if (meant !== undefined) return `Did you mean \`${meant}\`?`
  return possible.length === 0 || possible.length > 16 ? undefined : `Possible here: ${possible.join(', ')}.`
}

/** A text of the same style, so that a fix changes nothing else. */
function quoteLike(node: SourceNode, text: string): string {
  const plain = node.kind !== 'scalar' || node.style === 'plain' || node.style === 'block'
  const needsQuotes = /^[\d.]+$|^(true|false|null|~)$/.test(text)
  if (plain && !needsQuotes) return text
  return node.kind === 'scalar' && node.style === 'double' ? `"${text}"` : `'${text}'`
}

function thingOf({ title }: FormatSchema, path: DefinitionPath): string {
  return title === undefined ? nameAt(path) : `the ${lowerFirst(title)}`
}

function nameAt(path: DefinitionPath): string {
  const last = path.at(-1)
  if (last === undefined) return 'The file'
  if (typeof last === 'string') return `\`${last}\``
  return `Item ${last + 1} of \`${path.findLast((part) => typeof part === 'string')}\``
}

function orList(keys: readonly string[]): string {
  return keys.map((name) => `\`${name}\``).join(' or ')
}

function quoted(value: string): string {
  return value.length > 80 ? `"${value.slice(0, 77)}…"` : `"${value}"`
}

/** Small first letter, but for abbreviations. */
function lowerFirst(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
