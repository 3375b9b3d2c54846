import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { compileFormat } from './format-ajv.ts'

export type SchemaError = ErrorObject<string, Record<string, unknown>>
/** Every violation of the format, none where the data keeps to it. */
export type Validator = (data: unknown) => readonly SchemaError[]

/** What ajv made of the schemas when the package was built (`scripts/build-validator.ts`). */
const built = new URL('./built-validator.cjs', import.meta.url)

let compiled: Validator | undefined

/** The validator of resolved definitions: the one that was built, or compiled at first use where there is none. */
export function compileValidator(): Validator {
  compiled ??= toValidator(
    existsSync(built) ? createRequire(import.meta.url)('./built-validator.cjs') : compileFormat().validate,
  )
  return compiled
}

function toValidator(validate: ValidateFunction): Validator {
  return (data) => (validate(data) ? [] : ((validate.errors ?? []) as SchemaError[]))
}
