import type { Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { columns } from './columns.ts'

/** Calls that wait to be confirmed. */
export async function confirmations({ schema }: Transaction<Tables>): Promise<void> {
  await columns('confirmation', schema.createTable('confirmation'))
    .key('id')
    .text('project_id', 'hash', 'fingerprint', 'caller', 'account_id', 'action', 'created_at', 'expires_at')
    .maybe('approved_at', 'approved_by')
    .done()
  const index = (name: string, of: string[]) =>
    schema.createIndex(name).on('confirmation').columns(of).execute()
  await schema.createIndex('confirmation_hash').on('confirmation').column('hash').unique().execute()
  await index('confirmation_call', ['project_id', 'caller', 'fingerprint'])
  await index('confirmation_age', ['expires_at'])
}
