import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CircuitChange } from '../../../src/engine/index.ts'
import { FlowSimulator, failure } from './flow-simulator.ts'

const once = { request: { repeatable: false } }
const list = { account: 'a', action: 'list', ...once }

/** A provider that fails until some moment. */
function failingUntil(untilMs: number, fails: object = { status: 503 }) {
  const changes: CircuitChange[] = []
  const simulator = new FlowSimulator(
    {},
    ({ atMs, call }) => (atMs < untilMs && call.host === undefined ? fails : {}) as never,
    {
      circuit: { failures: 5, windowMs: 30_000, openMs: 10_000, longestOpenMs: 40_000 },
      onCircuit: (change) => changes.push(change),
    },
  )
  return { simulator, changes }
}

test('a host that fails is left alone, asked by one probe at a time ever more rarely, and taken up again', async () => {
  const { simulator, changes } = failingUntil(65_000)
  for (let second = 0; second < 130; second++) {
    simulator.make({ ...list, atMs: second * 1_000 })
    simulator.make({ ...list, atMs: second * 1_000 + 1 })
  }
  await simulator.run()
  const before = simulator.sent.filter(({ atMs }) => atMs < 75_000).map(({ atMs }) => atMs)
  // Five failures; probes after 10 and 20 more seconds, and then after 40.
  expect(before).toEqual([
    0, 1, 1_000, 1_001, 2_000, 12_000, 32_000, 72_000, 72_001, 73_000, 73_001, 74_000, 74_001,
  ])
  expect(changes).toEqual([
    { connector: 'acme', account: 'a', host: 'api.acme.test', state: 'opened', retryAfterMs: 10_000 },
    { connector: 'acme', account: 'a', host: 'api.acme.test', state: 'closed' },
  ])
  const refused = simulator.ended.find(({ code }) => code === 'provider/circuit-open')
  expect(refused).toMatchObject({ atMs: 2_001, error: { retryable: true, retryAfterMs: 9_999 } })
})

test('while one request probes, the others are refused', async () => {
  const slow = new FlowSimulator({}, ({ atMs }) => (atMs < 10 ? { status: 500 } : { afterMs: 3_000 }), {
    circuit: { failures: 2, openMs: 1_000 },
  })
  for (const atMs of [0, 1, 2_000, 2_500, 4_999, 5_001]) slow.make({ ...list, atMs })
  await slow.run(2_600)
  expect(slow.flow.state().circuits).toEqual([
    { connector: 'acme', account: 'a', host: 'api.acme.test', state: 'half-open', retryAfterMs: 1_000 },
  ])
  await slow.run()
  expect(slow.sent.map(({ atMs }) => atMs)).toEqual([0, 1, 2_000, 5_001])
  expect(slow.flow.state().circuits).toEqual([])
})

test('a probe that its caller ends says nothing: the next call probes', async () => {
  const simulator = new FlowSimulator({}, ({ atMs }) => (atMs < 10 ? { status: 500 } : { afterMs: 500 }), {
    circuit: { failures: 2, openMs: 1_000 },
  })
  for (const atMs of [0, 1]) simulator.make({ ...list, atMs })
  simulator.make({ ...list, atMs: 2_000, abortAtMs: 100 })
  simulator.make({ ...list, atMs: 2_200 })
  await simulator.run()
  expect(simulator.ended.map(({ code, status }) => code ?? status)).toEqual([500, 500, 'call/aborted', 200])
})

test('accounts and hosts have circuits of their own', async () => {
  const { simulator } = failingUntil(100_000)
  for (let index = 0; index < 10; index++) simulator.make({ ...list, atMs: index })
  simulator.make({ ...list, host: 'files.acme.test', atMs: 20 })
  simulator.make({ ...list, account: 'b', host: 'files.acme.test', atMs: 20 })
  await simulator.run()
  expect(simulator.ended.filter(({ code }) => code === 'provider/circuit-open')).toHaveLength(5)
  expect(simulator.ended.filter(({ status }) => status === 200)).toHaveLength(2)
})

test.each([
  ['503', { status: 503 }, true],
  ['500', { status: 500 }, true],
  ['a refused connection', { failure: failure('unreachable', false) }, true],
  ['a failed handshake', { failure: failure('untrusted', false) }, true],
  ['a broken connection', { failure: failure('interrupted', true) }, true],
  ['a cut body', { failure: failure('cut', true) }, true],
  ['no answer in 6 s', { afterMs: 60_000 }, true],
  ['400', { status: 400 }, false],
  ['404', { status: 404 }, false],
  ['429', { status: 429, headers: { 'retry-after': '0' } }, false],
  ['an answer that is no HTTP', { failure: failure('malformed', true) }, false],
])('%s: does it open the circuit?', async (_, fails, opens) => {
  const { simulator } = failingUntil(Number.POSITIVE_INFINITY, fails)
  for (let index = 0; index < 6; index++) simulator.make({ ...list, atMs: index * 6_100, timeoutMs: 6_000 })
  await simulator.run()
  expect(simulator.ended.some(({ code }) => code === 'provider/circuit-open')).toBe(opens)
})

