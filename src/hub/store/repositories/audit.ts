import { createHash } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { AuditTable, Tables } from '../tables.ts'

/** Who did what to what, and when. Never a secret. */
export interface AuditEntry {
  readonly at: string
  /** `key:<id>`, `login:<id>`, `connect:<id>` or `system`. */
  readonly actor: string
  /** `account.linked`. */
  readonly action: string
  /** `account:<id>`. */
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface AuditRecord extends AuditEntry {
  readonly seq: number
  readonly previousHash: string
  readonly hash: string
}

const firstHash = '0'.repeat(64)

export function auditRepository(query: Kysely<Tables>, kind: DatabaseKind) {
  return {
    /** Adds to the chain: each entry's hash covers the one before. To be called within a transaction. */
    async append(projectId: string, entry: AuditEntry): Promise<void> {
      // One at a time per project, or two entries would follow the same one. SQLite writes one at a time anyway.
      if (kind === 'postgres')
        await sql`select pg_advisory_xact_lock(hashtext(${`audit:${projectId}`}))`.execute(query)
      const last = await query
        .selectFrom('audit')
        .select('hash')
        .where('projectId', '=', projectId)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      const previousHash = last?.hash ?? firstHash
      const detail = JSON.stringify(entry.detail)
      await query
        .insertInto('audit')
        .values({
          ...entry,
          projectId,
          detail,
          previousHash,
          hash: hashOf(projectId, { ...entry, detail }, previousHash),
        })
        .execute()
    },

    /** Newest first. */
    async list(
      projectId: string,
      window: { readonly limit: number; readonly subject?: string },
    ): Promise<AuditRecord[]> {
      let rows = query.selectFrom('audit').selectAll().where('projectId', '=', projectId)
      if (window.subject !== undefined) rows = rows.where('subject', '=', window.subject)
      const found = await rows.orderBy('seq', 'desc').limit(window.limit).execute()
      return found.map(toRecord)
    },

    /** Whether nothing was changed or taken out of the middle. */
    async isUnbroken(projectId: string): Promise<boolean> {
      const rows = await query
        .selectFrom('audit')
        .selectAll()
        .where('projectId', '=', projectId)
        .orderBy('seq')
        .execute()
      let previous = firstHash
      return rows.every((row) => {
        const right = row.previousHash === previous && row.hash === hashOf(projectId, row, previous)
        previous = row.hash
        return right
      })
    },
  }
}

function hashOf(
  projectId: string,
  { at, actor, action, subject, detail }: Omit<AuditEntry, 'detail'> & { readonly detail: string },
  previousHash: string,
): string {
  const text = JSON.stringify([previousHash, projectId, at, actor, action, subject, detail])
  return createHash('sha256').update(text).digest('hex')
}

function toRecord({ projectId: _, ...row }: Selectable<AuditTable>): AuditRecord {
  return { ...row, detail: JSON.parse(row.detail) }
}
