import { expect, test } from '@jest/globals'
import { createFlow, type FlowSettings } from '../../../src/engine/index.ts'
import { FlowSimulator } from './flow-simulator.ts'

const slowThenQuick = (settings: FlowSettings) => {
  const simulator = new FlowSimulator(
    {},
    ({ call }) => ({ afterMs: call.provider === 'slow' ? 60_000 : 10 }),
    {
      mostAtATime: 8,
      ...settings,
    },
  )
  for (let index = 0; index < 40; index++)
    simulator.make({ provider: 'slow', account: `slow ${index % 10}`, action: 'list' })
  for (let index = 0; index < 8; index++)
    simulator.make({ provider: 'quick', account: `quick ${index}`, action: 'list', atMs: 1 })
  return simulator
}

test('a slow provider with many accounts leaves half of the places to the others', async () => {
  const simulator = slowThenQuick({})
  await simulator.run(100)
  expect(simulator.ended.map(({ call, atMs }) => [call.provider, atMs])).toEqual([
    ...Array(4).fill(['quick', 11]),
    ...Array(4).fill(['quick', 21]),
  ])
  expect(simulator.flow.state()).toMatchObject({ running: 4, waiting: 36 })
  await simulator.run()
  expect(simulator.ended).toHaveLength(48)
  expect(simulator.mostRunning).toBeLessThanOrEqual(8)
})

test('a line that others have filled does not refuse who need not wait', async () => {
  const simulator = slowThenQuick({ mostWaiting: 10 })
  await simulator.run()
  const refused = simulator.ended.filter(({ code }) => code === 'call/queue-full')
  expect(refused.filter(({ call }) => call.provider === 'slow')).toHaveLength(26)
  expect(refused.filter(({ call }) => call.provider === 'quick').length).toBe(4)
})

test('no request waits for longer than the operator allows, and nothing stays of those that did', async () => {
  const simulator = new FlowSimulator(
    { concurrency: { mainMaxConcurrency: 1 }, budgets: [{ key: 'few', requests: 3, seconds: 100 }] },
    () => ({ afterMs: 4_000 }),
    { longestWaitMs: 5_000 },
  )
  for (let index = 0; index < 3; index++) simulator.make({ account: 'a', action: 'list' })
  simulator.make({ account: 'a', action: 'list', atMs: 9_000 })
  await simulator.run()
  expect(simulator.ended.map(({ code, status, atMs }) => [code ?? status, atMs])).toEqual([
    [200, 4_000],
    ['call/queue-full', 5_000],
    [200, 8_000],
    [200, 13_000],
  ])
  simulator.make({ account: 'a', action: 'list' })
  await simulator.run()
  expect(simulator.ended.at(-1)).toMatchObject({ code: 'call/over-budget', atMs: 13_000 })
  expect(simulator.clock.pendingTimers).toBe(0)
})

test.each([
  ['mostAtATime', { mostAtATime: 0 }],
  ['mostPerAccount', { mostPerAccount: 2.5 }],
  ['mostPerProvider', { mostPerProvider: Number.NaN }],
  ['mostWaiting', { mostWaiting: -1 }],
  ['longestWaitMs', { longestWaitMs: '5' as never }],
  ['processes', { processes: Number.POSITIVE_INFINITY }],
  ['circuit.failures', { circuit: { failures: 0 } }],
  ['circuit.openMs', { circuit: { openMs: Number.NaN } }],
  ['retries.share', { retries: { share: -1 } }],
])('a bound under which nothing could be sent is refused by name: %s', (name, settings: FlowSettings) => {
  expect(() => createFlow(settings)).toThrow(
    expect.objectContaining({ code: 'input/invalid', message: expect.stringContaining(`"${name}"`) }),
  )
})
