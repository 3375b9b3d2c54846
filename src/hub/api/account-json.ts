import type { AccountRecord } from '../store/index.ts'
import type { AccountJson } from './schemas.ts'

/** An account as the API gives it. Secrets are not part of a record, so that they cannot slip in. */
export function accountJson(account: AccountRecord, providerName: string): AccountJson {
  const { lastError } = account
  return {
    id: account.id,
    provider: account.provider,
    provider_name: providerName,
    status: account.status,
    status_reasons: [...account.statusReasons],
    origin_owner_id: account.originOwnerId,
    origin_owner_name: account.originOwnerName,
    origin_username: account.originUsername,
    label: account.label,
    type: account.type,
    integration_id: account.integrationId,
    authentication_config_key: account.authentication,
    environment: account.environment,
    setup_information: { ...account.setupInformation },
    metadata: { ...account.metadata },
    last_used_at: account.lastUsedAt,
    last_error:
      lastError === null
        ? null
        : { code: lastError.code, message: lastError.message, hint: lastError.hint, timestamp: lastError.at },
    created_at: account.createdAt,
    updated_at: account.updatedAt,
  }
}
