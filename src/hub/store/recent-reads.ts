import QuickLRU from 'quick-lru'
import type { AccountRecord, accountRepository } from './repositories/accounts.ts'
import type { ApiKeyRecord, apiKeyRepository } from './repositories/api-keys.ts'
import type { IntegrationChoice, integrationRepository } from './repositories/integrations.ts'
import type { PolicyRecord, policyRepository } from './repositories/policies.ts'
import type { VaultRecord, VaultSubject, vaultRepository } from './repositories/vault.ts'

/**
 * What every run asks for, kept in this process and bounded. A change by this process is seen at once; one by another
 * process within {@link sqliteStaleMs} or {@link postgresStaleMs}. What is not there is never kept. For deciding about
 * a run; whoever changes something reads it anew, in a transaction.
 */
export interface RecentReads {
  apiKey(hash: string): Promise<ApiKeyRecord | undefined>
  account(projectId: string, id: string): Promise<AccountRecord | undefined>
  /** The same list as long as nothing changed, so that what is made of it may be kept with it. */
  integrations(projectId: string): Promise<readonly IntegrationChoice[]>
  /** As {@link RecentReads.integrations}. */
  policies(projectId: string): Promise<readonly PolicyRecord[]>
  /** Sealed, as everything of the vault. */
  readonly vault: { get(subject: VaultSubject): Promise<VaultRecord | undefined> }
}

export interface RecentReadsParts {
  /** A number that another one follows when another connection has changed the database; PostgreSQL has none. */
  readonly foreignChanges?: (() => number) | undefined
  /** Milliseconds that never go back. */
  readonly nowMs?: (() => number) | undefined
}

/** SQLite tells of changes by others when it is asked, and is asked at most this often. */
export const sqliteStaleMs = 10
/** How long what was read from PostgreSQL is taken for true. */
export const postgresStaleMs = 1_000
/** Entries of each kind. */
const maxKept = 2_000

const kinds = ['apiKeys', 'accounts', 'integrations', 'policies', 'vault'] as const
type Kind = (typeof kinds)[number]
interface ReadRepositories {
  readonly apiKeys: ReturnType<typeof apiKeyRepository>
  readonly accounts: ReturnType<typeof accountRepository>
  readonly integrations: ReturnType<typeof integrationRepository>
  readonly policies: ReturnType<typeof policyRepository>
  readonly vault: ReturnType<typeof vaultRepository>
}
type Repository = Readonly<Record<string, (...args: never[]) => unknown>>

/** Methods that change nothing. Any other is taken for a change, so that a new one cannot be forgotten here. */
const reads: Readonly<Record<Kind, readonly string[]>> = {
  apiKeys: ['findByHash', 'list', 'get'],
  accounts: ['list', 'count', 'countByProvider', 'get', 'findByIdentity'],
  integrations: ['list'],
  policies: ['list'],
  vault: ['keys', 'get'],
}

/** Which entries a frequent change concerns; whatever is not named here concerns the whole kind. */
const concerned: Readonly<Record<string, (...args: never[]) => string>> = {
  'accounts.recordUse': (projectId: string, id: string) => nameOf(projectId, id),
  'accounts.update': (projectId: string, id: string) => nameOf(projectId, id),
  'vault.put': (subject: VaultSubject) => nameOfSubject(subject),
  'vault.replace': (subject: VaultSubject) => nameOfSubject(subject),
  'vault.delete': (subject: VaultSubject) => nameOfSubject(subject),
}

/** A change that entries have to follow: all of a kind, or the one of a name. */
export interface Change {
  readonly kind: Kind
  readonly name?: string
}

interface Kept {
  readonly value: unknown
  readonly readAtMs: number
}

/** Holds what was read, and lets go of it when it changed. */
export class RecentEntries {
  readonly #kept = new Map<Kind, QuickLRU<string, Kept>>()
  readonly #foreignChanges: (() => number) | undefined
  readonly #nowMs: () => number
  /** Grows with every change: what was asked before one must not be kept after it. */
  #generation = 0
  #lastForeign: number | undefined
  #lookedAtMs = Number.NEGATIVE_INFINITY

  constructor({ foreignChanges, nowMs = () => performance.now() }: RecentReadsParts) {
    this.#foreignChanges = foreignChanges
    this.#nowMs = nowMs
    for (const kind of kinds) this.#kept.set(kind, new QuickLRU({ maxSize: maxKept }))
  }

  async read<Value>(
    kind: Kind,
    name: string,
    fetch: () => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    const nowMs = this.#nowMs()
    this.#lookForForeignChanges(nowMs)
    const entries = this.#kept.get(kind)
    const known = entries?.get(name)
    if (
      known !== undefined &&
      (this.#foreignChanges !== undefined || nowMs - known.readAtMs < postgresStaleMs)
    )
      return known.value as Value
    const generation = this.#generation
    const value = await fetch()
    if (generation === this.#generation) {
      if (value === undefined) entries?.delete(name)
      else entries?.set(name, { value, readAtMs: nowMs })
    }
    return value
  }

  forget({ kind, name }: Change): void {
    this.#generation += 1
    if (name === undefined) this.#kept.get(kind)?.clear()
    else this.#kept.get(kind)?.delete(name)
  }

  #lookForForeignChanges(nowMs: number): void {
    if (this.#foreignChanges === undefined || nowMs - this.#lookedAtMs < sqliteStaleMs) return
    this.#lookedAtMs = nowMs
    const now = this.#foreignChanges()
    if (now === this.#lastForeign) return
    this.#lastForeign = now
    for (const kind of kinds) this.forget({ kind })
  }
}

export function recentReads(
  { apiKeys, accounts, integrations, policies, vault }: ReadRepositories,
  entries: RecentEntries,
): RecentReads {
  return {
    apiKey: (hash) => entries.read('apiKeys', hash, () => apiKeys.findByHash(hash)),
    account: (projectId, id) =>
      entries.read('accounts', nameOf(projectId, id), () => accounts.get(projectId, id)),
    integrations: async (projectId) =>
      (await entries.read('integrations', projectId, () => integrations.list(projectId))) ?? [],
    policies: async (projectId) =>
      (await entries.read('policies', projectId, () => policies.list(projectId))) ?? [],
    vault: {
      get: (subject) => entries.read('vault', nameOfSubject(subject), () => vault.get(subject)),
    },
  }
}

/**
 * The same repositories, which tell of every change.
 *
 * @param changed - after it was made; within a transaction nobody else sees it before the end of that
 */
export function tellingOfChanges<All extends ReadRepositories>(
  repositories: All,
  changed: (change: Change) => void,
): All {
  const telling = kinds.map((kind) => [
    kind,
    tellingRepository(kind, repositories[kind] as unknown as Repository, changed),
  ])
  return { ...repositories, ...Object.fromEntries(telling) }
}

function tellingRepository(
  kind: Kind,
  repository: Repository,
  changed: (change: Change) => void,
): Repository {
  const telling: Record<string, (...args: never[]) => unknown> = {}
  for (const method of Object.keys(repository)) {
    const call = (...args: never[]) => repository[method]?.(...args)
    const name = concerned[`${kind}.${method}`]
    telling[method] = reads[kind].includes(method)
      ? call
      : async (...args) => {
          try {
            return await call(...args)
          } finally {
            changed(name === undefined ? { kind } : { kind, name: name(...args) })
          }
        }
  }
  return telling
}

function nameOf(projectId: string, id: string): string {
  return `${projectId}\n${id}`
}

function nameOfSubject({ projectId, kind, subjectId }: VaultSubject): string {
  return `${projectId}\n${kind}\n${subjectId}`
}
