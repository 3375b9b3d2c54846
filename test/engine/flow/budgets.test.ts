import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { FlowSimulator, mostWithin, type Simulated } from './flow-simulator.ts'

const accounts = ['a', 'b', 'c']
const actions = ['list', 'get', 'update']
const seeds = { numRuns: 60, seed: 20_260_101 }

const anyCall = fc.record({
  account: fc.constantFrom(...accounts),
  action: fc.constantFrom(...actions),
  path: fc.constantFrom('/things', '/search/things'),
  atMs: fc.nat(3_000),
})

const anyAnswer = fc.record({ afterMs: fc.nat(900), status: fc.constantFrom(200, 200, 200, 404, 503, 429) })

test('no window of any account, pool or budget ever holds more requests than declared, retries counted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCall, { minLength: 1, maxLength: 60 }),
      fc.array(anyAnswer, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 5, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (calls, answers, perSecond, searches, shared, atATime) => {
        const simulator = new FlowSimulator(
          {
            rateLimit: {
              mainRatelimit: perSecond,
              subPools: [{ subPoolKey: 'search', urlPattern: '/search', rateLimit: searches }],
            },
            concurrency: { mainMaxConcurrency: atATime },
            budgets: [
              { key: 'minute', requests: 30, seconds: 10 },
              { key: 'app', requests: shared, seconds: 2, per: 'connector' },
            ],
          },
          ({ number }) => answers[number % answers.length] ?? {},
          { circuit: { failures: 1e9 } },
        )
        for (const call of calls) simulator.make(call)
        await simulator.run()
        expect(simulator.ended).toHaveLength(calls.length)
        const times = (fits: (call: Simulated) => boolean) =>
          simulator.sent.filter(({ call }) => fits(call)).map(({ atMs }) => atMs)
        for (const account of accounts) {
          const isMain = (call: Simulated) => call.account === account && call.path === '/things'
          const isSearch = (call: Simulated) => call.account === account && call.path !== '/things'
          expect(mostWithin(times(isMain), 1_000)).toBeLessThanOrEqual(perSecond)
          expect(mostWithin(times(isSearch), 1_000)).toBeLessThanOrEqual(searches)
          expect(
            mostWithin(
              times((call) => call.account === account),
              10_000,
            ),
          ).toBeLessThanOrEqual(30)
        }
        expect(
          mostWithin(
            times(() => true),
            2_000,
          ),
        ).toBeLessThanOrEqual(shared)
        // Nothing is left behind.
        expect(simulator.clock.pendingTimers).toBe(0)
        expect(simulator.flow.state()).toMatchObject({ running: 0, waiting: 0 })
      },
    ),
    seeds,
  )
}, 120_000)

test('requests of an action are sent in the order in which they were asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCall, { maxLength: 50 }),
      fc.array(fc.nat(500), { minLength: 1 }),
      async (calls, delays) => {
        const simulator = new FlowSimulator(
          { rateLimit: { mainRatelimit: 4 }, concurrency: { mainMaxConcurrency: 2 } },
          ({ number }) => ({ afterMs: delays[number % delays.length] ?? 0 }),
          { mostAtATime: 3 },
        )
        const ordered = calls.map((call) => ({ ...call, path: '/things' })).sort((a, b) => a.atMs - b.atMs)
        for (const call of ordered) simulator.make(call)
        await simulator.run()
        expect(simulator.sent).toHaveLength(calls.length)
        for (const account of accounts)
          for (const action of actions) {
            const line = simulator.sent.filter(
              ({ call }) => call.account === account && call.action === action,
            )
            expect(line.map(({ number }) => number)).toEqual(
              line.map(({ number }) => number).sort((a, b) => a - b),
            )
          }
        expect(simulator.mostRunning).toBeLessThanOrEqual(3)
      },
    ),
    seeds,
  )
}, 120_000)

test('an account with few calls waits for one turn of the busy ones, and an action too', async () => {
  const simulator = new FlowSimulator(
    { budgets: [{ key: 'app', requests: 2, seconds: 1, per: 'connector' }] },
    () => ({ afterMs: 10 }),
  )
  for (let index = 0; index < 40; index++) simulator.make({ account: 'busy', action: 'list' })
  simulator.make({ account: 'busy', action: 'get' })
  simulator.make({ account: 'calm', action: 'list' })
  await simulator.run()
  const turnOf = (account: string, action: string) =>
    simulator.sent.findIndex(({ call }) => call.account === account && call.action === action)
  expect(simulator.sent).toHaveLength(42)
  expect(turnOf('calm', 'list')).toBeLessThan(5)
  expect(turnOf('busy', 'get')).toBeLessThan(7)
})

test('nobody starves, however others crowd: each account gets its share while all wait', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      async (count, atATime) => {
        const simulator = new FlowSimulator({}, ({ number }) => ({ afterMs: 50 + (number % 7) }), {
          mostAtATime: atATime,
        })
        for (let account = 0; account < count; account++)
          for (let index = 0; index < 10 * (account + 1); index++)
            simulator.make({ account: `account ${account}`, action: 'list' })
        await simulator.run()
        // While every account still has requests, none is ahead of another by more than its places and one turn.
        const places = new Map<string, number>()
        for (const { call } of simulator.sent.slice(0, 10 * count)) {
          places.set(call.account, (places.get(call.account) ?? 0) + 1)
          if (Math.max(...places.values()) >= 10) break
          const turns = [...Array(count).keys()].map((account) => places.get(`account ${account}`) ?? 0)
          expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(atATime + 1)
        }
      },
    ),
    { ...seeds, numRuns: 30 },
  )
}, 120_000)

