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

/** What the entries of a project come to. */
export interface AuditVerdict {
  readonly entries: number
  /** The last entry: noted elsewhere, it tells later whether the end of the chain was cut off. */
  readonly head: { readonly seq: number; readonly hash: string } | null
  /** The first entry that does not follow from the one before; null where the chain is whole. */
  readonly broken: { readonly seq: number; readonly why: string } | null
  /** Whether the hash that was asked for is in the chain; absent where none was. */
  readonly holdsHead?: boolean
}

const firstHash = '0'.repeat(64)
const verifiedAtOnce = 1000

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
      window: {
        readonly limit: number
        readonly subject?: string
        /** What was done: `account.linked`, or all of a kind: `account.*`. */
        readonly action?: string
        readonly actor?: string
        /** Entries before this one. */
        readonly before?: number
      },
    ): Promise<AuditRecord[]> {
      let rows = query.selectFrom('audit').selectAll().where('projectId', '=', projectId)
      if (window.subject !== undefined) rows = rows.where('subject', '=', window.subject)
      if (window.actor !== undefined) rows = rows.where('actor', '=', window.actor)
      if (window.before !== undefined) rows = rows.where('seq', '<', window.before)
      if (window.action?.endsWith('.*') === true) {
        // From `account.` to whatever comes after the dot: no pattern, whose signs a filter could hold.
        const from = window.action.slice(0, -1)
        rows = rows.where('action', '>=', from).where('action', '<', `${from.slice(0, -1)}/`)
      } else if (window.action !== undefined) rows = rows.where('action', '=', window.action)
      const found = await rows.orderBy('seq', 'desc').limit(window.limit).execute()
      return found.map(toRecord)
    },

    /**
     * Goes through the whole chain, a part at a time.
     *
     * @param head - the hash of an entry that was noted before
     */
    async verify(projectId: string, head?: string): Promise<AuditVerdict> {
      let previous = firstHash
      let entries = 0
      const conclude = (broken: AuditVerdict['broken']): AuditVerdict => ({
        entries,
        head: entries === 0 ? null : { seq: lastSeq, hash: previous },
        broken,
        ...(head === undefined ? {} : { holdsHead }),
      })
      let lastSeq = 0
      let holdsHead = false
      for (;;) {
        const rows = await query
          .selectFrom('audit')
          .selectAll()
          .where('projectId', '=', projectId)
          .where('seq', '>', lastSeq)
          .orderBy('seq')
          .limit(verifiedAtOnce)
          .execute()
        for (const row of rows) {
          const why = faultOf(projectId, row, previous)
          if (why !== undefined) return conclude({ seq: row.seq, why })
          previous = row.hash
          entries += 1
          lastSeq = row.seq
          if (row.hash === head) holdsHead = true
        }
        if (rows.length < verifiedAtOnce) return conclude(null)
      }
    },
  }
}

function faultOf(projectId: string, row: Selectable<AuditTable>, previous: string): string | undefined {
  if (row.hash !== hashOf(projectId, row, row.previousHash)) return 'the entry was changed'
  if (row.previousHash !== previous) return 'an entry before it was changed, taken out or put in'
  return undefined
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
