import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../hub-error.ts'
import type { HubOptions } from '../hub-options.ts'
import { type DatabaseAddress, openStore } from '../store/index.ts'
import { createKeyRing, type KeyRing, masterKeyBytes } from './key-ring.ts'
import { loadMasterKeyFile, parseMasterKeys } from './master-key-file.ts'
import { followKeys } from './reloading-key-ring.ts'
import { runKeyCommand } from './run-key-command.ts'

export type KeyPlace = Pick<HubOptions, 'masterKey' | 'masterKeyCommand' | 'masterKeyFile' | 'dataFolder'>

/** The file that holds the keys; undefined where they come from elsewhere. */
export function keyFileOf({
  masterKey,
  masterKeyCommand,
  masterKeyFile,
  dataFolder,
}: KeyPlace): string | undefined {
  if (masterKey !== undefined || masterKeyCommand !== undefined) return undefined
  return masterKeyFile ?? (dataFolder === undefined ? undefined : join(dataFolder, 'master.key'))
}

/**
 * The master keys of a hub: given, from a command, or from a file, which is made for a new database.
 *
 * @throws {HubError} `hub/master-key-missing`, `hub/master-key-unusable`
 */
export async function loadKeyRing(place: KeyPlace, address: DatabaseAddress): Promise<KeyRing> {
  const { masterKey, masterKeyCommand } = place
  if (masterKey !== undefined) return parseMasterKeys(masterKey, 'given')
  if (masterKeyCommand !== undefined)
    return followKeys(await runKeyCommand(masterKeyCommand), () => runKeyCommand(masterKeyCommand))
  const path = keyFileOf(place)
  // Without a folder the data ends with the process; so may the key.
  if (path === undefined && address.kind === 'sqlite') return createKeyRing([randomBytes(masterKeyBytes)])
  if (path === undefined)
    throw new HubError('hub/master-key-missing', {
      message: 'A PostgreSQL database is named, and neither a data folder nor a master key.',
      hint: 'Name a data folder, a master key file, a command that prints the key, or the key itself.',
    })
  const used = address.kind === 'sqlite' ? existsSync(address.path) : await isUsed(address)
  return followKeys(await loadMasterKeyFile(path, !used), () => loadMasterKeyFile(path, false))
}

async function isUsed(address: DatabaseAddress): Promise<boolean> {
  const store = await openStore(address)
  try {
    return (await store.vault.keys()).length > 0
  } finally {
    await store.close()
  }
}
