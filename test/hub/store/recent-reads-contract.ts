import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ApiKeyRecord, openStore, type Store } from '../../../src/hub/store/index.ts'
import { postgresStaleMs, sqliteStaleMs } from '../../../src/hub/store/recent-reads.ts'
import { account, type StorePlace } from './store-contract.ts'

const now = '2026-01-01T00:00:00.000Z'

function apiKey(hash: string): ApiKeyRecord {
  return {
    id: `key_${hash}`,
    projectId: 'p1',
    name: 'Key',
    prefix: 'msk_',
    hash,
    scopes: ['read'],
    accountId: null,
    createdAt: now,
    lastUsedAt: null,
    revokedAt: null,
    previousHash: null,
    previousUntil: null,
    rotatedAt: null,
  }
}

const sealed = (byte: number) => ({ keyId: 'k', sealed: Uint8Array.of(byte) })

/** What every run asks for: kept, but never longer than is said, whoever changes it. */
export function recentReadsContract(openPlace: () => Promise<StorePlace>): void {
  let place: StorePlace
  let store: Store
  let other: Store
  let clockMs = 0

  beforeAll(async () => {
    place = await openPlace()
    // As another process has it: a connection of its own, and nothing shared in memory.
    store = await openStore(place.address, { recentMs: () => clockMs })
    other = await openStore(place.address)
    await store.migrate()
  })

  afterAll(async () => {
    await store.close()
    await other.close()
    await place.close()
  })

  const staleMs = () => (store.kind === 'sqlite' ? sqliteStaleMs : postgresStaleMs)

  test('what is read again was read once, and is the same object', async () => {
    const record = account()
    await store.accounts.link(record)
    const first = await store.recent.account('p1', record.id)
    expect(first).toEqual(record)
    expect(await store.recent.account('p1', record.id)).toBe(first)
    expect(await store.recent.account('p2', record.id)).toBeUndefined()
  })

  test('what is not there is asked for again', async () => {
    expect(await store.recent.apiKey('new')).toBeUndefined()
    await other.apiKeys.add(apiKey('new'))
    expect(await store.recent.apiKey('new')).toMatchObject({ id: 'key_new' })
  })

  describe('a change by this process is seen at once:', () => {
    test('a key that is used or revoked', async () => {
      await store.apiKeys.add(apiKey('mine'))
      expect(await store.recent.apiKey('mine')).toMatchObject({ lastUsedAt: null, revokedAt: null })
      await store.apiKeys.recordUse('key_mine', now)
      expect(await store.recent.apiKey('mine')).toMatchObject({ lastUsedAt: now })
      await store.apiKeys.revoke('p1', 'key_mine', now)
      expect(await store.recent.apiKey('mine')).toMatchObject({ revokedAt: now })
    })

    test('an account that is switched off, used or deleted in a transaction', async () => {
      const record = account()
      await store.accounts.link(record)
      await store.recent.account('p1', record.id)
      await store.accounts.update('p1', record.id, { status: 'inactive' }, now)
      expect(await store.recent.account('p1', record.id)).toMatchObject({ status: 'inactive' })
      await store.accounts.recordUse('p1', record.id, { lastUsedAt: now, lastError: null })
      expect(await store.recent.account('p1', record.id)).toMatchObject({ lastUsedAt: now })
      await store.transaction((repositories) => repositories.accounts.delete('p1', record.id))
      expect(await store.recent.account('p1', record.id)).toBeUndefined()
    })

    test('a policy, an integration, and what is sealed', async () => {
      const rules = { readOnly: true }
      expect(await store.recent.policies('p1')).toEqual([])
      await store.policies.put({ projectId: 'p1', subject: 'project', rules, updatedAt: now })
      expect(await store.recent.policies('p1')).toMatchObject([{ subject: 'project' }])
      await store.policies.remove('p1', 'project')
      expect(await store.recent.policies('p1')).toEqual([])

      expect(await store.recent.integrations('p1')).toEqual([])
      await store.integrations.setActive('p1', 'i', false, now)
      expect(await store.recent.integrations('p1')).toEqual([{ id: 'i', active: false }])

      const subject = { projectId: 'p1', kind: 'account', subjectId: 'sealed' } as const
      await store.vault.put(subject, sealed(1), now)
      expect(await store.recent.vault.get(subject)).toMatchObject({ version: 1 })
      await store.vault.replace(subject, 1, sealed(2), now)
      expect(await store.recent.vault.get(subject)).toMatchObject({ version: 2 })
      await store.vault.delete(subject)
      expect(await store.recent.vault.get(subject)).toBeUndefined()
    })

    test('also where it was being read while the change was made', async () => {
      await store.apiKeys.add(apiKey('racing'))
      await Promise.all([
        store.recent.apiKey('racing'),
        store.apiKeys.revoke('p1', 'key_racing', now),
        store.recent.apiKey('racing'),
      ])
      expect(await store.recent.apiKey('racing')).toMatchObject({ revokedAt: now })
    })

    test('but not before its transaction has ended', async () => {
      const record = account()
      await store.accounts.link(record)
      await store.recent.account('p1', record.id)
      const failed = store.transaction(async (repositories) => {
        await repositories.accounts.update('p1', record.id, { label: 'half' }, now)
        throw new Error('changed its mind')
      })
      await expect(failed).rejects.toThrow('changed its mind')
      expect(await store.recent.account('p1', record.id)).toMatchObject({ label: null })
    })
  })

  test('a change by another process is seen when the documented time is over', async () => {
    const record = account()
    const subject = { projectId: 'p1', kind: 'account', subjectId: record.id } as const
    await store.accounts.link(record)
    await store.apiKeys.add(apiKey('theirs'))
    await store.vault.put(subject, sealed(1), now)
    const readAll = async () => [
      (await store.recent.apiKey('theirs'))?.revokedAt,
      (await store.recent.account('p1', record.id))?.status,
      (await store.recent.policies('p1')).length,
      (await store.recent.integrations('p1')).find(({ id }) => id === 'theirs')?.active,
      (await store.recent.vault.get(subject))?.version,
    ]
    clockMs += staleMs()
    expect(await readAll()).toEqual([null, 'active', 0, undefined, 1])

    await other.apiKeys.revoke('p1', 'key_theirs', now)
    await other.accounts.delete('p1', record.id)
    await other.policies.put({ projectId: 'p1', subject: 'agents', rules: {}, updatedAt: now })
    await other.integrations.setActive('p1', 'theirs', false, now)
    await other.vault.put(subject, sealed(2), now)

    clockMs += staleMs()
    expect(await readAll()).toEqual([now, undefined, 1, false, 2])
  })
}
