import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type DeliveryRecord,
  type IdempotencyRecord,
  openStore,
  type RequestLogRecord,
  type Store,
} from '../../../src/hub/store/index.ts'
import type { StorePlace } from './store-contract.ts'

const time = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`

function run(id: string, minute: number, changes: Partial<RequestLogRecord> = {}): RequestLogRecord {
  return {
    id,
    projectId: 'p1',
    at: time(minute),
    accountId: 'acc_1',
    provider: 'clockwork',
    action: 'clockwork_list_people',
    source: 'rpc',
    caller: 'key_1',
    requestId: `req_${id}`,
    method: 'GET',
    path: '/people',
    errorCode: null,
    status: 200,
    durationMs: minute,
    requests: 1,
    success: true,
    detail: { inputs: ['limit'], events: [{ type: 'request', atMs: 1, note: 'naïve – “quoted”' }] },
    ...changes,
  }
}

function idempotency(changes: Partial<IdempotencyRecord> = {}): IdempotencyRecord {
  return {
    projectId: 'p1',
    caller: 'key_1',
    idempotencyKey: 'k',
    fingerprint: 'f',
    answerId: 'a',
    createdAt: time(0),
    finishedAt: null,
    ...changes,
  }
}

/** What a store has to do for runs, their record, and what is told of them, whatever database is behind it. */
export function runningContract(openPlace: () => Promise<StorePlace>): void {
  let place: StorePlace
  let store: Store
  /** Another process on the same database. */
  let other: Store

  beforeAll(async () => {
    place = await openPlace()
    store = await openStore(place.address)
    await store.migrate()
    other = await openStore(place.address)
  })

  afterAll(async () => {
    await store.close()
    await other.close()
    await place.close()
  })

  test('a project is made once, its settings come back as they were saved', async () => {
    await Promise.all([store.projects.ensure('p1', time(0)), other.projects.ensure('p1', time(1))])
    await store.projects.ensure('p2', time(0))
    expect(await store.projects.settings('p1')).toEqual({})
    const settings = { name: 'Größe “x”', origins: ['https://a.example'], look: { accent: '#00f' } }
    await store.projects.saveSettings('p1', settings, time(2))
    expect(await other.projects.settings('p1')).toEqual(settings)
    expect(await store.projects.settings('p2')).toEqual({})
    expect(await store.projects.settings('nowhere')).toEqual({})
    expect(await store.projects.list()).toEqual([{ id: 'p1' }, { id: 'p2' }])
  })

  test('an integration is switched off and on again, in its project alone', async () => {
    await store.integrations.setActive('p1', 'i', false, time(0))
    await store.integrations.setActive('p1', 'i', true, time(1))
    await store.integrations.setActive('p1', 'j', false, time(1))
    const choices = await store.integrations.list('p1')
    expect(choices.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'i', active: true },
      { id: 'j', active: false },
    ])
    expect(await store.integrations.list('p2')).toEqual([])
  })

  test('a policy is replaced as a whole, and removed once', async () => {
    const policy = { projectId: 'p1', subject: 'project', rules: { readOnly: true }, updatedAt: time(0) }
    const rules = { actions: { refuse: ['clockwork_delete_*'] } }
    await store.policies.put(policy)
    await store.policies.put({ ...policy, rules, updatedAt: time(1) })
    await store.policies.put({ ...policy, subject: 'agents' })
    expect(await store.policies.list('p1')).toEqual([
      { ...policy, subject: 'agents' },
      { ...policy, rules, updatedAt: time(1) },
    ])
    expect(await store.policies.remove('p2', 'project')).toBe(false)
    expect(await store.policies.remove('p1', 'project')).toBe(true)
    expect(await store.policies.remove('p1', 'project')).toBe(false)
  })

  describe('idempotency keys', () => {
    test('are given to one of many who ask at once', async () => {
      const asked = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 === 0 ? store : other).idempotency.begin(
            idempotency({ idempotencyKey: 'raced', fingerprint: `f${index}` }),
          ),
        ),
      )
      const winner = asked.indexOf(true)
      expect(asked.filter(Boolean)).toHaveLength(1)
      expect(await store.idempotency.get(idempotency({ idempotencyKey: 'raced' }))).toMatchObject({
        fingerprint: `f${winner}`,
        finishedAt: null,
      })
    })

    test('are of one caller in one project', async () => {
      expect(await store.idempotency.begin(idempotency())).toBe(true)
      expect(await store.idempotency.begin(idempotency({ caller: 'key_2' }))).toBe(true)
      expect(await store.idempotency.begin(idempotency({ projectId: 'p2' }))).toBe(true)
      expect(await store.idempotency.begin(idempotency())).toBe(false)
    })

    test('are finished, released to be used again, and forgotten with the ids of their answers', async () => {
      await store.idempotency.begin(idempotency({ idempotencyKey: 'ended', createdAt: time(5) }))
      await store.idempotency.finish(idempotency({ idempotencyKey: 'ended' }), time(6))
      expect(await other.idempotency.get(idempotency({ idempotencyKey: 'ended' }))).toMatchObject({
        finishedAt: time(6),
      })
      await store.idempotency.begin(idempotency({ idempotencyKey: 'freed', createdAt: time(9) }))
      await store.idempotency.release(idempotency({ idempotencyKey: 'freed' }))
      expect(
        await store.idempotency.begin(idempotency({ idempotencyKey: 'freed', createdAt: time(9) })),
      ).toBe(true)
      const gone = await store.idempotency.prune(time(6))
      expect(gone.map(({ idempotencyKey }) => idempotencyKey)).toContain('ended')
      expect(gone.map(({ idempotencyKey }) => idempotencyKey)).not.toContain('freed')
      expect(await store.idempotency.get(idempotency({ idempotencyKey: 'ended' }))).toBeUndefined()
    })
  })

  describe('request logs', () => {
    const runs = [
      run('a', 1),
      run('b', 2, { status: 502, success: false, errorCode: 'upstream/server-error', durationMs: 900 }),
      run('c', 2, { provider: null, action: null, accountId: null, source: 'proxy', method: null }),
      run('d', 3, { provider: 'lever', accountId: 'acc_2', caller: 'key_2', method: 'POST' }),
    ]
    const ids = async (filter: Parameters<Store['requestLogs']['list']>[1], options = { limit: 10 }) =>
      (await store.requestLogs.list('p1', filter, options)).map(({ id }) => id)

    beforeAll(async () => {
      await store.requestLogs.add(runs)
      await store.requestLogs.add([])
      await store.requestLogs.add([run('z', 3, { projectId: 'p2' })])
    })

    test('come back as they were written, by their id or by that of their request', async () => {
      expect(await store.requestLogs.get('p1', 'b')).toEqual(runs[1])
      expect(await store.requestLogs.get('p1', 'req_c')).toEqual(runs[2])
      expect(await store.requestLogs.get('p2', 'b')).toBeUndefined()
    })

    test.each<[string, Parameters<Store['requestLogs']['list']>[1], string[]]>([
      ['nothing asked for', {}, ['d', 'c', 'b', 'a']],
      ['an account', { accountIds: ['acc_2', 'acc_9'] }, ['d']],
      ['no account at all', { accountIds: [] }, []],
      ['a provider', { providers: ['clockwork'] }, ['b', 'a']],
      ['a status', { statuses: [502] }, ['b']],
      ['what failed', { success: false }, ['b']],
      ['what went well, by RPC', { success: true, sources: ['rpc'] }, ['d', 'a']],
      ['a time, both ends included', { from: time(2), to: time(2) }, ['c', 'b']],
      ['a caller, a method', { callers: ['key_2'], methods: ['POST'] }, ['d']],
      ['requests', { requestIds: ['req_a', 'req_d'] }, ['d', 'a']],
    ])('are found by %s', async (_what, filter, expected) => {
      expect(await ids(filter)).toEqual(expected)
    })

    test.each(['at', 'durationMs', 'status', 'provider'] as const)(
      'are read page by page in both directions by %s, each once',
      async (by) => {
        const read = async (direction: 'asc' | 'desc') => {
          const seen: RequestLogRecord[] = []
          for (let page = 0; page < 10; page += 1) {
            const last = seen.at(-1)
            const after = last && { at: String(last[by] ?? ''), id: last.id }
            const found = await store.requestLogs.list(
              'p1',
              {},
              { limit: 1, after, order: { by, direction } },
            )
            if (found.length === 0) break
            seen.push(...found)
          }
          return seen.map(({ id }) => id)
        }
        const ascending = await read('asc')
        expect(ascending.toSorted()).toEqual(['a', 'b', 'c', 'd'])
        expect(await read('desc')).toEqual(ascending.toReversed())
      },
    )

    test('are taken out by age and beyond their number, in their project alone', async () => {
      await store.requestLogs.prune('p1', time(2), 10)
      expect(await ids({})).toEqual(['d', 'c', 'b'])
      await store.requestLogs.prune('p1', time(0), 1)
      expect(await ids({})).toEqual(['d'])
      expect(await store.requestLogs.get('p2', 'z')).toBeDefined()
    })
  })

  describe('webhooks', () => {
    const webhook = {
      id: 'wh_1',
      projectId: 'p1',
      url: 'https://listener.example/a',
      events: ['account.linked'],
      active: true,
      createdAt: time(0),
    }
    const event = (id: string, minute: number) => ({
      id,
      projectId: 'p1',
      event: 'account.linked',
      recordId: 'acc_1',
      payload: { name: 'Größe', at: [1, null] },
      createdAt: time(minute),
    })
    const delivery = (
      id: string,
      eventId: string,
      changes: Partial<DeliveryRecord> = {},
    ): DeliveryRecord => ({
      id,
      projectId: 'p1',
      webhookId: 'wh_1',
      eventId,
      status: 'pending',
      attempts: 0,
      nextAt: time(1),
      createdAt: time(1),
      deliveredAt: null,
      lastError: null,
      ...changes,
    })

    test('are told, each delivery claimed by one process and again after its time', async () => {
      await store.webhooks.add(webhook)
      await store.webhooks.addEvent(event('ev_1', 1))
      await store.webhooks.addEvent(event('ev_2', 2))
      await store.webhooks.addDeliveries([
        delivery('d1', 'ev_1'),
        delivery('d2', 'ev_2', { nextAt: time(2) }),
        delivery('d3', 'ev_2', { nextAt: time(9) }),
      ])
      expect(await other.webhooks.list('p1')).toEqual([webhook])
      expect(await store.webhooks.list('p2')).toEqual([])
      expect((await store.webhooks.listEvents('p1', 10)).map(({ id }) => id)).toEqual(['ev_2', 'ev_1'])

      const [mine, theirs] = await Promise.all([
        store.webhooks.claimDue(time(3), time(5), 10),
        other.webhooks.claimDue(time(3), time(5), 10),
      ])
      const claimed = [...mine, ...theirs]
      expect(claimed.map(({ delivery: { id } }) => id).toSorted()).toEqual(['d1', 'd2'])
      expect(claimed.find(({ delivery: { id } }) => id === 'd1')).toMatchObject({
        webhook,
        event: event('ev_1', 1),
      })
      expect(await store.webhooks.claimDue(time(4), time(6), 10)).toEqual([])

      await store.webhooks.recordAttempt('d1', {
        status: 'delivered',
        attempts: 1,
        nextAt: time(5),
        deliveredAt: time(4),
        lastError: null,
      })
      const again = await store.webhooks.claimDue(time(5), time(7), 10)
      expect(again.map(({ delivery: { id } }) => id)).toEqual(['d2'])
      expect(await store.webhooks.listDeliveries('p1', ['ev_1'])).toMatchObject([
        { id: 'd1', status: 'delivered', attempts: 1, deliveredAt: time(4) },
      ])
    })

    test('forget events of old with their deliveries, but nothing that is still to be told', async () => {
      // Deliveries of the second are not done, old as it is.
      expect(await store.webhooks.prune('p1', time(30))).toEqual(['ev_1'])
      expect(await store.webhooks.listDeliveries('p1', ['ev_1', 'ev_2'])).toMatchObject([
        { id: 'd2' },
        { id: 'd3' },
      ])
    })

    test('take what was to be sent there along', async () => {
      expect(await store.webhooks.remove('p2', 'wh_1')).toBe(false)
      expect(await store.webhooks.remove('p1', 'wh_1')).toBe(true)
      expect(await store.webhooks.listDeliveries('p1', ['ev_2'])).toEqual([])
      expect(await store.webhooks.claimDue(time(59), time(59), 10)).toEqual([])
    })
  })
}
