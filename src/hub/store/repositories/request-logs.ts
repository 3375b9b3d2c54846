import { type Kysely, type Selectable, sql } from 'kysely'
import type { RequestLogTable, Tables } from '../tables.ts'

/** Something that happened during a run, redacted. */
export type LoggedEvent = Readonly<Record<string, unknown>> & { readonly type: string; readonly atMs: number }

/** One run of an action. Never a secret, nor what a provider answered. */
export interface RequestLogRecord {
  readonly id: string
  readonly projectId: string
  readonly at: string
  readonly accountId: string | null
  readonly provider: string | null
  /** With the connector's prefix. */
  readonly action: string | null
  /** Which door it came in by: `rpc`, `mcp`, `proxy` or `try-it`. */
  readonly source: string
  readonly caller: string
  readonly requestId: string
  /** Of the last request to the provider. */
  readonly method: string | null
  readonly path: string | null
  readonly errorCode: string | null
  /** What the caller was answered. */
  readonly status: number
  readonly durationMs: number
  /** Sent to the provider, retries counted. */
  readonly requests: number
  readonly success: boolean
  readonly detail: RequestLogDetail
}

export interface RequestLogDetail {
  /** Names of the inputs, without their values. */
  readonly inputs: readonly string[]
  readonly events: readonly LoggedEvent[]
  readonly message?: string
  readonly hint?: string
}

export interface RequestLogFilter {
  readonly accountIds?: readonly string[]
  readonly providers?: readonly string[]
  readonly actions?: readonly string[]
  readonly sources?: readonly string[]
  readonly callers?: readonly string[]
  readonly requestIds?: readonly string[]
  /** Of the last request to the provider. */
  readonly methods?: readonly string[]
  readonly statuses?: readonly number[]
  readonly success?: boolean
  /** ISO 8601, inclusive. */
  readonly from?: string
  readonly to?: string
}

/** Newest first by default. */
export interface RequestLogOrder {
  readonly by: 'at' | 'durationMs' | 'status' | 'provider'
  readonly direction: 'asc' | 'desc'
}

/** Where a page begins: after this row. */
export interface RequestLogPlace {
  /** What the row has in the column of the order, as text; its time, unless another order was asked for. */
  readonly at: string
  readonly id: string
}

const newestFirst: RequestLogOrder = { by: 'at', direction: 'desc' }

export function requestLogRepository(query: Kysely<Tables>) {
  const matching = (projectId: string, filter: RequestLogFilter) => {
    let rows = query.selectFrom('requestLog').where('projectId', '=', projectId)
    const lists = [
      ['accountId', filter.accountIds],
      ['provider', filter.providers],
      ['action', filter.actions],
      ['source', filter.sources],
      ['caller', filter.callers],
      ['requestId', filter.requestIds],
      ['method', filter.methods],
      ['status', filter.statuses],
    ] as const
    for (const [column, values] of lists) {
      if (values === undefined) continue
      rows = values.length === 0 ? rows.where(sql<boolean>`1 = 0`) : rows.where(column, 'in', [...values])
    }
    if (filter.success !== undefined) rows = rows.where('success', '=', filter.success ? 1 : 0)
    if (filter.from !== undefined) rows = rows.where('at', '>=', filter.from)
    if (filter.to !== undefined) rows = rows.where('at', '<=', filter.to)
    return rows
  }
  return {
    async add(records: readonly RequestLogRecord[]): Promise<void> {
      const rows = records.map((record) => ({
        ...record,
        success: record.success ? 1 : 0,
        detail: JSON.stringify(record.detail),
      }))
      if (rows.length > 0) await query.insertInto('requestLog').values(rows).execute()
    },

    async list(
      projectId: string,
      filter: RequestLogFilter,
      {
        limit,
        after,
        order: { by, direction } = newestFirst,
      }: {
        readonly limit: number
        readonly after?: RequestLogPlace | undefined
        readonly order?: RequestLogOrder | undefined
      },
    ): Promise<RequestLogRecord[]> {
      // A run of no connector comes where an empty text would: databases differ about where nothing comes.
      const column =
        by === 'provider' ? sql<string | number>`coalesce(provider, '')` : sql.ref<string | number>(by)
      let rows = matching(projectId, filter)
      if (after !== undefined) {
        const beyond = direction === 'asc' ? '>' : '<'
        const place = by === 'durationMs' || by === 'status' ? Number(after.at) : after.at
        rows = rows.where((where) =>
          where.or([
            where(column, beyond, place),
            where.and([where(column, '=', place), where('id', beyond, after.id)]),
          ]),
        )
      }
      const found = await rows
        .selectAll()
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(limit)
        .execute()
      return found.map(toRecord)
    },

    async get(projectId: string, id: string): Promise<RequestLogRecord | undefined> {
      const row = await query
        .selectFrom('requestLog')
        .selectAll()
        .where('projectId', '=', projectId)
        .where((where) => where.or([where('id', '=', id), where('requestId', '=', id)]))
        .executeTakeFirst()
      return row && toRecord(row)
    },

    /** Takes out what is older than `before`, and the oldest beyond `maxRows`. */
    async prune(projectId: string, before: string, maxRows: number): Promise<void> {
      const beyond = await query
        .selectFrom('requestLog')
        .select('at')
        .where('projectId', '=', projectId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .offset(maxRows)
        .limit(1)
        .executeTakeFirst()
      const bound = beyond === undefined || beyond.at < before ? before : beyond.at
      await query
        .deleteFrom('requestLog')
        .where('projectId', '=', projectId)
        .where((where) =>
          where.or([where('at', '<', bound), ...(beyond === undefined ? [] : [where('at', '=', beyond.at)])]),
        )
        .execute()
    },
  }
}

function toRecord(row: Selectable<RequestLogTable>): RequestLogRecord {
  return { ...row, success: row.success === 1, detail: JSON.parse(row.detail) }
}
