import { readFileSync } from 'node:fs'

/** A JSON Schema (draft-07) with the annotations of ours; see `docs/reference/format.md` for the format itself. */
export interface FormatSchema {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, FormatSchema>>
  readonly additionalProperties?: boolean | FormatSchema
  readonly items?: FormatSchema
  readonly anyOf?: readonly FormatSchema[]
  readonly oneOf?: readonly FormatSchema[]
  readonly required?: readonly string[]
  readonly definitions?: Readonly<Record<string, FormatSchema>>
  readonly discriminator?: { readonly propertyName: string }
  /** An unknown key has no effect here: a warning, not an error. */
  readonly 'x-lenient'?: boolean
  /** Keys that ought to be there; the connector runs without them. */
  readonly 'x-recommended'?: readonly string[]
  /** The values that have a meaning; another one is a warning. */
  readonly 'x-known'?: readonly string[]
  /** The same values, by the name under which editors look for what to offer. */
  readonly examples?: readonly unknown[]
  /** Of these keys, one and only one must be there. */
  readonly 'x-exactlyOne'?: readonly string[]
  /** Of these keys, one at most may be there. */
  readonly 'x-atMostOne'?: readonly string[]
  /** What to say to a wrong value or unknown key that is often written. */
  readonly 'x-hints'?: Readonly<Record<string, string>>
  /** Names that the key had in older versions of the format. */
  readonly 'x-formerNames'?: readonly string[]
  /** What only editors see: references, which the loader has resolved before it validates, and values to offer. */
  readonly 'x-editorOnly'?: boolean
}

const schemaFiles = ['connector', 'action', 'step', 'x-mainspring'] as const

let loaded: FormatSchema | undefined

/**
 * The format of a connector whose references are resolved, as one schema: the definitions of all schema files under
 * their own names, without what is there for editors only.
 */
export function loadFormatSchema(): FormatSchema {
  loaded ??= bundle()
  return loaded
}

/** The definition that a `$ref` of the bundled schema names; the schema itself where it is none. */
export function definitionOf(schema: FormatSchema): FormatSchema {
  const name = schema.$ref?.replace('#/definitions/', '')
  return name === undefined ? schema : (loadFormatSchema().definitions?.[name] ?? schema)
}

function bundle(): FormatSchema {
  const schemas = schemaFiles.map(readSchema)
  const [root] = schemas
  const definitions = Object.assign({}, ...schemas.map((schema) => schema.definitions))
  return withLocalReferences({ ...root, definitions }) as FormatSchema
}

function readSchema(name: string): FormatSchema {
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as FormatSchema
}

function withLocalReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.filter((item) => !isEditorOnly(item)).map(withLocalReferences)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).filter(([, value]) => !isEditorOnly(value) && !holdsEditorOnly(value))
  const result = Object.fromEntries(
    entries.map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.slice(value.indexOf('#'))]
        : [key, withLocalReferences(value)],
    ),
  )
  const { anyOf, ...rest } = result
  return Array.isArray(anyOf) && anyOf.length === 1
    ? { ...rest, ...anyOf[0], ...pickDescription(rest) }
    : result
}

function pickDescription({ description }: Record<string, unknown>): { description?: unknown } {
  return description === undefined ? {} : { description }
}

/** Keys of a union, named for completion alone: what is left of them would say that there are none. */
function holdsEditorOnly(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const members = Object.values(value)
  return members.length > 0 && members.every(isEditorOnly)
}

function isEditorOnly(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'x-editorOnly' in value
}
