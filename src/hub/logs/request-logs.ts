import type {
  RequestLogFilter,
  RequestLogOrder,
  RequestLogPlace,
  RequestLogRecord,
  Store,
} from '../store/index.ts'

/** How much of the request log is kept. */
export interface RequestLogBounds {
  /** 100,000 by default; 0 keeps no log. */
  readonly maxRows: number
  /** 30 by default. */
  readonly maxDays: number
}

export const defaultLogBounds: RequestLogBounds = { maxRows: 100_000, maxDays: 30 }

export interface RequestLogPage {
  readonly rows: readonly RequestLogRecord[]
  readonly next?: RequestLogPlace
}

/** What was run, for people who look for a failure. */
export interface RequestLogService {
  /** Is written soon: a run does not wait for it. */
  add(record: RequestLogRecord): void
  /** Newest first, unless another order is asked for; whatever was added is in it. */
  list(
    projectId: string,
    filter: RequestLogFilter,
    window: {
      readonly limit: number
      readonly after?: RequestLogPlace | undefined
      readonly order?: RequestLogOrder
    },
  ): Promise<RequestLogPage>
  /** By its own id or that of the request. */
  get(projectId: string, id: string): Promise<RequestLogRecord | undefined>
  /** Writes what is waiting. */
  flush(): Promise<void>
  close(): Promise<void>
}

const flushAfterMs = 200
/** Rows written at once; SQLite takes so many values in one statement. */
const batchRows = 100
/** Rows that may wait; beyond them the oldest are given up, so that a slow database costs no memory. */
const maxWaiting = 5_000
const pruneEveryRows = 1_000
const dayMs = 86_400_000

export function createRequestLogs(
  store: Store,
  clock: () => Date,
  bounds: RequestLogBounds = defaultLogBounds,
): RequestLogService {
  let waiting: RequestLogRecord[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let sincePruned = pruneEveryRows

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchRows)
      await store.requestLogs.add(batch)
      sincePruned += batch.length
      if (sincePruned < pruneEveryRows) continue
      sincePruned = 0
      const before = new Date(clock().getTime() - bounds.maxDays * dayMs).toISOString()
      for (const projectId of new Set(batch.map((record) => record.projectId)))
        await store.requestLogs.prune(projectId, before, bounds.maxRows)
    }
  }
  const flush = () => {
    if (timer !== undefined) clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  return {
    flush,
    add(record) {
      if (bounds.maxRows === 0) return
      waiting.push(record)
      if (waiting.length > maxWaiting) waiting = waiting.slice(-maxWaiting)
      // A log that cannot be written is no reason to fail a run, nor to end the process.
      timer ??= setTimeout(() => {
        timer = undefined
        flush().catch(() => {
          writing = Promise.resolve()
        })
      }, flushAfterMs)
      timer.unref()
    },
    async list(projectId, filter, { limit, after, order }) {
      await flush()
      const rows = await store.requestLogs.list(projectId, filter, { limit: limit + 1, after, order })
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return rows.length > limit && last !== undefined
        ? { rows: shown, next: { at: String(last[order?.by ?? 'at'] ?? ''), id: last.id } }
        : { rows: shown }
    },
    async get(projectId, id) {
      await flush()
      return store.requestLogs.get(projectId, id)
    },
    // A log that cannot be written is no reason to end badly.
    close: () => flush().catch(() => undefined),
  }
}
