import { Ajv, type ValidateFunction } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'

const common = { strict: false, useDefaults: true, allErrors: true, verbose: true } as const
/** A body is taken as it is; nothing in it is coerced or left out. */
const body = new Ajv({ ...common, coerceTypes: false })
/** Everything in an address is text: numbers and lists have to be made from it. */
const address = new Ajv({ ...common, coerceTypes: 'array' })

export const compileRouteSchema: FastifySchemaCompiler<object> = ({ schema, httpPart }): ValidateFunction =>
  (httpPart === 'body' ? body : address).compile(schema)
