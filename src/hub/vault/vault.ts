import { readExactJson, writeExactJson } from '../../http/index.ts'
import { HubError } from '../hub-error.ts'
import type { Repositories, VaultKind, VaultSubject } from '../store/index.ts'
import type { KeyRing } from './key-ring.ts'
import { openRecord, sealRecord, UnsealError } from './sealed-record.ts'
import type { VaultValues } from './vault-values.ts'

/** What a record held when it was read. */
export interface OpenedRecord<Value> {
  readonly value: Value
  /** For {@link Vault.replace}: a change is refused where somebody else changed it meanwhile. */
  readonly version: number
}

/** Where a record can be read: the repositories at hand, or what was read recently. */
export interface Readable {
  readonly vault: Pick<Repositories['vault'], 'get'>
}

/**
 * Secrets, as JSON, encrypted before they reach the database. Give it the repositories of the transaction at hand.
 * The type of a value follows from the kind of its subject: nobody but this process can have written it.
 */
export interface Vault {
  /** @throws {HubError} `hub/vault-unreadable` */
  read<Kind extends VaultKind>(
    repositories: Readable,
    subject: VaultSubject<Kind>,
  ): Promise<OpenedRecord<VaultValues[Kind]> | undefined>
  /** Whatever was there is replaced. */
  write<Kind extends VaultKind>(
    repositories: Repositories,
    subject: VaultSubject<Kind>,
    value: VaultValues[Kind],
  ): Promise<void>
  /** @returns the new version; undefined where the record is no longer the version that was read */
  replace<Kind extends VaultKind>(
    repositories: Repositories,
    subject: VaultSubject<Kind>,
    version: number,
    value: VaultValues[Kind],
  ): Promise<number | undefined>
}

export function createVault(keys: KeyRing, clock: () => Date): Vault {
  const seal = (subject: VaultSubject, value: object) => {
    const plain = Buffer.from(writeExactJson(value))
    const sealed = sealRecord(keys.current, subjectText(subject), plain)
    plain.fill(0)
    return { keyId: keys.current.id, sealed }
  }
  return {
    async read(repositories, subject) {
      const record = await repositories.vault.get(subject)
      if (record === undefined) return undefined
      if (keys.find(record.keyId) === undefined) await keys.reload?.()
      const master = keys.find(record.keyId)
      if (master === undefined)
        throw unreadable(subject, `it was sealed with the master key ${record.keyId}, which is not there`)
      try {
        const plain = openRecord(master, subjectText(subject), record.sealed)
        const value = readExactJson(plain.toString()) as never
        plain.fill(0)
        return { value, version: record.version }
      } catch (error) {
        if (!(error instanceof UnsealError)) throw error
        throw unreadable(subject, 'it was altered, or belongs to another account')
      }
    },
    async write(repositories, subject, value) {
      await repositories.vault.put(subject, seal(subject, value), clock().toISOString())
    },
    async replace(repositories, subject, version, value) {
      const now = clock().toISOString()
      const replaced = await repositories.vault.replace(subject, version, seal(subject, value), now)
      return replaced ? version + 1 : undefined
    },
  }
}

/** Associated data of a record: it opens in its place only. */
export function subjectText({ projectId, kind, subjectId }: VaultSubject): string {
  return JSON.stringify([projectId, kind, subjectId])
}

function unreadable({ kind, subjectId }: VaultSubject, why: string): HubError {
  return new HubError('hub/vault-unreadable', {
    message: `The secrets of ${kind} ${subjectId} cannot be opened: ${why}.`,
  })
}
