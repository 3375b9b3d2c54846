import type { Transaction } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'
import { columns } from './columns.ts'

/** The request log, kept answers, policies, webhooks and what they have to be told. */
export async function runningAndTelling({ schema }: Transaction<Tables>, _kind: DatabaseKind): Promise<void> {
  const table = (name: string) => columns(name, schema.createTable(name))
  const index = (name: string, on: string, of: string[]) =>
    schema.createIndex(name).on(on).columns(of).execute()

  await table('request_log')
    .key('id')
    .text('project_id', 'at')
    .maybe('account_id', 'provider', 'action')
    .text('source', 'caller', 'request_id')
    .maybe('method', 'path', 'error_code')
    .whole('status', 'duration_ms', 'requests', 'success')
    .text('detail')
    .done()
  await index('request_log_newest', 'request_log', ['project_id', 'at', 'id'])
  await index('request_log_account', 'request_log', ['project_id', 'account_id', 'at'])

  await table('idempotency')
    .text('project_id', 'caller', 'idempotency_key', 'fingerprint', 'answer_id', 'created_at')
    .maybe('finished_at')
    .done('project_id', 'caller', 'idempotency_key')
  await index('idempotency_age', 'idempotency', ['created_at'])

  await table('policy').text('project_id', 'subject', 'rules', 'updated_at').done('project_id', 'subject')

  await table('webhook').key('id').text('project_id', 'url', 'events', 'created_at').whole('active').done()
  await index('webhook_project', 'webhook', ['project_id'])
  await table('webhook_event')
    .key('id')
    .text('project_id', 'event', 'record_id', 'payload', 'created_at')
    .done()
  await index('webhook_event_newest', 'webhook_event', ['project_id', 'created_at'])
  await table('webhook_delivery')
    .key('id')
    .text('project_id', 'webhook_id', 'event_id', 'status')
    .whole('attempts')
    .text('next_at', 'created_at')
    .maybe('delivered_at', 'last_error')
    .done()
  await index('webhook_delivery_due', 'webhook_delivery', ['status', 'next_at'])
  await index('webhook_delivery_event', 'webhook_delivery', ['project_id', 'event_id'])
}
