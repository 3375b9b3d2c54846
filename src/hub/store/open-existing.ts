import { existsSync } from 'node:fs'
import { HubError } from '../hub-error.ts'
import { type DatabaseAddress, openStore, type Store } from './index.ts'

/**
 * The store of a hub that has been there, for those who look after it: nothing is made where there is none.
 *
 * @throws {HubError} `hub/store-unreachable`
 */
export async function openExisting(address: DatabaseAddress): Promise<Store> {
  if (address.kind === 'sqlite' && !existsSync(address.path))
    throw new HubError('hub/store-unreachable', { message: `There is no database ${address.path}.` })
  return openStore(address)
}
