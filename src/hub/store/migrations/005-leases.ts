import type { Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { columns } from './columns.ts'

/** Who holds what, between processes; and which records a master key has sealed. */
export async function leases({ schema }: Transaction<Tables>): Promise<void> {
  await columns('lease', schema.createTable('lease'))
    .key('name')
    .text('holder')
    .whole('interrupted')
    .and((build) =>
      build
        .addColumn('fence', 'bigint', (column) => column.notNull())
        .addColumn('until_ms', 'bigint', (column) => column.notNull()),
    )
    .done()
  await schema.createIndex('vault_record_key').on('vault_record').column('key_id').execute()
}
