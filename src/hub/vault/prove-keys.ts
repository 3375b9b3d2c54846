import { HubError } from '../hub-error.ts'
import type { Store } from '../store/index.ts'
import type { KeyRing } from './key-ring.ts'
import { openRecord, sealRecord, UnsealError } from './sealed-record.ts'

const proofSubject = 'mainspring master key proof'
const proofText = Buffer.from('This text opens with the right master key only.')

/**
 * Compares the keys at hand with those that the database was used with, before anything is changed in it.
 *
 * @throws {HubError} `hub/master-key-wrong`
 */
export async function proveKeys(store: Store, keys: KeyRing): Promise<void> {
  for (const { id, proof } of await store.vault.keys()) {
    const master = keys.find(id)
    if (master === undefined)
      throw new HubError('hub/master-key-wrong', {
        message: `The database was used with the master key ${id}, and the key given is ${keys.current.id}.`,
      })
    try {
      openRecord(master, proofSubject, proof)
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error
      throw new HubError('hub/master-key-wrong', {
        message: `The proof of the master key ${id} in the database does not open.`,
      })
    }
  }
}

/** Leaves the proof of the current key, for the next start. */
export async function rememberKey(store: Store, keys: KeyRing, now: string): Promise<void> {
  const { current } = keys
  await store.vault.addKey({
    id: current.id,
    createdAt: now,
    proof: sealRecord(current, proofSubject, proofText),
  })
}
