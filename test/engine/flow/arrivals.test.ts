import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { marginOf } from '../../../src/engine/flow/sliding-window.ts'
import { FlowSimulator, mostWithin } from './flow-simulator.ts'

const seeds = { numRuns: 150, seed: 20_261_126 }

/** Whole milliseconds, as a provider's clock counts; a window of it holds both of its ends. */
const mostCounted = (arrivalsMs: readonly number[], windowMs: number) => mostWithin(arrivalsMs, windowMs + 1)

test('whatever the way to it takes, a provider counts no more than declared in any window of its own clock', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(0.1, 0.5, 1, 3, 60),
      fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (requests, seconds, moments, ways, offset) => {
        const simulator = new FlowSimulator({ budgets: [{ key: 'any', requests, seconds }] }, () => ({}))
        for (const atMs of moments) simulator.make({ account: 'a', action: 'list', atMs })
        await simulator.run()
        expect(simulator.sent).toHaveLength(moments.length)
        // One whole millisecond goes to the two clocks.
        const differsMs = marginOf(seconds * 1_000) - 1
        const arrivals = simulator.sent.map(({ atMs }, index) =>
          Math.floor(atMs + offset + 20 + (ways[index % ways.length] ?? 0) * differsMs),
        )
        expect(mostCounted(arrivals, seconds * 1_000)).toBeLessThanOrEqual(requests)
      },
    ),
    seeds,
  )
})

test('a rate below one a second holds too, and so does one above 256', async () => {
  for (const [perSecond, most, windowMs] of [
    [0.5, 1, 2_000],
    [300, 300, 1_000],
  ] as const) {
    const simulator = new FlowSimulator({ rateLimit: { mainRatelimit: perSecond } }, () => ({}), {
      mostPerAccount: 1e6,
    })
    for (let index = 0; index < most * 4; index++)
      simulator.make({ account: 'a', action: 'list', atMs: index * 1.3 })
    await simulator.run()
    const arrivals = simulator.sent.map(({ atMs }, index) => Math.floor(atMs + (index % 2)))
    expect(mostCounted(arrivals, windowMs)).toBeLessThanOrEqual(most)
  }
})

test('of several processes each takes its part: all together keep to what is declared', async () => {
  const declared = {
    rateLimit: { mainRatelimit: 10 },
    budgets: [
      { key: 'app', requests: 20, seconds: 4, per: 'connector' },
      { key: 'few', requests: 2, seconds: 5, urlPattern: '/few' },
    ],
  }
  const processes = 3
  const all = Array.from({ length: processes }, () => new FlowSimulator(declared, () => ({}), { processes }))
  for (const simulator of all) {
    for (let index = 0; index < 40; index++) simulator.make({ account: 'a', action: 'list' })
    for (let index = 0; index < 4; index++) simulator.make({ account: 'b', action: 'few', path: '/few' })
    await simulator.run()
    expect(simulator.ended.every(({ status }) => status === 200)).toBe(true)
  }
  const times = (account: string) =>
    all.flatMap(({ sent }) =>
      sent.flatMap(({ call, atMs }) => (account === '' || call.account === account ? [atMs] : [])),
    )
  expect(mostCounted(times('a'), 1_000)).toBeLessThanOrEqual(10)
  // Fewer than there are processes cannot be divided: the declared pace holds over the length that each waits.
  expect(mostCounted(times('b'), 7_500)).toBeLessThanOrEqual(3)
  expect(mostCounted(times(''), 4_000)).toBeLessThanOrEqual(20)
})
