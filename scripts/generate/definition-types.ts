import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { type FormatSchema, loadFormatSchema } from '../../src/definition/schema/format-schema.ts'
import type { Generator } from './generator.ts'

/** The TypeScript types of a validated connector definition. */
export const definitionTypes: Generator = {
  path: 'src/definition/generated/connector-definition.ts',
  async generate() {
    const schema = unambiguous(named(loadFormatSchema())) as JSONSchema
    const text = await compile({ ...schema, title: 'ConnectorDefinition' }, 'ConnectorDefinition', {
      additionalProperties: false,
      bannerComment:
        '// Made from schemas/ by scripts/generate.ts; change those, then run `npm run generate`.',
      ignoreMinAndMaxItems: true,
      style: { semi: false, singleQuote: true, printWidth: 110 },
    })
    return readonlyMembers(text)
  },
}

/** Types are named as the definitions are, not by their titles, which people read. */
function named(schema: FormatSchema): FormatSchema {
  const definitions = Object.entries(schema.definitions ?? {}).map(([name, definition]) => [
    name,
    { ...definition, title: name },
  ])
  return { ...schema, definitions: Object.fromEntries(definitions) }
}

/**
 * Makes the schema unambiguous for the generator: a `$ref` with neighbours would be copied into a second type of the
 * same shape, and a schema without a type would become an object.
 */
function unambiguous(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unambiguous)
  if (typeof node !== 'object' || node === null) return node
  if (Object.keys(node).every((key) => key === 'description')) return { ...node, tsType: 'unknown' }
  if ('$ref' in node && typeof node.$ref === 'string') {
    const { $ref, description } = node as FormatSchema
    return description === undefined ? { $ref } : { description, allOf: [{ $ref }] }
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, unambiguous(value)]))
}

/** The model is frozen, and its types say so. */
function readonlyMembers(text: string): string {
  return text
    .split('\n')
    .map((line) => (/^ *(\*|\/\*\*)/.test(line) ? line : readonlyMember(line)))
    .join('\n')
}

function readonlyMember(line: string): string {
  return line
    .replace(/^( +)((?:'[^']+'|\$?\w+)\??|\[k: string\]): /, '$1readonly $2: ')
    .replaceAll(/(\w+|\([^()]*\))\[\]/g, 'readonly $1[]')
}
