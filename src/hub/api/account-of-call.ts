import type { FastifyRequest } from 'fastify'
import { isRecord } from '../../http/index.ts'
import { HubError } from '../hub-error.ts'

const name = 'x-account-id'

/**
 * The account that a call names: in the header `x-account-id`, or under that name in the `headers` part of its body,
 * where clients without a parameter for it put it.
 *
 * @throws {HubError} `hub/account-missing`
 */
export function accountOfCall(request: FastifyRequest, headersPart?: unknown): string {
  const found = [request.headers[name], inPart(headersPart)].find(
    (value): value is string => typeof value === 'string' && value !== '',
  )
  if (found === undefined)
    throw new HubError('hub/account-missing', { message: 'The request names no account.' })
  return found
}

/** The `headers` part without the account: what is left are inputs. */
export function withoutAccount(headersPart: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(headersPart)) return undefined
  const left = Object.entries(headersPart).filter(([key]) => key.toLowerCase() !== name)
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

function inPart(headersPart: unknown): unknown {
  if (!isRecord(headersPart)) return undefined
  return Object.entries(headersPart).find(([key]) => key.toLowerCase() === name)?.[1]
}
