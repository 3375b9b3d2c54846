import { sql, type Transaction } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'

/** Keys that are rotated keep their id; the audit takes additions alone. */
export async function keysAndAudit(transaction: Transaction<Tables>, kind: DatabaseKind): Promise<void> {
  const { schema } = transaction
  for (const column of ['previous_hash', 'previous_until', 'rotated_at'])
    await schema.alterTable('api_key').addColumn(column, 'text').execute()
  await schema.createIndex('api_key_previous_hash').on('api_key').column('previous_hash').unique().execute()
  await sql.raw(kind === 'sqlite' ? sqliteGuard : postgresGuard).execute(transaction)
  if (kind === 'sqlite') await sql.raw(sqliteDeleteGuard).execute(transaction)
}

/** Against a mistake in our own code; whoever owns the database can take a trigger away, and the chain tells. */
const sqliteGuard = `create trigger audit_no_update before update on audit
begin select raise(abort, 'the audit takes additions alone'); end`

const sqliteDeleteGuard = `create trigger audit_no_delete before delete on audit
begin select raise(abort, 'the audit takes additions alone'); end`

const postgresGuard = `create function audit_append_only() returns trigger language plpgsql as $$
begin raise exception 'the audit takes additions alone'; end $$;
create trigger audit_append_only before update or delete on audit
for each statement execute function audit_append_only()`
