import { timingSafeEqual } from 'node:crypto'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { ApiKeyRecord, ApiKeyScope, Store } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'

/** A key as it can be shown: never the key itself. */
export type ApiKey = Omit<ApiKeyRecord, 'hash' | 'previousHash'>

export interface NewApiKey {
  readonly name: string
  /** Reading and writing, without administration, by default. */
  readonly scopes?: readonly ApiKeyScope[]
  readonly accountId?: string | null
  /** A text chosen by the operator; made by chance otherwise. */
  readonly key?: string
}

export interface ApiKeyService {
  /** The key is in the answer this one time. */
  create(
    projectId: string,
    wish: NewApiKey,
    actor: Actor,
  ): Promise<{ readonly key: string; readonly record: ApiKey }>
  /** A key that is stored nowhere and ends with the process, for whoever has started it. */
  createTemporary(projectId: string, name: string): string
  /** The last used first; those that were never used last. */
  list(projectId: string): Promise<readonly ApiKey[]>
  /**
   * Puts a new text in place of a key's, whose id, scopes and policy stay.
   *
   * @param graceMs - how long the old text is taken beside the new one; not at all by default
   * @throws {HubError} `hub/key-unknown`
   */
  rotate(
    projectId: string,
    id: string,
    actor: Actor,
    graceMs?: number,
  ): Promise<{ readonly key: string; readonly record: ApiKey }>
  /** @throws {HubError} `hub/key-unknown` */
  revoke(projectId: string, id: string, actor: Actor): Promise<void>
  /** The key in force, or undefined. */
  verify(key: string): Promise<ApiKey | undefined>
}

/** A use is written down at most this often. */
const useGranularityMs = 60_000
const shownCharacters = 10

export function createApiKeys(store: Store, clock: () => Date): ApiKeyService {
  const temporary = new Map<string, ApiKey>()
  return {
    createTemporary(projectId, name) {
      const key = createToken('msk')
      temporary.set(hashToken(key), {
        id: createId('key'),
        projectId,
        name,
        prefix: key.slice(0, shownCharacters),
        scopes: ['read', 'write', 'admin'],
        accountId: null,
        createdAt: clock().toISOString(),
        lastUsedAt: null,
        revokedAt: null,
        previousUntil: null,
        rotatedAt: null,
      })
      return key
    },

    async create(projectId, { name, scopes = ['read', 'write'], accountId = null, key }, actor) {
      const now = clock().toISOString()
      const made = key ?? createToken('msk')
      const record: ApiKeyRecord = {
        id: createId('key'),
        projectId,
        name,
        prefix: key === undefined ? made.slice(0, shownCharacters) : `${made.slice(0, 4)}…`,
        hash: hashToken(made),
        scopes,
        accountId,
        createdAt: now,
        lastUsedAt: null,
        revokedAt: null,
        previousHash: null,
        previousUntil: null,
        rotatedAt: null,
      }
      await store.transaction(async (repositories) => {
        await repositories.apiKeys.add(record)
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'key.created',
          subject: `key:${record.id}`,
          detail: { name, scopes },
        })
      })
      return { key: made, record: shown(record) }
    },

    list: async (projectId) => (await store.apiKeys.list(projectId)).toSorted(byLastUse).map(shown),

    async rotate(projectId, id, actor, graceMs = 0) {
      const now = clock()
      const made = createToken('msk')
      const previousUntil = new Date(now.getTime() + graceMs).toISOString()
      const record = await store.transaction(async (repositories) => {
        const changed = await repositories.apiKeys.rotate(projectId, id, {
          hash: hashToken(made),
          prefix: made.slice(0, shownCharacters),
          previousUntil,
          rotatedAt: now.toISOString(),
        })
        if (changed === undefined) return undefined
        await repositories.audit.append(projectId, {
          at: now.toISOString(),
          actor: actorText(actor),
          action: 'key.rotated',
          subject: `key:${id}`,
          detail: { previousUntil },
        })
        return changed
      })
      if (record === undefined) unknownKey(id)
      return { key: made, record: shown(record) }
    },

    async revoke(projectId, id, actor) {
      const now = clock().toISOString()
      const revoked = await store.transaction(async (repositories) => {
        if (!(await repositories.apiKeys.revoke(projectId, id, now))) return false
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'key.revoked',
          subject: `key:${id}`,
          detail: {},
        })
        return true
      })
      if (!revoked) unknownKey(id)
    },

    async verify(key) {
      const hash = hashToken(key)
      const known = temporary.get(hash)
      if (known !== undefined) return known
      const record = await store.recent.apiKey(hash)
      if (record === undefined || record.revokedAt !== null) return undefined
      const now = clock()
      if (!isInForce(record, hash, now)) return undefined
      if (record.lastUsedAt === null || now.getTime() - Date.parse(record.lastUsedAt) >= useGranularityMs)
        await store.apiKeys.recordUse(record.id, now.toISOString())
      return shown(record)
    },
  }
}

/** Found by its hash already; compared once more in constant time, whatever the database counts as equal. */
function isInForce(record: ApiKeyRecord, hash: string, now: Date): boolean {
  if (isEqual(record.hash, hash)) return true
  const { previousHash, previousUntil } = record
  return (
    previousHash !== null &&
    isEqual(previousHash, hash) &&
    previousUntil !== null &&
    Date.parse(previousUntil) > now.getTime()
  )
}

function isEqual(stored: string, given: string): boolean {
  const [a, b] = [Buffer.from(stored), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function byLastUse(a: ApiKeyRecord, b: ApiKeyRecord): number {
  return (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? '') || b.createdAt.localeCompare(a.createdAt)
}

function unknownKey(id: string): never {
  throw new HubError('hub/key-unknown', { message: `There is no API key ${id} in force.` })
}

function shown({ hash: _, previousHash: _previous, ...record }: ApiKeyRecord): ApiKey {
  return record
}
