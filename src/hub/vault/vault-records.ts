import type { Store, VaultSubject } from '../store/index.ts'
import type { KeyRing } from './key-ring.ts'
import { openRecord, sealRecord, UnsealError } from './sealed-record.ts'
import { subjectText } from './vault.ts'

const batch = 200

export interface VaultProgress {
  readonly done: number
  readonly total: number
}

/** A record that does not open. */
export interface UnreadableRecord {
  readonly subject: VaultSubject
  readonly why: 'key-missing' | 'altered'
}

export interface VaultReport {
  /** Records that open, by the id of their master key. */
  readonly byKey: Readonly<Record<string, number>>
  readonly unreadable: readonly UnreadableRecord[]
}

/** Opens every record, and says which do not. Nothing is changed. */
export async function readAllRecords(
  store: Store,
  keys: KeyRing,
  onProgress: (progress: VaultProgress) => void = () => {},
): Promise<VaultReport> {
  const byKey: Record<string, number> = {}
  const unreadable: UnreadableRecord[] = []
  const total = await store.vault.count()
  let done = 0
  for await (const { keyId, sealed, ...subject } of recordsOf(store)) {
    const opened = openPlain(keys, subject, keyId, sealed)
    if (typeof opened === 'string') unreadable.push({ subject, why: opened })
    else {
      opened.fill(0)
      byKey[keyId] = (byKey[keyId] ?? 0) + 1
    }
    done += 1
    onProgress({ done, total })
  }
  return { byKey, unreadable }
}

/**
 * Seals everything with the current key that was sealed with another one. May run beside hubs that serve, and be
 * interrupted: each record is replaced by itself, and only while nobody has changed it; what is left is found again.
 *
 * @returns how many were sealed anew, and what could not be opened (it stays as it is)
 */
export async function sealAllAnew(
  store: Store,
  keys: KeyRing,
  onProgress: (progress: VaultProgress) => void = () => {},
): Promise<{ readonly sealed: number; readonly unreadable: readonly UnreadableRecord[] }> {
  const { current } = keys
  const unreadable: UnreadableRecord[] = []
  const total = await store.vault.count({ otherThan: current.id })
  let sealed = 0
  let done = 0
  for await (const { keyId, sealed: bytes, ...subject } of recordsOf(store, current.id)) {
    const opened = openPlain(keys, subject, keyId, bytes)
    if (typeof opened === 'string') unreadable.push({ subject, why: opened })
    else {
      const next = { keyId: current.id, sealed: sealRecord(current, subjectText(subject), opened) }
      opened.fill(0)
      // Somebody who writes at the same moment seals it anew himself.
      if (await store.vault.reseal(subject, { keyId, sealed: bytes }, next)) sealed += 1
    }
    done += 1
    onProgress({ done, total })
  }
  return { sealed, unreadable }
}

function openPlain(
  keys: KeyRing,
  subject: VaultSubject,
  keyId: string,
  sealed: Uint8Array,
): Buffer | UnreadableRecord['why'] {
  const master = keys.find(keyId)
  if (master === undefined) return 'key-missing'
  try {
    return openRecord(master, subjectText(subject), sealed)
  } catch (error) {
    if (error instanceof UnsealError) return 'altered'
    throw error
  }
}

type StoredRecord = VaultSubject & { readonly keyId: string; readonly sealed: Uint8Array }

async function* recordsOf(store: Store, otherThan?: string): AsyncGenerator<StoredRecord> {
  let after: VaultSubject | undefined
  for (;;) {
    const records = await store.vault.page({ after, otherThan, limit: batch })
    yield* records
    after = records.at(-1)
    if (records.length < batch) return
  }
}
