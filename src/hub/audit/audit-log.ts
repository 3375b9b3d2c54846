import type { AuditRecord, AuditVerdict, Store } from '../store/index.ts'

export interface AuditFilter {
  /** `account.linked`, or all of a kind: `account.*`. */
  readonly action?: string
  /** `key:<id>`. */
  readonly actor?: string
  /** `account:<id>`. */
  readonly subject?: string
}

/** Who did what. Entries are written where things are done, in the same transaction. */
export interface AuditService {
  /** Newest first. `next` is the place after the last row, absent at the end. */
  list(
    projectId: string,
    filter: AuditFilter,
    window: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<{ readonly rows: readonly AuditRecord[]; readonly next?: number }>
  /** @param head - the hash of an entry that was noted before */
  verify(projectId: string, head?: string): Promise<AuditVerdict>
}

export function createAuditLog(store: Store): AuditService {
  return {
    async list(projectId, filter, { limit, before }) {
      const rows = await store.audit.list(projectId, {
        ...filter,
        limit: limit + 1,
        ...(before === undefined ? {} : { before }),
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return { rows: page, ...(rows.length > limit && last !== undefined ? { next: last.seq } : {}) }
    },
    verify: (projectId, head) => store.audit.verify(projectId, head),
  }
}
