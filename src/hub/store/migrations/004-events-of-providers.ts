import type { Transaction } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'
import { columns } from './columns.ts'

/** Subscriptions to events of providers, and what they deliver. */
export async function eventsOfProviders({ schema }: Transaction<Tables>, _kind: DatabaseKind): Promise<void> {
  const table = (name: string) => columns(name, schema.createTable(name))
  await table('subscription')
    .key('id')
    .text('project_id', 'account_id', 'provider', 'token_hash', 'status', 'events', 'created_at')
    .maybe('last_delivery_at')
    .done()
  await schema.createIndex('subscription_token').on('subscription').column('token_hash').unique().execute()
  await schema
    .createIndex('subscription_account')
    .on('subscription')
    .columns(['project_id', 'account_id'])
    .execute()

  await table('incoming_delivery')
    .key('id')
    .text('project_id', 'subscription_id', 'account_id', 'status', 'actions', 'received_at', 'next_at')
    .whole('ignored', 'attempts', 'position', 'started')
    .maybe('replay_key', 'finished_at', 'error')
    .done()
  // Where the provider signs the time, the very same delivery is taken once; null means that it cannot be told.
  await schema
    .createIndex('incoming_delivery_replay')
    .on('incoming_delivery')
    .columns(['subscription_id', 'replay_key'])
    .unique()
    .execute()
  await schema
    .createIndex('incoming_delivery_due')
    .on('incoming_delivery')
    .columns(['status', 'next_at'])
    .execute()
  await schema
    .createIndex('incoming_delivery_newest')
    .on('incoming_delivery')
    .columns(['project_id', 'subscription_id', 'received_at'])
    .execute()
}
