import { Ajv, type ErrorObject, type FuncKeywordDefinition, type SchemaValidateFunction } from 'ajv'
import { loadFormatSchema } from '../schema/format-schema.ts'

export type SchemaError = ErrorObject<string, Record<string, unknown>>
/** Every violation of the format, none where the data keeps to it. */
export type Validator = (data: unknown) => readonly SchemaError[]

let compiled: Validator | undefined

/** The validator of resolved definitions; compiled at first use, which takes some tens of milliseconds. */
export function compileValidator(): Validator {
  compiled ??= compile()
  return compiled
}

function compile(): Validator {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    strictTypes: false,
  })
  ajv.addVocabulary(['x-lenient', 'x-hints', 'x-formerNames', 'x-editorOnly'])
  for (const keyword of keywords) ajv.addKeyword(keyword)
  const validate = ajv.compile(loadFormatSchema() as Record<string, unknown>)
  return (data) => (validate(data) ? [] : ((validate.errors ?? []) as SchemaError[]))
}

const keywords: readonly FuncKeywordDefinition[] = [
  keyword('x-recommended', 'object', (keys: readonly string[], data: object) =>
    keys.filter((key) => !Object.hasOwn(data, key)).map((missingProperty) => ({ missingProperty })),
  ),
  keyword('x-known', 'string', (known: readonly string[], value: string) =>
    known.includes(value) ? [] : [{ allowedValues: known }],
  ),
  keyword('x-exactlyOne', 'object', (keys: readonly string[], data: object) => {
    const present = keys.filter((key) => Object.hasOwn(data, key))
    return present.length === 1 ? [] : [{ keys, present }]
  }),
  keyword('x-atMostOne', 'object', (keys: readonly string[], data: object) => {
    const present = keys.filter((key) => Object.hasOwn(data, key))
    return present.length <= 1 ? [] : [{ keys, present }]
  }),
]

/** A keyword of ours: `check` gives the parameters of each violation. */
function keyword<Schema, Data>(
  name: string,
  type: 'object' | 'string',
  check: (schema: Schema, data: Data) => readonly Record<string, unknown>[],
): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (schema: Schema, data: Data, parentSchema) => {
    const violations = check(schema, data)
    validate.errors = violations.map((params) => ({
      keyword: name,
      params,
      parentSchema: { ...parentSchema },
    }))
    return violations.length === 0
  }
  return { keyword: name, type, validate, errors: true }
}
