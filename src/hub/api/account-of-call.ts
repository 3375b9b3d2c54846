import type { FastifyRequest } from 'fastify'
import { isRecord } from '../../http/index.ts'
import { HubError } from '../hub-error.ts'

const name = 'x-account-id'
const confirmName = 'x-mainspring-confirm'

/**
 * The account that a call names: in the header `x-account-id`, or under that name in the `headers` part of its body,
 * where clients without a parameter for it put it.
 *
 * @throws {HubError} `hub/account-missing`
 */
export function accountOfCall(request: FastifyRequest, headersPart?: unknown): string {
  const found = namedIn(name, request, headersPart)
  if (found === undefined)
    throw new HubError('hub/account-missing', { message: 'The request names no account.' })
  return found
}

/** The token that confirms a call, in the same two places. */
export function confirmationOfCall(request: FastifyRequest, headersPart?: unknown): { confirm?: string } {
  const confirm = namedIn(confirmName, request, headersPart)
  return confirm === undefined ? {} : { confirm }
}

/** The `headers` part without account and confirmation: what is left are inputs. */
export function withoutAccount(headersPart: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(headersPart)) return undefined
  const left = Object.entries(headersPart).filter(([key]) => ![name, confirmName].includes(key.toLowerCase()))
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

function namedIn(header: string, request: FastifyRequest, headersPart: unknown): string | undefined {
  const inPart = isRecord(headersPart)
    ? Object.entries(headersPart).find(([key]) => key.toLowerCase() === header)?.[1]
    : undefined
  return [request.headers[header], inPart].find(
    (value): value is string => typeof value === 'string' && value !== '',
  )
}