test('a turn that would come too late is refused at once, with the wait; one that is in time is waited for', async () => {
  const simulator = new FlowSimulator({ budgets: [{ key: 'hour', requests: 1, seconds: 3_600 }] }, () => ({}))
  simulator.make({ account: 'a', action: 'list' })
  simulator.make({ account: 'a', action: 'list', atMs: 1_000, timeoutMs: 30_000 })
  simulator.make({ account: 'a', action: 'list', atMs: 1_000, timeoutMs: 3_600_001 })
  await simulator.run()
  expect(simulator.ended.map(({ code, atMs }) => ({ code, atMs }))).toEqual([
    { code: undefined, atMs: 0 },
    { code: 'call/over-budget', atMs: 1_000 },
    // The longest margin beside the hour.
    { code: undefined, atMs: 3_600_100 },
  ])
  expect(simulator.ended[1]?.error).toMatchObject({ retryable: true, retryAfterMs: 3_599_100 })
  expect(simulator.events.filter(({ type }) => type === 'waited')).toEqual([
    expect.objectContaining({ reason: 'rate', delayMs: 3_599_100 }),
  ])
})

test('a pool pauses until the provider says; who cannot wait is told at once, also in line', async () => {
  const simulator = new FlowSimulator({ rateLimit: { mainRatelimit: 1 } }, ({ number }) =>
    number === 0 ? { status: 429, headers: { 'retry-after': '20' } } : {},
  )
  const write = { request: { repeatable: false, effect: 'write', method: 'POST' } as const }
  simulator.make({ account: 'a', action: 'list', ...write })
  simulator.make({ account: 'a', action: 'list', timeoutMs: 10_000 })
  simulator.make({ account: 'a', action: 'list', atMs: 5_000, timeoutMs: 10_000 })
  simulator.make({ account: 'a', action: 'list', atMs: 5_000, timeoutMs: 30_000 })
  simulator.make({ account: 'b', action: 'list', atMs: 5_000 })
  await simulator.run()
  const of = (number: number) => simulator.ended.find((one) => one.number === number)
  expect(of(0)).toMatchObject({ status: 429, atMs: 0 })
  expect(of(1)).toMatchObject({ code: 'provider/rate-limited', atMs: 0, error: { retryAfterMs: 20_000 } })
  expect(of(2)).toMatchObject({ code: 'provider/rate-limited', atMs: 5_000, error: { retryAfterMs: 15_000 } })
  expect(of(3)).toMatchObject({ status: 200, atMs: 20_000 })
  expect(of(4)).toMatchObject({ status: 200, atMs: 5_000 })
  expect(simulator.sent).toHaveLength(3)
})

test('a full line refuses, and one slow account leaves the places of others free', async () => {
  const simulator = new FlowSimulator(
    { concurrency: { mainMaxConcurrency: 2 } },
    ({ call }) => ({ afterMs: call.account === 'slow' ? 60_000 : 10 }),
    { mostAtATime: 4, mostPerProvider: 4, mostWaitingPerAccount: 3 },
  )
  for (let index = 0; index < 6; index++) simulator.make({ account: 'slow', action: 'list' })
  for (let index = 0; index < 4; index++) simulator.make({ account: 'quick', action: 'list', atMs: 1 })
  await simulator.run()
  const refused = simulator.ended.filter(({ code }) => code === 'call/queue-full')
  expect(refused.map(({ call, atMs }) => [call.account, atMs])).toEqual([['slow', 0]])
  const quick = simulator.ended.filter(({ call }) => call.account === 'quick')
  expect(quick.map(({ atMs }) => atMs)).toEqual([11, 11, 21, 21])
})

test('calls that are aborted at any moment leave no place taken, nothing in line and no timer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          account: fc.constantFrom('a', 'b'),
          action: fc.constantFrom('x', 'y'),
          atMs: fc.nat(300),
          abortAtMs: fc.nat(2_000),
          timeoutMs: fc.integer({ min: 1, max: 3_000 }),
        }),
        { minLength: 1, maxLength: 40 },
      ),
      async (calls) => {
        const simulator = new FlowSimulator(
          { rateLimit: { mainRatelimit: 3 }, concurrency: { mainMaxConcurrency: 1 } },
          ({ number }) => ({ afterMs: (number % 5) * 200, status: number % 3 === 0 ? 503 : 200 }),
          { mostAtATime: 2 },
        )
        for (const call of calls) simulator.make(call)
        await simulator.run()
        expect(simulator.ended).toHaveLength(calls.length)
        expect(simulator.flow.state()).toMatchObject({ running: 0, waiting: 0 })
        expect([...simulator.running.values()].every((count) => count === 0)).toBe(true)
        expect(simulator.clock.pendingTimers).toBe(0)
        // What is left works: each account can be served again.
        for (const account of ['a', 'b']) simulator.make({ account, action: 'x' })
        await simulator.run()
        expect(simulator.ended.slice(calls.length).filter(({ status }) => status !== undefined)).toHaveLength(
          2,
        )
      },
    ),
    seeds,
  )
}, 120_000)
