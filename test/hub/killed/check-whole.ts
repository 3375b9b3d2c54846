import { expect } from '@jest/globals'
import { verifyVault } from '../../../src/hub/index.ts'
import type { Restarted } from './lane.ts'

/** Rows of a kind that stand for half a thing: a secret without its owner, an owner without its secret. */
const halves: Readonly<Record<string, string>> = {
  'accounts without credentials':
    "select id from account where id not in (select subject_id from vault_record where kind = 'account')",
  'credentials without an account':
    "select subject_id from vault_record where kind = 'account' and subject_id not in (select id from account)",
  'webhooks without a secret':
    "select id from webhook where id not in (select subject_id from vault_record where kind = 'webhook')",
  'secrets without a webhook':
    "select subject_id from vault_record where kind = 'webhook' and subject_id not in (select id from webhook)",
  'active subscriptions without what ends them':
    "select id from subscription where status = 'active' and id not in (select subject_id from vault_record where kind = 'subscription')",
  'what ends a subscription, without it':
    "select subject_id from vault_record where kind = 'subscription' and subject_id not in (select id from subscription)",
  'deliveries without their contents':
    "select id from incoming_delivery where id not in (select subject_id from vault_record where kind = 'delivery')",
  'contents without a delivery':
    "select subject_id from vault_record where kind = 'delivery' and subject_id not in (select id from incoming_delivery)",
  'runs that ended without an answer':
    "select answer_id from idempotency where finished_at is not null and answer_id not in (select subject_id from vault_record where kind = 'answer')",
  'answers without a run that ended':
    "select subject_id from vault_record where kind = 'answer' and subject_id not in (select answer_id from idempotency where finished_at is not null)",
  'confirmations without what is to be shown':
    "select id from confirmation where id not in (select subject_id from vault_record where kind = 'confirmation')",
  'what is to be shown, without a confirmation':
    "select subject_id from vault_record where kind = 'confirmation' and subject_id not in (select id from confirmation)",
  'events for nobody that is known':
    'select id from webhook_delivery where event_id not in (select id from webhook_event)',
}

/** The file is sound, the chain of the audit holds, every record of the vault opens, and nothing is half. */
export async function checkWhole({ hub, file }: Restarted, dataFolder: string): Promise<void> {
  expect(file.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  expect(file.prepare('pragma foreign_key_check').all()).toEqual([])
  const found = Object.entries(halves).map(([what, query]) => [what, file.prepare(query).all()])
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.keys(halves).map((what) => [what, []])))
  expect(await hub.services.audit.verify('default')).toMatchObject({ broken: null })
  expect((await verifyVault({ dataFolder })).unreadable).toEqual([])
}
