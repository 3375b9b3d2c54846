import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { ApiKeyRecord, ApiKeyScope, Store } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'

/** A key as it can be shown: never the key itself. */
export type ApiKey = Omit<ApiKeyRecord, 'hash'>

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
  list(projectId: string): Promise<readonly ApiKey[]>
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

    list: async (projectId) => (await store.apiKeys.list(projectId)).map(shown),

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
      if (!revoked) throw new HubError('hub/key-unknown', { message: `There is no API key ${id} in force.` })
    },

    async verify(key) {
      const hash = hashToken(key)
      const known = temporary.get(hash)
      if (known !== undefined) return known
      const record = await store.apiKeys.findByHash(hash)
      if (record === undefined || record.revokedAt !== null) return undefined
      const now = clock()
      if (record.lastUsedAt === null || now.getTime() - Date.parse(record.lastUsedAt) >= useGranularityMs)
        await store.apiKeys.recordUse(record.id, now.toISOString())
      return shown(record)
    },
  }
}

function shown({ hash: _, ...record }: ApiKeyRecord): ApiKey {
  return record
}
