import { createHash, createSecretKey, type KeyObject } from 'node:crypto'

/** The master keys a hub can open with; it seals with the first. */
export interface KeyRing {
  readonly current: MasterKey
  find(id: string): MasterKey | undefined
  /** Looks for keys that were added; absent where they cannot change. */
  reload?(): Promise<void>
  close?(): void
}

/** A master key as an object of the runtime, made once: a raw key would be converted anew at every use. */
export interface MasterKey {
  /** Eight bytes in hexadecimal, derived from the key: a wrong key is known as such. */
  readonly id: string
  readonly key: KeyObject
}

export const masterKeyBytes = 32

/** @param keys - 32 bytes each; the first is the current one */
export function createKeyRing(keys: readonly Uint8Array[]): KeyRing {
  const [current, ...former] = keys.map(toMasterKey)
  if (current === undefined) throw new RangeError('A key ring needs a key')
  const byId = new Map([current, ...former].map((master) => [master.id, master]))
  return { current, find: (id) => byId.get(id) }
}

function toMasterKey(bytes: Uint8Array): MasterKey {
  if (bytes.length !== masterKeyBytes) throw new RangeError(`A master key has ${masterKeyBytes} bytes`)
  const id = createHash('sha256').update('mainspring master key\0').update(bytes).digest('hex').slice(0, 16)
  return { id, key: createSecretKey(bytes) }
}
