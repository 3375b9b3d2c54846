import { type Kysely, sql } from 'kysely'
import { createLock, type Exclusively, type LockClock } from './lock.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { type Database, type DatabaseAddress, type DatabaseKind, openDatabase } from './open-database.ts'
import {
  type Change,
  RecentEntries,
  type RecentReads,
  recentReads,
  tellingOfChanges,
} from './recent-reads.ts'
import { accountRepository } from './repositories/accounts.ts'
import { apiKeyRepository } from './repositories/api-keys.ts'
import { attemptRepository } from './repositories/attempts.ts'
import { auditRepository } from './repositories/audit.ts'
import { confirmationRepository } from './repositories/confirmations.ts'
import { connectSessionRepository } from './repositories/connect-sessions.ts'
import { idempotencyRepository } from './repositories/idempotency.ts'
import { incomingDeliveryRepository } from './repositories/incoming-deliveries.ts'
import { integrationRepository } from './repositories/integrations.ts'
import { leaseRepository } from './repositories/leases.ts'
import { loginRepository } from './repositories/logins.ts'
import { policyRepository } from './repositories/policies.ts'
import { projectRepository } from './repositories/projects.ts'
import { requestLogRepository } from './repositories/request-logs.ts'
import { subscriptionRepository } from './repositories/subscriptions.ts'
import { vaultRepository } from './repositories/vault.ts'
import { webhookRepository } from './repositories/webhooks.ts'
import type { Tables } from './tables.ts'

/** What can be read and written; every method that touches a project's rows is given the project. */
export type Repositories = ReturnType<typeof repositoriesOver>

export interface StoreHealth {
  readonly answers: boolean
  /** Whether the tables are those of this version. */
  readonly migrated: boolean
  /** False from a change that was not taken, as on a full disk, until one is; tried anew whenever it is asked. */
  readonly writable: boolean
}

/** The hub's rows, on SQLite or PostgreSQL alike. */
export interface Store extends Repositories {
  readonly kind: DatabaseKind
  /** For runs, which ask for the same rows again and again. */
  readonly recent: RecentReads
  /**
   * All of it or nothing. Inside, only the repositories given may be used: the store itself waits for the
   * transaction to end, on SQLite for ever.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
  /** Brings the tables up to date; safe from several processes at once. @throws {HubError} `hub/store-newer` */
  migrate(): Promise<void>
  /**
   * Runs `work` under a lease, while nobody else runs something of the same name, in whatever process. What is written
   * under it asks `leases.holds` within its transaction: a process that hung may have lost its lease.
   */
  readonly exclusively: Exclusively
  /** What the database can do right now. */
  health(): Promise<StoreHealth>
  close(): Promise<void>
}

/** What a simulation brings instead of the real thing. */
export interface StoreOptions {
  /** Milliseconds since the epoch, for leases; the clock of the database by default. */
  readonly nowMs?: () => number
  readonly lockClock?: LockClock
  /** Milliseconds that never go back, for the age of what was read. */
  readonly recentMs?: () => number
}

/** @throws {HubError} `hub/store-unreachable`, `hub/store-damaged`, `hub/store-read-only`, `hub/store-busy` */
export async function openStore(address: DatabaseAddress, options: StoreOptions = {}): Promise<Store> {
  const database = await openDatabase(address)
  const { kind, query } = database
  const over = (database: Kysely<Tables>) => repositoriesOver(database, kind, options)
  const plain = over(query)
  const entries = new RecentEntries({
    foreignChanges: database.foreignChanges,
    nowMs: options.recentMs,
  })
  const repositories = tellingOfChanges(plain, (change) => entries.forget(change))
  return {
    kind,
    ...repositories,
    recent: recentReads(plain, entries),
    async transaction(work) {
      const changes: Change[] = []
      try {
        return await query
          .transaction()
          .execute((transaction) =>
            work(tellingOfChanges(over(transaction), (change) => changes.push(change))),
          )
      } finally {
        // Also where it failed: nobody can tell whether a commit without an answer was made.
        for (const change of changes) entries.forget(change)
      }
    },
    exclusively: createLock(repositories.leases, options.lockClock),
    migrate: () => migrate(database),
    health: () => healthOf(database),
    close: () => query.destroy(),
  }
}

function repositoriesOver(query: Kysely<Tables>, kind: DatabaseKind, { nowMs }: StoreOptions) {
  return {
    accounts: accountRepository(query),
    apiKeys: apiKeyRepository(query),
    attempts: attemptRepository(query),
    audit: auditRepository(query, kind),
    confirmations: confirmationRepository(query),
    connectSessions: connectSessionRepository(query),
    idempotency: idempotencyRepository(query),
    incomingDeliveries: incomingDeliveryRepository(query),
    integrations: integrationRepository(query),
    leases: leaseRepository(query, kind, nowMs),
    logins: loginRepository(query),
    policies: policyRepository(query),
    projects: projectRepository(query),
    requestLogs: requestLogRepository(query),
    subscriptions: subscriptionRepository(query),
    vault: vaultRepository(query),
    webhooks: webhookRepository(query),
  }
}

async function healthOf({ query, lastFailure }: Database): Promise<StoreHealth> {
  // Nobody may send anything to a hub that is not ready: it has to find out by itself.
  if (lastFailure() !== undefined) await tryToWrite(query).catch(() => undefined)
  try {
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(query)
    const applied = new Set(rows.map(({ name }) => name))
    return {
      answers: true,
      migrated: Object.keys(migrations).every((name) => applied.has(name)),
      writable: lastFailure() === undefined,
    }
  } catch {
    return { answers: false, migrated: false, writable: false }
  }
}

/** As much as a large change: what fits into a page that is half empty tells nothing. */
const triedBytes = 65_536

async function tryToWrite(query: Kysely<Tables>): Promise<void> {
  const name = 'write-probe'
  await query
    .insertInto('lease')
    .values({ name, holder: 'x'.repeat(triedBytes), fence: 0, untilMs: 0, interrupted: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  await query.deleteFrom('lease').where('name', '=', name).execute()
}
