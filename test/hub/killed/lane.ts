import type { DatabaseSync } from 'node:sqlite'
import type { Hub } from '../../../src/hub/index.ts'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import { clockworkSandbox, testApiKey } from '../start-hub.ts'

/** What a caller of the hub was told. */
export interface Told {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

export interface Wish {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the first key. */
  readonly key?: string
}

/** Calls a hub that may be gone at any moment; then it throws. */
export type Call = (method: string, path: string, wish?: Wish) => Promise<Told>

/** What stands still while hubs come and go. */
export interface World {
  readonly sandbox: Sandbox
  /** A server that takes the events of the hub. */
  readonly receiverUrl: string
  /** Ids of the deliveries that it has taken. */
  readonly received: ReadonlySet<string>
  /** Records that the provider has made under a name. */
  madeAt(name: string): number
}

/** The hub after its restart, and its file. */
export interface Restarted {
  readonly hub: Hub
  readonly call: Call
  readonly file: DatabaseSync
}

/**
 * One kind of write, again and again. What was answered is remembered; what was not may have happened or not, and
 * nothing between.
 */
export interface Lane {
  readonly kind: string
  /** One round of it. Throws when the hub is gone. */
  write(call: Call): Promise<void>
  /** After a restart: what was answered is there, and nothing is half. */
  check(restarted: Restarted): Promise<void>
}

export type LaneMaker = (world: World) => Lane

export const basic = (key: string) => `Basic ${btoa(`${key}:`)}`

/** @throws an error that names the answer, where it is another one than expected */
export function expectStatus(what: string, { status, body }: Told, wanted: number): Record<string, unknown> {
  if (status === wanted) return body
  throw new UnexpectedAnswer(`${what} answered ${status} ${JSON.stringify(body)}`)
}

/** No sign of a hub that is gone, but of one that does wrong. */
export class UnexpectedAnswer extends Error {}

export function callOver(url: string): Call {
  return async (method, path, { body, headers = {}, key = testApiKey } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: basic(key),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Told['body']),
      headers: response.headers,
    }
  }
}

/** Links an account as a customer does: a session, then the credentials. */
export async function linkAccount(call: Call, { sandbox }: World, owner: string): Promise<string> {
  const session = expectStatus(
    'A connect session',
    await call('POST', '/connect_sessions', { body: { origin_owner_id: owner, origin_owner_name: owner } }),
    201,
  )
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('A sandbox without a firm')
  const { firmName, apiKey, apiSecret, firmServiceKey } = firm
  const linked = expectStatus(
    'Linking',
    await call('POST', '/hub/accounts', {
      headers: { 'x-hub-session-token': String(session['token']) },
      body: {
        integration_id: clockworkSandbox,
        credentials: { firmName, apiKey, apiSecret, firmServiceKey },
      },
    }),
    201,
  )
  return String(linked['id'])
}

/** An account of a lane's own: linked once, and again where nobody was told of the first. */
export function ownAccount(world: World, name: string): (call: Call) => Promise<string> {
  let id: string | undefined
  let tries = 0
  return async (call) => {
    id ??= await linkAccount(call, world, `${name}-${tries++}`)
    return id
  }
}

export const createPerson = (name: string) => ({ action: 'clockwork_create_person', body: { name } })

/** Entries of the audit about a subject. */
export function auditedOf({ file }: Restarted, subject: string): string[] {
  const rows = file.prepare('select action from audit where subject = ? order by seq').all(subject)
  return rows.map(({ action }) => String(action))
}
