import type { FastifySchemaValidationError, SchemaErrorDataVar } from 'fastify/types/schema.js'
import { nearestName } from '../../errors/index.ts'

/** An error as ajv gives it, with the schema around its keyword. */
type Mismatch = FastifySchemaValidationError & { readonly parentSchema?: { readonly properties?: object } }

/** What a request has that its route does not declare, in words; its values are not repeated. */
export function describeMismatch(errors: readonly Mismatch[], part: SchemaErrorDataVar): Error {
  const texts = errors.map((error) => `${part}${error.instancePath} ${wordsOf(error)}`)
  return new Error([...new Set(texts)].join(', '))
}

function wordsOf({ params, message, parentSchema }: Mismatch): string {
  const { additionalProperty, allowedValues } = params
  if (Array.isArray(allowedValues)) return `must be one of ${allowedValues.join(', ')}`
  if (typeof additionalProperty !== 'string') return message ?? 'cannot be'
  const nearest = nearestName(additionalProperty, Object.keys(parentSchema?.properties ?? {}))
  const guess = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  return `must not have "${additionalProperty.slice(0, 60)}"${guess}`
}
