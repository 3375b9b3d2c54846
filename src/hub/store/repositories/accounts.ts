import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { AccountTable, Tables } from '../tables.ts'

/** Why an account is not as it should be. */
export interface StatusReason {
  readonly code: string
  readonly description: string
  readonly timestamp: string
}

/** What went wrong with an account last, in words for a person. Never a secret. */
export interface AccountFailure {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly at: string
}

export type AccountStatus = 'active' | 'inactive' | 'error'
export type AccountType = 'production' | 'test'

/** A linked account. Its secrets are in the vault and nowhere else. */
export interface AccountRecord {
  readonly id: string
  readonly projectId: string
  /** The connector's key. */
  readonly provider: string
  readonly integrationId: string
  /** Key of the connector's authentication method. */
  readonly authentication: string
  readonly environment: string
  readonly type: AccountType
  readonly originOwnerId: string
  readonly originOwnerName: string
  readonly originUsername: string | null
  readonly label: string | null
  readonly status: AccountStatus
  readonly statusReasons: readonly StatusReason[]
  /** The values of its fields that are not secret. */
  readonly setupInformation: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly identityKey: string | null
  readonly lastUsedAt: string | null
  readonly lastError: AccountFailure | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface AccountFilter {
  readonly ids?: readonly string[]
  readonly providers?: readonly string[]
  readonly originOwnerIds?: readonly string[]
  readonly statuses?: readonly string[]
  readonly types?: readonly string[]
  /** Found in name, label, owner, provider or id; upper and lower case alike. */
  readonly search?: string
}

export interface ListWindow {
  readonly limit: number
  readonly offset: number
}

export type AccountChanges = Partial<Omit<AccountRecord, 'id' | 'projectId' | 'createdAt' | 'updatedAt'>>

export function accountRepository(query: Kysely<Tables>) {
  const matching = (projectId: string, filter: AccountFilter) => {
    let rows = query.selectFrom('account').where('projectId', '=', projectId)
    const wanted = [
      ['id', filter.ids],
      ['provider', filter.providers],
      ['originOwnerId', filter.originOwnerIds],
      ['status', filter.statuses],
      ['type', filter.types],
    ] as const
    for (const [column, values] of wanted) {
      if (values === undefined) continue
      // An empty list matches nothing; in SQL it would be no list at all.
      rows = values.length === 0 ? rows.where(sql<boolean>`1 = 0`) : rows.where(column, 'in', [...values])
    }
    const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    for (const word of words)
      rows = rows.where(sql<boolean>`search_text like ${`%${escapeLike(word)}%`} escape '\\'`)
    return rows
  }

  return {
    /** Newest first. */
    async list(projectId: string, filter: AccountFilter, window: ListWindow): Promise<AccountRecord[]> {
      const rows = await matching(projectId, filter)
        .selectAll()
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(window.limit)
        .offset(window.offset)
        .execute()
      return rows.map(toRecord)
    },

    async count(projectId: string, filter: AccountFilter): Promise<number> {
      const { count } = await matching(projectId, filter)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async countByProvider(projectId: string): Promise<ReadonlyMap<string, number>> {
      const rows = await query
        .selectFrom('account')
        .select(({ fn }) => ['provider', fn.countAll<number>().as('count')])
        .where('projectId', '=', projectId)
        .groupBy('provider')
        .execute()
      return new Map(rows.map(({ provider, count }) => [provider, Number(count)]))
    },

    async get(projectId: string, id: string): Promise<AccountRecord | undefined> {
      const row = await query
        .selectFrom('account')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    async findByIdentity(projectId: string, identityKey: string): Promise<AccountRecord | undefined> {
      const row = await query
        .selectFrom('account')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('identityKey', '=', identityKey)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    /** A new account, or the one of the same identity brought up to date: id and time of linking stay. */
    async link(record: AccountRecord): Promise<AccountRecord> {
      const row = toRow(record)
      const { id: _id, projectId: _project, createdAt: _created, lastUsedAt: _used, ...renewed } = row
      const stored = await query
        .insertInto('account')
        .values(row)
        .onConflict((conflict) => conflict.columns(['projectId', 'identityKey']).doUpdateSet(renewed))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toRecord(stored)
    },

    /** @returns the account as it is now; undefined where there is none */
    async update(
      projectId: string,
      id: string,
      changes: AccountChanges,
      updatedAt: string,
    ): Promise<AccountRecord | undefined> {
      const before = await this.get(projectId, id)
      if (before === undefined) return undefined
      const row = toRow({ ...before, ...changes, updatedAt })
      const stored = await query
        .updateTable('account')
        .set(row)
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return stored && toRecord(stored)
    },

    /** Notes a use. It is no change of the account: `updatedAt` stays. */
    async recordUse(
      projectId: string,
      id: string,
      use: { readonly lastUsedAt: string; readonly lastError: AccountFailure | null },
    ): Promise<void> {
      await query
        .updateTable('account')
        .set({
          lastUsedAt: use.lastUsedAt,
          lastError: use.lastError === null ? null : JSON.stringify(use.lastError),
        })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .execute()
    },

    async delete(projectId: string, id: string): Promise<AccountRecord | undefined> {
      const row = await query
        .deleteFrom('account')
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && toRecord(row)
    },
  }
}

function toRow(record: AccountRecord): Insertable<AccountTable> {
  const { id, label, provider, originOwnerId, originOwnerName, originUsername } = record
  return {
    ...record,
    statusReasons: JSON.stringify(record.statusReasons),
    setupInformation: JSON.stringify(record.setupInformation),
    metadata: JSON.stringify(record.metadata),
    lastError: record.lastError === null ? null : JSON.stringify(record.lastError),
    searchText: [id, label, provider, originOwnerId, originOwnerName, originUsername]
      .filter((part) => part !== null)
      .join('\n')
      .toLowerCase(),
  }
}

function toRecord({ searchText: _, ...row }: Selectable<AccountTable>): AccountRecord {
  return {
    ...row,
    type: row.type as AccountType,
    status: row.status as AccountStatus,
    statusReasons: JSON.parse(row.statusReasons),
    setupInformation: JSON.parse(row.setupInformation),
    metadata: JSON.parse(row.metadata),
    lastError: row.lastError === null ? null : JSON.parse(row.lastError),
  }
}

function escapeLike(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&')
}
