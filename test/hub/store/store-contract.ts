import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type AccountRecord,
  type DatabaseAddress,
  openStore,
  type Store,
} from '../../../src/hub/store/index.ts'

export interface StorePlace {
  readonly address: DatabaseAddress
  close(): Promise<void>
}

const time = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`

export function account(changes: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id: `acc_${Math.random().toString(36).slice(2)}`,
    projectId: 'p1',
    provider: 'clockwork',
    integrationId: 'clockwork.api_key.production',
    authentication: 'api_key',
    environment: 'production',
    type: 'production',
    originOwnerId: 'o1',
    originOwnerName: 'Owner',
    originUsername: null,
    label: null,
    status: 'active',
    statusReasons: [],
    setupInformation: { firmName: 'acme' },
    metadata: {},
    identityKey: null,
    lastUsedAt: null,
    lastError: null,
    createdAt: time(0),
    updatedAt: time(0),
    ...changes,
  }
}

/** What every store has to do, whatever database is behind it. */
export function storeContract(openPlace: () => Promise<StorePlace>): void {
  let place: StorePlace
  let store: Store
  const window = { limit: 100, offset: 0 }

  beforeAll(async () => {
    place = await openPlace()
    store = await openStore(place.address)
    await store.migrate()
  })

  afterAll(async () => {
    await store.close()
    await place.close()
  })

  test('migrating again changes nothing', async () => {
    await store.projects.ensure('kept', time(0))
    await store.projects.saveSettings('kept', { hubName: 'Kept' }, time(1))
    await store.migrate()
    await store.projects.ensure('kept', time(2))
    expect(await store.projects.settings('kept')).toEqual({ hubName: 'Kept' })
    expect(await store.health()).toEqual({ answers: true, migrated: true, writable: true })
  })

  describe('accounts', () => {
    test('come back as they were stored', async () => {
      const record = account({
        projectId: 'same',
        label: 'Ünïcode "quoted"',
        metadata: { nested: { list: [1, null, 'x'] } },
        statusReasons: [{ code: 'a', description: 'b', timestamp: time(0) }],
        lastError: { code: 'c', message: 'm', hint: 'h', at: time(0) },
        originUsername: 'u',
      })
      await store.accounts.link(record)
      expect(await store.accounts.get('same', record.id)).toEqual(record)
    })

    test('of one identity are one account: linking again keeps id and time', async () => {
      const first = await store.accounts.link(account({ projectId: 'id', identityKey: 'k', label: 'a' }))
      const again = await store.accounts.link(
        account({ projectId: 'id', identityKey: 'k', label: 'b', createdAt: time(5), updatedAt: time(5) }),
      )
      expect(again).toEqual({ ...first, label: 'b', updatedAt: time(5) })
      expect(await store.accounts.findByIdentity('id', 'k')).toEqual(again)
      const other = await store.accounts.link(account({ projectId: 'id-other', identityKey: 'k' }))
      expect(other.id).not.toBe(first.id)
    })

    test('without an identity are as many as were linked', async () => {
      await store.accounts.link(account({ projectId: 'many' }))
      await store.accounts.link(account({ projectId: 'many' }))
      expect(await store.accounts.count('many', {})).toBe(2)
    })

    test('linked at the same moment by several become one', async () => {
      const linked = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.transaction(({ accounts }) =>
            accounts.link(account({ projectId: 'race', identityKey: 'same' })),
          ),
        ),
      )
      expect(new Set(linked.map(({ id }) => id)).size).toBe(1)
      expect(await store.accounts.count('race', {})).toBe(1)
    })

    test('are listed newest first, page by page, by every filter', async () => {
      for (let index = 0; index < 10; index++)
        await store.accounts.link(
          account({
            projectId: 'list',
            id: `acc_${index}`,
            createdAt: time(index),
            provider: index % 2 === 0 ? 'clockwork' : 'acme',
            originOwnerId: `owner-${index}`,
            originOwnerName: index === 3 ? '50% Off_Sale' : 'Name',
            status: index === 4 ? 'error' : 'active',
            type: index === 5 ? 'test' : 'production',
          }),
        )
      const ids = async (filter: object, page = window) =>
        (await store.accounts.list('list', filter, page)).map(({ id }) => id.replace('acc_', ''))
      expect(await ids({}, { limit: 3, offset: 0 })).toEqual(['9', '8', '7'])
      expect(await ids({}, { limit: 3, offset: 9 })).toEqual(['0'])
      expect(await ids({ providers: ['acme'] })).toEqual(['9', '7', '5', '3', '1'])
      expect(await ids({ ids: ['acc_1', 'acc_2'] })).toEqual(['2', '1'])
      expect(await ids({ originOwnerIds: ['owner-8'] })).toEqual(['8'])
      expect(await ids({ statuses: ['error'] })).toEqual(['4'])
      expect(await ids({ types: ['test'] })).toEqual(['5'])
      expect(await ids({ ids: [] })).toEqual([])
      expect(await ids({ search: 'OWNER-7' })).toEqual(['7'])
      expect(await ids({ search: '50% off_' })).toEqual(['3'])
      expect(await ids({ search: '5_%' })).toEqual([])
      expect(await ids({ search: 'acme name' })).toHaveLength(4)
      expect(await store.accounts.count('list', { providers: ['acme'] })).toBe(5)
    })

    test('of another project are not there', async () => {
      const { id } = await store.accounts.link(account({ projectId: 'mine', identityKey: 'm' }))
      expect(await store.accounts.get('yours', id)).toBeUndefined()
      expect(await store.accounts.list('yours', { ids: [id] }, window)).toEqual([])
      expect(await store.accounts.findByIdentity('yours', 'm')).toBeUndefined()
      expect(await store.accounts.update('yours', id, { label: 'x' }, time(1))).toBeUndefined()
      await store.accounts.recordUse('yours', id, { lastUsedAt: time(1), lastError: null })
      expect(await store.accounts.delete('yours', id)).toBeUndefined()
      expect(await store.accounts.get('mine', id)).toMatchObject({ label: null, lastUsedAt: null })
    })
  })

  describe('a transaction', () => {
    test('that fails leaves nothing', async () => {
      const record = account({ projectId: 'failed' })
      const failed = store.transaction(async ({ accounts }) => {
        await accounts.link(record)
        throw new Error('on purpose')
      })
      await expect(failed).rejects.toThrow('on purpose')
      expect(await store.accounts.get('failed', record.id)).toBeUndefined()
    })

    test('is not seen before its end, and others wait their turn', async () => {
      const record = account({ projectId: 'hidden' })
      const seen: (string | undefined)[] = []
      await Promise.all([
        store.transaction(async ({ accounts }) => {
          await accounts.link(record)
          await new Promise((resolve) => setTimeout(resolve, 50))
          await accounts.update('hidden', record.id, { label: 'done' }, time(1))
        }),
        store.accounts.get('hidden', record.id).then((found) => seen.push(found?.label ?? undefined)),
      ])
      expect(seen).not.toContain(null)
      expect((await store.accounts.get('hidden', record.id))?.label).toBe('done')
    })
  })

  describe('the vault', () => {
    const subject = { projectId: 'v1', kind: 'account', subjectId: 'a1' } as const
    const sealed = (byte: number) => ({ keyId: 'k', sealed: Uint8Array.of(byte, 0, 255) })

    test('gives back the very bytes, and counts versions', async () => {
      expect(await store.vault.put(subject, sealed(1), time(0))).toBe(1)
      expect(await store.vault.put(subject, sealed(2), time(1))).toBe(2)
      const record = await store.vault.get(subject)
      expect({ ...record, sealed: [...(record?.sealed ?? [])] }).toEqual({
        version: 2,
        keyId: 'k',
        sealed: [2, 0, 255],
      })
    })

    test('replaces the version that was read and no other', async () => {
      await store.vault.put({ ...subject, subjectId: 'cas' }, sealed(1), time(0))
      const outcomes = await Promise.all(
        [2, 3, 4].map((byte) =>
          store.vault.replace({ ...subject, subjectId: 'cas' }, 1, sealed(byte), time(1)),
        ),
      )
      expect(outcomes.filter(Boolean)).toHaveLength(1)
    })

    test('opens for its own project and kind only', async () => {
      await store.vault.put({ ...subject, subjectId: 'own' }, sealed(1), time(0))
      expect(await store.vault.get({ ...subject, subjectId: 'own', projectId: 'v2' })).toBeUndefined()
      expect(await store.vault.get({ ...subject, subjectId: 'own', kind: 'attempt' })).toBeUndefined()
      await store.vault.delete({ ...subject, subjectId: 'own', projectId: 'v2' })
      expect(await store.vault.get({ ...subject, subjectId: 'own' })).toBeDefined()
    })
  })

  test('a login link is used once, also by two at the same time, and not when it is too old', async () => {
    const link = {
      id: 'l1',
      projectId: 'p1',
      hash: 'h1',
      createdAt: time(0),
      expiresAt: time(30),
      usedAt: null,
    }
    await store.logins.addLink(link)
    await store.logins.addLink({ ...link, id: 'l2', hash: 'h2' })
    const used = await Promise.all([1, 2, 3].map(() => store.logins.useLink('h1', time(1))))
    expect(used.filter((found) => found !== undefined)).toHaveLength(1)
    expect(await store.logins.useLink('h2', time(31))).toBeUndefined()
  })

  test('connect sessions have numbers that grow, and a form links once', async () => {
    const session = {
      projectId: 'p1',
      tokenHash: 't1',
      linkHash: 'l1',
      originOwnerId: 'o',
      originOwnerName: 'O',
      originUsername: null,
      provider: null,
      categories: ['crm'],
      accountId: null,
      multiple: true,
      label: null,
      metadata: { a: 1 },
      type: null,
      createdAt: time(0),
      tokenExpiresAt: time(1),
      linkExpiresAt: time(2),
    }
    const first = await store.connectSessions.add(session)
    const second = await store.connectSessions.add({ ...session, tokenHash: 't2', linkHash: 'l2' })
    expect(first).toEqual({ ...session, id: first.id })
    expect(second.id).toBeGreaterThan(first.id)
    expect(await store.connectSessions.findByHash('linkHash', 'l2')).toEqual(second)
    expect(await store.connectSessions.get('p2', first.id)).toBeUndefined()
    expect(await store.connectSessions.addSubmission(first.id, 'n', 'acc_1', time(0))).toBe(true)
    expect(await store.connectSessions.addSubmission(first.id, 'n', 'acc_2', time(0))).toBe(false)
    expect(await store.connectSessions.findSubmission(first.id, 'n')).toBe('acc_1')
  })

  test('an authorization ends once', async () => {
    const attempt = {
      id: 'at1',
      projectId: 'p1',
      connectSessionId: null,
      integrationId: null,
      stateHash: null,
      status: 'pending',
      accountId: null,
      error: null,
      createdAt: time(0),
      expiresAt: time(9),
    } as const
    await store.attempts.add(attempt)
    expect(await store.attempts.begin('p2', 'at1', 'i', 's')).toBeUndefined()
    await store.attempts.begin('p1', 'at1', 'i', 's')
    expect(await store.attempts.findByState('s')).toMatchObject({ id: 'at1', projectId: 'p1' })
    const outcome = { status: 'authenticated', accountId: 'acc_1', error: null } as const
    expect(await store.attempts.end('p1', 'at1', outcome)).toBe(true)
    expect(await store.attempts.end('p1', 'at1', { ...outcome, status: 'cancelled' })).toBe(false)
    expect(await store.attempts.get('p1', 'at1')).toMatchObject({ status: 'authenticated' })
  })

  describe('events of providers', () => {
    const subscription = {
      id: 'sub1',
      projectId: 'e1',
      accountId: 'a1',
      provider: 'clockwork',
      tokenHash: 'th1',
      status: 'starting',
      events: ['one'],
      createdAt: time(0),
      lastDeliveryAt: null,
    } as const
    const delivery = {
      id: 'd1',
      projectId: 'e1',
      subscriptionId: 'sub1',
      accountId: 'a1',
      status: 'pending',
      actions: ['on_one'],
      ignored: 0,
      receivedAt: time(1),
      nextAt: time(1),
      attempts: 0,
      position: 0,
      started: false,
      replayKey: null,
      finishedAt: null,
      error: null,
    } as const

    test('subscriptions are found by their token, and belong to one project', async () => {
      await store.subscriptions.add(subscription)
      expect(await store.subscriptions.findByToken('th1')).toEqual(subscription)
      await expect(store.subscriptions.add({ ...subscription, id: 'sub2' })).rejects.toThrow()
      expect(await store.subscriptions.list('e1', 'a1')).toHaveLength(1)
      expect(await store.subscriptions.list('e1', 'a2')).toEqual([])
      await store.subscriptions.setStatus('e2', 'sub1', 'active')
      await store.subscriptions.noteDelivery('e1', 'sub1', time(3))
      expect(await store.subscriptions.get('e1', 'sub1')).toMatchObject({
        status: 'starting',
        lastDeliveryAt: time(3),
      })
      expect(await store.subscriptions.remove('e2', 'sub1')).toBe(false)
    })

    test('the very same delivery is added once, also by two at the same time; without a key always', async () => {
      const signed = { ...delivery, replayKey: 'r1' }
      const added = await Promise.all(
        ['s1', 's2', 's3'].map((id) => store.incomingDeliveries.add({ ...signed, id })),
      )
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await store.incomingDeliveries.add({ ...signed, id: 's4', subscriptionId: 'other' })).toBe(true)
      expect(await store.incomingDeliveries.add({ ...delivery, id: 'u1' })).toBe(true)
      expect(await store.incomingDeliveries.add({ ...delivery, id: 'u2' })).toBe(true)
    })

    test('what is due is claimed by one, comes up again after its end, and is gone when done', async () => {
      const due = { ...delivery, id: 'due', subscriptionId: 'due', projectId: 'e3', nextAt: '2025-01-01' }
      await store.incomingDeliveries.add(due)
      const claim = (now: string, until: string) => store.incomingDeliveries.claimDue(now, until, 10)
      const claims = await Promise.all([1, 2].map(() => claim('2025-01-02', '2025-01-05')))
      expect(claims.flat().map(({ id }) => id)).toEqual(['due'])
      expect(await claim('2025-01-04', '2025-01-09')).toEqual([])
      expect((await claim('2025-01-06', '2025-01-09')).map(({ id }) => id)).toEqual(['due'])
      const error = { code: 'c', message: 'm' }
      await store.incomingDeliveries.progress('due', { started: true, position: 1, error, status: 'failed' })
      expect(await store.incomingDeliveries.get('e3', 'due')).toMatchObject({
        started: true,
        position: 1,
        error,
        status: 'failed',
      })
      expect(await store.incomingDeliveries.get('e1', 'due')).toBeUndefined()
      expect(await store.incomingDeliveries.prune('e3', time(1))).toEqual([])
      expect(await store.incomingDeliveries.prune('e3', time(2))).toEqual(['due'])
    })
  })

  test('API keys are found by hash, listed by project, revoked once', async () => {
    const key = {
      id: 'key1',
      projectId: 'k1',
      name: 'n',
      prefix: 'msk',
      hash: 'kh',
      scopes: ['read'] as const,
      accountId: null,
      createdAt: time(0),
      lastUsedAt: null,
      revokedAt: null,
      previousHash: null,
      previousUntil: null,
      rotatedAt: null,
    }
    await store.apiKeys.add(key)
    expect(await store.apiKeys.findByHash('kh')).toEqual(key)
    const rotation = { hash: 'kh2', prefix: 'msk_2', previousUntil: time(9), rotatedAt: time(1) }
    expect(await store.apiKeys.rotate('k2', 'key1', rotation)).toBeUndefined()
    const rotated = { ...key, ...rotation, previousHash: 'kh' }
    expect(await store.apiKeys.rotate('k1', 'key1', rotation)).toEqual(rotated)
    for (const hash of ['kh', 'kh2']) expect(await store.apiKeys.findByHash(hash)).toEqual(rotated)
    expect(await store.apiKeys.list('k2')).toEqual([])
    expect(await store.apiKeys.revoke('k2', 'key1', time(1))).toBe(false)
    expect(await store.apiKeys.revoke('k1', 'key1', time(1))).toBe(true)
    expect(await store.apiKeys.revoke('k1', 'key1', time(2))).toBe(false)
  })

  test('the audit is a chain, also when several write at once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        store.transaction(({ audit }) =>
          audit.append('chain', {
            at: time(index),
            actor: 'system',
            action: `a${index}`,
            subject: 's',
            detail: { index },
          }),
        ),
      ),
    )
    const entries = await store.audit.list('chain', { limit: 100 })
    expect(entries).toHaveLength(12)
    expect(await store.audit.verify('chain')).toMatchObject({ broken: null })
    expect(await store.audit.list('chain', { limit: 1, subject: 'other' })).toEqual([])
    expect(await store.audit.list('chain', { limit: 9, action: 'a3' })).toMatchObject([{ action: 'a3' }])
    expect(await store.audit.list('chain', { limit: 9, action: 'a.*' })).toEqual([])
    const [newest] = entries
    expect(await store.audit.list('chain', { limit: 9, before: newest?.seq ?? 0 })).not.toContainEqual(newest)
    const head = { seq: newest?.seq, hash: newest?.hash }
    expect(await store.audit.verify('chain', newest?.hash)).toEqual({
      entries: 12,
      head,
      broken: null,
      holdsHead: true,
    })
    expect(await store.audit.verify('chain', 'f'.repeat(64))).toMatchObject({ holdsHead: false })
  })

  test('work of one name is done by one at a time', async () => {
    const other = await openStore(place.address)
    const log: string[] = []
    const work = (name: string) => async () => {
      log.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      log.push(`${name} ends`)
    }
    await Promise.all([store.exclusively('same', work('a')), other.exclusively('same', work('b'))])
    await other.close()
    expect(log[1]?.slice(0, 1)).toBe(log[0]?.slice(0, 1))
    expect(log).toHaveLength(4)
  })

  describe('a lease', () => {
    test('is one holder’s until it is given back; each holder has a higher fence', async () => {
      const first = await store.leases.take('l1', 'a', 60_000)
      expect(await store.leases.take('l1', 'b', 60_000)).toBeUndefined()
      await store.leases.release(first ?? never())
      const second = await store.leases.take('l1', 'b', 60_000)
      expect(second?.fence).toBeGreaterThan(first?.fence ?? 0)
      expect([first?.interrupted, second?.interrupted]).toEqual([false, false])
      expect(await store.leases.holds(first ?? never())).toBe(false)
      expect(await store.leases.extend(first ?? never(), 60_000)).toBe(false)
      expect(await store.transaction(({ leases }) => leases.holds(second ?? never()))).toBe(true)
    })

    test('that is not extended goes to the next, who is told; the former holder holds nothing', async () => {
      const dead = (await store.leases.take('l2', 'a', -1)) ?? never()
      const next = await store.leases.take('l2', 'b', 60_000)
      expect(next).toMatchObject({ interrupted: true })
      await store.leases.release(dead)
      expect([await store.leases.holds(dead), await store.leases.take('l2', 'c', 1)]).toEqual([
        false,
        undefined,
      ])
    })

    test('asked for by many at once is given to one', async () => {
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, index) => store.leases.take('l3', `h${index}`, 60_000)),
      )
      expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1)
    })
  })
}

function never(): never {
  throw new Error('No lease was taken')
}
