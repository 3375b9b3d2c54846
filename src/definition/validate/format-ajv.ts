import { createRequire } from 'node:module'
import type { Ajv, AnySchemaObject, ValidateFunction } from 'ajv'
import { loadFormatSchema } from '../schema/format-schema.ts'
import { formatKeywords } from './format-keywords.ts'

/** The schema of resolved definitions, compiled by ajv now, which takes some hundred milliseconds. */
export function compileFormat({ source = false } = {}): {
  readonly ajv: Ajv
  readonly validate: ValidateFunction
} {
  const { Ajv, _ } = createRequire(import.meta.url)('ajv') as typeof import('ajv')
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    strictTypes: false,
    code: { source },
  })
  ajv.addVocabulary(['x-lenient', 'x-hints', 'x-formerNames', 'x-editorOnly', 'defaultSnippets'])
  for (const keyword of formatKeywords(_)) ajv.addKeyword(keyword)
  return { ajv, validate: ajv.compile(loadFormatSchema() as AnySchemaObject) }
}