test('impatient callers do not open it', async () => {
  const { simulator } = failingUntil(Number.POSITIVE_INFINITY, { afterMs: 60_000 })
  for (let index = 0; index < 30; index++) simulator.make({ ...list, atMs: index, timeoutMs: 1_000 })
  await simulator.run()
  expect(simulator.ended.map(({ code }) => code)).toEqual(Array(30).fill('network/timeout'))
})

test('as long as half of the answers are good, it stays closed', async () => {
  const simulator = new FlowSimulator({}, ({ number }) => ({ status: number % 5 > 2 ? 500 : 200 }), {
    circuit: { failures: 5 },
  })
  for (let index = 0; index < 100; index++) simulator.make({ ...list, atMs: index * 10 })
  await simulator.run()
  expect(simulator.sent).toHaveLength(100)
})

test('a call that waits in line when the circuit opens is told so', async () => {
  const simulator = new FlowSimulator(
    { concurrency: { mainMaxConcurrency: 1 } },
    () => ({ afterMs: 100, status: 500 }),
    {
      circuit: { failures: 2 },
    },
  )
  for (let index = 0; index < 5; index++) simulator.make(list)
  await simulator.run()
  expect(simulator.ended.map(({ code, status, atMs }) => [code ?? status, atMs])).toEqual([
    [500, 100],
    [500, 200],
    ['provider/circuit-open', 200],
    ['provider/circuit-open', 200],
    ['provider/circuit-open', 200],
  ])
})

test('a write in doubt stays in doubt when the circuit opens before its next attempt', async () => {
  const write = { effect: 'write', method: 'PUT', repeatable: true } as const
  const simulator = new FlowSimulator({}, () => ({ failure: failure('interrupted', true) }), {
    circuit: { failures: 1 },
  })
  simulator.make({ account: 'a', action: 'put', request: write })
  simulator.make({ account: 'a', action: 'put', request: write, atMs: 1 })
  await simulator.run()
  expect(simulator.ended.map(({ code }) => code)).toEqual(['write/outcome-unknown', 'provider/circuit-open'])
})

test('retries are at most a fifth of the calls of any minute, but for a floor', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(150_000), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 0, max: 100 }),
      async (moments, percent) => {
        const simulator = new FlowSimulator(
          {},
          ({ number, atMs }) => ({ status: (number * 37 + Math.floor(atMs)) % 100 < percent ? 503 : 200 }),
          { circuit: { failures: 1e9 }, retries: { share: 0.2, floor: 3, windowMs: 60_000 } },
        )
        for (const atMs of moments) simulator.make({ account: 'a', action: 'list', atMs })
        await simulator.run()
        const attempts = new Map<number, number>()
        const marked = simulator.sent.map((sent) => {
          const attempt = (attempts.get(sent.number) ?? 0) + 1
          attempts.set(sent.number, attempt)
          return { ...sent, attempt }
        })
        // Retries are granted before their wait, which is at most four seconds here.
        for (const { atMs, attempt } of marked) {
          if (attempt === 1) continue
          const recent = marked.filter((one) => one.atMs > atMs - 60_000 && one.atMs <= atMs)
          const calls = marked.filter(
            (one) => one.attempt === 1 && one.atMs > atMs - 66_000 && one.atMs <= atMs,
          )
          const retries = recent.filter((one) => one.attempt > 1).length
          expect(retries).toBeLessThanOrEqual(Math.max(3, calls.length * 0.2) + 4)
        }
      },
    ),
    { numRuns: 40, seed: 20_260_102 },
  )
}, 120_000)

test('a lone call has its retries; a crowd of failing ones does not multiply', async () => {
  const lone = new FlowSimulator({}, () => ({ status: 503 }))
  lone.make({ account: 'a', action: 'list' })
  await lone.run()
  expect(lone.sent).toHaveLength(5)
  const crowd = new FlowSimulator({}, () => ({ status: 503 }), { circuit: { failures: 1e9 } })
  for (let index = 0; index < 200; index++)
    crowd.make({ account: `account ${index}`, action: 'list', atMs: index })
  await crowd.run()
  expect(crowd.sent.length).toBeLessThanOrEqual(240)
  expect(crowd.sent.length).toBeGreaterThan(220)
})
