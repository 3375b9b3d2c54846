import {
  definitionOf,
  type FormatSchema,
  loadFormatSchema,
} from '../../src/definition/schema/format-schema.ts'
import type { Generator } from './generator.ts'

/** The page of all keys of the format: a table for each kind of map. */
export const formatReference: Generator = {
  path: 'docs/reference/format.md',
  generate() {
    const root = loadFormatSchema()
    const definitions = Object.values(root.definitions ?? {}).filter(
      ({ properties }) => properties !== undefined,
    )
    return `${[intro, ...[root, ...definitions].map(section)].join('\n\n')}\n`
  },
}

const intro = `# The connector format

<!-- Made from schemas/ by scripts/generate.ts. -->

The keys of each kind of map in a connector definition. Keys in **bold** are required. An unknown key has no effect and is
a warning, but in maps marked *strict*, where it is an error.`

function section(schema: FormatSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, property]) => row(key, property, schema))
  const strict = schema.additionalProperties === false && schema['x-lenient'] !== true ? ' *Strict.*' : ''
  return [
    `## ${schema.title}`,
    `${schema.description ?? ''}${strict}`.trim(),
    ['| Key | Type | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function row(key: string, property: FormatSchema, { required = [] }: FormatSchema): string {
  const target = definitionOf(property)
  const name = required.includes(key) ? `**\`${key}\`**` : `\`${key}\``
  const initial = property.default ?? target.default
  const meaning = property.description ?? target.description ?? ''
  const cells = [
    name,
    typeOf(property),
    initial === undefined ? '' : `\`${JSON.stringify(initial)}\``,
    meaning,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function typeOf(schema: FormatSchema): string {
  const target = definitionOf(schema)
  if (target.properties !== undefined) return link(target)
  if (target.const !== undefined) return `\`${target.const}\``
  if (target.enum !== undefined) return target.enum.map((value) => `\`${value}\``).join(', ')
  const branches = target.anyOf ?? target.oneOf
  if (branches !== undefined) return branches.map(typeOf).join(' or ')
  const types = [target.type ?? 'any'].flat()
  return types
    .map((type) =>
      type === 'array' && target.items !== undefined ? `list of ${typeOf(target.items)}` : words[type],
    )
    .join(' or ')
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true, false',
  object: 'map',
  array: 'list',
  any: 'any',
}

function link({ title = '' }: FormatSchema): string {
  return `[${title}](#${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-')})`
}
