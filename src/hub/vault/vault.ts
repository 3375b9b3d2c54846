import { HubError } from '../hub-error.ts'
import type { Repositories, VaultSubject } from '../store/index.ts'
import type { KeyRing } from './key-ring.ts'
import { openRecord, sealRecord, UnsealError } from './sealed-record.ts'

/** Values by the keys of the connector's fields. */
export type Credentials = Readonly<Record<string, string>>

/** What a record held when it was read. */
export interface OpenedRecord {
  readonly values: Credentials
  /** For {@link Vault.replace}: a change is refused where somebody else changed it meanwhile. */
  readonly version: number
}

/** Secrets, encrypted before they reach the database. Give it the repositories of the transaction at hand. */
export interface Vault {
  /** @throws {HubError} `hub/vault-unreadable` */
  read(repositories: Repositories, subject: VaultSubject): Promise<OpenedRecord | undefined>
  write(repositories: Repositories, subject: VaultSubject, values: Credentials): Promise<void>
  /** @returns false where the record is no longer the version that was read */
  replace(
    repositories: Repositories,
    subject: VaultSubject,
    version: number,
    values: Credentials,
  ): Promise<boolean>
}

export function createVault(keys: KeyRing, clock: () => Date): Vault {
  const seal = (subject: VaultSubject, values: Credentials) => ({
    keyId: keys.current.id,
    sealed: sealRecord(keys.current, subjectText(subject), Buffer.from(JSON.stringify(values))),
  })
  return {
    async read(repositories, subject) {
      const record = await repositories.vault.get(subject)
      if (record === undefined) return undefined
      const master = keys.find(record.keyId)
      if (master === undefined)
        throw unreadable(subject, `it was sealed with the master key ${record.keyId}, which is not there`)
      try {
        const plain = openRecord(master, subjectText(subject), record.sealed)
        const values: Credentials = JSON.parse(plain.toString())
        plain.fill(0)
        return { values, version: record.version }
      } catch (error) {
        if (!(error instanceof UnsealError)) throw error
        throw unreadable(subject, 'it was altered, or belongs to another account')
      }
    },
    async write(repositories, subject, values) {
      await repositories.vault.put(subject, seal(subject, values), clock().toISOString())
    },
    replace: (repositories, subject, version, values) =>
      repositories.vault.replace(subject, version, seal(subject, values), clock().toISOString()),
  }
}

function subjectText({ projectId, kind, subjectId }: VaultSubject): string {
  return JSON.stringify([projectId, kind, subjectId])
}

function unreadable({ kind, subjectId }: VaultSubject, why: string): HubError {
  return new HubError('hub/vault-unreadable', {
    message: `The secrets of ${kind} ${subjectId} cannot be opened: ${why}.`,
  })
}
