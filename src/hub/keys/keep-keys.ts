import type { HubOptions } from '../hub-options.ts'
import { databaseAddress } from '../store/database-address.ts'
import { openExisting } from '../store/open-existing.ts'
import { type ApiKeyService, createApiKeys } from './api-keys.ts'

/** The keys of a hub, from its database: what is done counts for hubs that serve within a second. */
export interface KeptKeys extends Pick<ApiKeyService, 'create' | 'list' | 'rotate' | 'revoke'> {
  hasAccount(projectId: string, id: string): Promise<boolean>
}

/**
 * Opens the database of a hub for work on its API keys, also while the hub serves.
 *
 * @throws {HubError} `hub/store-unreachable`: there is no database; nothing is made
 */
export async function withKeys<Value>(
  place: Pick<HubOptions, 'dataFolder' | 'databaseUrl' | 'databaseSchema'>,
  work: (keys: KeptKeys) => Promise<Value>,
): Promise<Value> {
  const store = await openExisting(databaseAddress(place))
  try {
    const keys = createApiKeys(store, () => new Date())
    return await work({
      ...keys,
      hasAccount: async (projectId, id) => (await store.accounts.get(projectId, id)) !== undefined,
    })
  } finally {
    await store.close()
  }
}
