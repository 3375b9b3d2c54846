import type { Transaction } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'
import { columns } from './columns.ts'

/** Projects, keys, logins, integrations, accounts with their vault, connect sessions, audit. */
export async function accountsAndConnecting(
  { schema }: Transaction<Tables>,
  kind: DatabaseKind,
): Promise<void> {
  const bytes = kind === 'sqlite' ? 'blob' : 'bytea'
  const table = (name: string) => columns(name, schema.createTable(name))
  const counted = (name: string, key: string) =>
    columns(
      name,
      schema.createTable(name).addColumn(key, kind === 'sqlite' ? 'integer' : 'serial', (column) =>
        // Numbers are never given out twice, not even after the last row is gone.
        kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
      ),
    )

  await table('project').key('id').text('settings', 'created_at', 'updated_at').done()

  await table('api_key')
    .key('id')
    .text('project_id', 'name', 'prefix', 'hash', 'scopes')
    .maybe('account_id')
    .text('created_at')
    .maybe('last_used_at', 'revoked_at')
    .done()
  await schema.createIndex('api_key_hash').on('api_key').column('hash').unique().execute()
  await schema.createIndex('api_key_project').on('api_key').column('project_id').execute()

  await table('login_link')
    .key('id')
    .text('project_id', 'hash', 'created_at', 'expires_at')
    .maybe('used_at')
    .done()
  await schema.createIndex('login_link_hash').on('login_link').column('hash').unique().execute()
  await table('login_session').key('id').text('project_id', 'hash', 'created_at', 'expires_at').done()
  await schema.createIndex('login_session_hash').on('login_session').column('hash').unique().execute()

  await table('integration')
    .text('project_id', 'id')
    .whole('active')
    .text('updated_at')
    .done('project_id', 'id')

  await table('account')
    .key('id')
    .text('project_id', 'provider', 'integration_id', 'authentication', 'environment', 'type')
    .text('origin_owner_id', 'origin_owner_name')
    .maybe('origin_username', 'label')
    .text('status', 'status_reasons', 'setup_information', 'metadata')
    .maybe('identity_key')
    .text('search_text')
    .maybe('last_used_at', 'last_error')
    .text('created_at', 'updated_at')
    .done()
  await schema
    .createIndex('account_identity')
    .on('account')
    .columns(['project_id', 'identity_key'])
    .unique()
    .execute()
  await schema
    .createIndex('account_newest')
    .on('account')
    .columns(['project_id', 'created_at', 'id'])
    .execute()
  await schema.createIndex('account_owner').on('account').columns(['project_id', 'origin_owner_id']).execute()

  await table('vault_key')
    .key('id')
    .text('created_at')
    .build.addColumn('proof', bytes, (column) => column.notNull())
    .execute()
  await table('vault_record')
    .text('project_id', 'kind', 'subject_id')
    .whole('version')
    .text('key_id', 'updated_at')
    .and((build) => build.addColumn('sealed', bytes, (column) => column.notNull()))
    .done('project_id', 'kind', 'subject_id')

  await counted('connect_session', 'id')
    .text('project_id', 'token_hash', 'link_hash', 'origin_owner_id', 'origin_owner_name')
    .maybe('origin_username', 'provider')
    .text('categories')
    .maybe('account_id')
    .whole('multiple')
    .maybe('label')
    .text('metadata')
    .maybe('type')
    .text('created_at', 'token_expires_at', 'link_expires_at')
    .done()
  for (const column of ['token_hash', 'link_hash'])
    await schema
      .createIndex(`connect_session_${column}`)
      .on('connect_session')
      .column(column)
      .unique()
      .execute()
  await table('submission')
    .whole('connect_session_id')
    .text('nonce', 'account_id', 'created_at')
    .done('connect_session_id', 'nonce')

  await table('connection_attempt')
    .key('id')
    .text('project_id')
    .and((build) => build.addColumn('connect_session_id', 'integer'))
    .maybe('integration_id', 'state_hash')
    .text('status')
    .maybe('account_id', 'error')
    .text('created_at', 'expires_at')
    .done()
  await schema
    .createIndex('connection_attempt_state')
    .on('connection_attempt')
    .column('state_hash')
    .unique()
    .execute()

  await counted('audit', 'seq')
    .text('project_id', 'at', 'actor', 'action', 'subject', 'detail', 'previous_hash', 'hash')
    .done()
  await schema.createIndex('audit_project').on('audit').columns(['project_id', 'seq']).execute()
}
