import type { FastifyRequest } from 'fastify'
import type { Actor } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { ApiKey } from '../keys/api-keys.ts'
import type { LoginSession } from '../login/login.ts'
import type { HubServices } from '../services.ts'
import type { ApiKeyScope, ConnectSessionRecord } from '../store/index.ts'
import { sessionCookie } from './session-cookie.ts'

/** A caller with an API key. */
export interface KeyCaller {
  readonly projectId: string
  readonly actor: Actor
  readonly key: ApiKey
}

/**
 * The caller by `Authorization: Basic base64(KEY:)`, or `Bearer KEY`.
 *
 * @throws {HubError} `hub/unauthenticated`, `hub/forbidden`
 */
export async function requireKey(
  request: FastifyRequest,
  { keys }: HubServices,
  scope: ApiKeyScope,
): Promise<KeyCaller> {
  const given = keyOf(request.headers.authorization)
  if (given === undefined)
    throw new HubError('hub/unauthenticated', { message: 'The request has no API key.' })
  const key = await keys.verify(given)
  if (key === undefined)
    throw new HubError('hub/unauthenticated', { message: 'The API key is unknown or was revoked.' })
  if (!allows(key.scopes, scope))
    throw new HubError('hub/forbidden', { message: `The API key ${key.prefix} has no scope "${scope}".` })
  // What an administrator does concerns the whole project, whatever scopes a key of one account was given.
  if (scope === 'admin' && key.accountId !== null)
    throw new HubError('hub/forbidden', { message: `The API key ${key.prefix} is bound to one account.` })
  return { projectId: key.projectId, actor: { kind: 'key', id: key.id }, key }
}

/**
 * The connect session by `x-hub-session-token`: what the browser of an end user has.
 *
 * @throws {HubError} `hub/unauthenticated`, `hub/session-expired`
 */
export async function requireConnectSession(
  request: FastifyRequest,
  { connectSessions }: HubServices,
): Promise<ConnectSessionRecord> {
  const token = request.headers['x-hub-session-token']
  if (typeof token !== 'string' || token === '')
    throw new HubError('hub/unauthenticated', { message: 'The request has no x-hub-session-token.' })
  return connectSessions.findByToken(token)
}

/** Who is signed in to the dashboard, if anybody is. */
export async function findLogin(
  request: FastifyRequest,
  { login }: HubServices,
): Promise<LoginSession | undefined> {
  const cookie = request.cookies[sessionCookie]
  return cookie === undefined || cookie === '' ? undefined : login.findSession(cookie)
}

const scopeRank: Readonly<Record<ApiKeyScope, number>> = { read: 0, write: 1, admin: 2 }

function allows(scopes: readonly ApiKeyScope[], wanted: ApiKeyScope): boolean {
  return scopes.some((scope) => scopeRank[scope] >= scopeRank[wanted])
}

function keyOf(authorization: string | undefined): string | undefined {
  const [, scheme = '', value = ''] = /^(basic|bearer) +(\S+)$/i.exec(authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return value
  const pair = Buffer.from(value, 'base64').toString()
  const [user = ''] = pair.split(':', 1)
  return user === '' ? undefined : user
}
