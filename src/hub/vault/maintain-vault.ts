import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { HubOptions } from '../hub-options.ts'
import { databaseAddress } from '../store/database-address.ts'
import type { Store } from '../store/index.ts'
import { openExisting } from '../store/open-existing.ts'
import { addMasterKey, dropFormerKeys } from './change-master-key.ts'
import type { KeyRing } from './key-ring.ts'
import { type KeyPlace, keyFileOf, loadKeyRing } from './load-key-ring.ts'
import { proveKeys, rememberKey } from './prove-keys.ts'
import { reloadEveryMs } from './reloading-key-ring.ts'
import { readAllRecords, sealAllAnew, type UnreadableRecord, type VaultProgress } from './vault-records.ts'

export type VaultPlace = KeyPlace & Pick<HubOptions, 'databaseUrl' | 'databaseSchema'>

export interface VaultOptions {
  readonly onProgress?: (progress: VaultProgress) => void
}

export interface VaultVerdict {
  /** Id of the key that seals. */
  readonly current: string
  /** Records that open, by the id of their key. */
  readonly byKey: Readonly<Record<string, number>>
  readonly unreadable: readonly UnreadableRecord[]
}

/**
 * Opens every record of a hub's vault with the keys at hand; also while the hub serves.
 *
 * @throws {HubError} `hub/store-unreachable`, `hub/master-key-*`
 */
export function verifyVault(place: VaultPlace, { onProgress }: VaultOptions = {}): Promise<VaultVerdict> {
  return withVault(place, async (store, keys) => ({
    current: keys.current.id,
    ...(await readAllRecords(store, keys, onProgress)),
  }))
}

export interface RotationOptions extends VaultOptions {
  /** Goes on with the key that seals now, and makes no new one. */
  readonly resume?: boolean
  /** Who asks, for the audit; the hub itself by default. */
  readonly actor?: Actor
}

export interface Rotation {
  readonly current: string
  readonly sealed: number
  readonly unreadable: readonly UnreadableRecord[]
}

/**
 * Puts a new master key into the key file and seals every record with it, while hubs serve: they open with both, and
 * take the new one up by themselves. Interrupted, it is taken up again with `resume`. Where the keys are not in a file,
 * the operator puts the new one in front, and records are sealed with that.
 *
 * @throws {HubError} `hub/store-unreachable`, `hub/master-key-*`
 */
export async function rotateVault(
  place: VaultPlace,
  { onProgress, resume = false, actor = { kind: 'system' } }: RotationOptions = {},
): Promise<Rotation> {
  const file = keyFileOf(place)
  // Before anything is changed: what cannot be opened now could not be afterwards either.
  await withVault(place, (store, keys) => proveKeys(store, keys))
  if (file !== undefined && !resume) await addMasterKey(file)
  return withVault(place, async (store, keys) => {
    const now = new Date().toISOString()
    await rememberKey(store, keys, now)
    const { sealed, unreadable } = await sealAllAnew(store, keys, onProgress)
    for (const { id } of await store.projects.list())
      await store.transaction(({ audit }) =>
        audit.append(id, {
          at: now,
          actor: actorText(actor),
          action: 'vault.rotated',
          subject: `master-key:${keys.current.id}`,
          detail: { sealed },
        }),
      )
    return { current: keys.current.id, sealed, unreadable }
  })
}

/**
 * Forgets every key but the current one, once nothing is sealed with the others.
 *
 * @returns ids of the keys that were dropped
 * @throws {HubError} `hub/master-key-in-use`
 */
export async function finishRotation(
  place: VaultPlace,
  { now = Date.now }: { readonly now?: () => number } = {},
): Promise<readonly string[]> {
  const dropped = await withVault(place, async (store, keys) => {
    const left = await store.vault.count({ otherThan: keys.current.id })
    if (left > 0)
      throw new HubError('hub/master-key-in-use', {
        message: `${left} records are still sealed with another key than ${keys.current.id}.`,
      })
    const known = await store.vault.keys()
    const current = known.find(({ id }) => id === keys.current.id)
    const ageMs = current === undefined ? 0 : now() - Date.parse(current.createdAt)
    // A hub that has not taken up the new key could still seal with the former one.
    if (ageMs < 2 * reloadEveryMs)
      throw new HubError('hub/master-key-in-use', {
        message: `The key ${keys.current.id} is too new: hubs may still seal with the former one.`,
        retryAfterMs: 2 * reloadEveryMs - ageMs,
      })
    const former = known.map(({ id }) => id).filter((id) => id !== keys.current.id)
    for (const id of former) await store.vault.removeKey(id)
    return former
  })
  const file = keyFileOf(place)
  if (file !== undefined) await dropFormerKeys(file)
  return dropped
}

async function withVault<Value>(
  place: VaultPlace,
  work: (store: Store, keys: KeyRing) => Promise<Value>,
): Promise<Value> {
  const address = databaseAddress(place)
  const store = await openExisting(address)
  try {
    const keys = await loadKeyRing(place, address)
    try {
      return await work(store, keys)
    } finally {
      keys.close?.()
    }
  } finally {
    await store.close()
  }
}
