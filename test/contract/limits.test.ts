import { expect, test } from '@jest/globals'
import { createFlow, type RunOptions, runAction } from '../../src/index.ts'
import { createTransport, type HttpClient } from '../../src/transport/index.ts'
import { FakeClock } from '../transport/fake-clock.ts'
import { oneAction, planOf } from './plan-of.ts'
import { proves } from './proves.ts'

const step = (id: string, url: string) =>
  `- stepId: ${id}\n  description: Calls.\n  condition: "{{inputs.at == '${id}'}}"\n  stepFunction: { functionName: request, parameters: { url: ${url}, method: get } }`

const inputs = '[{ name: at, type: string, description: d, required: true, in: query }]'

/** A provider whose answers come when the test says, in a time that only the test moves. */
function start(root: string) {
  const clock = new FakeClock()
  const urls: string[] = []
  const open: (() => void)[] = []
  const client: HttpClient = {
    exchange: ({ url }) => {
      urls.push(new URL(url).pathname)
      return new Promise((resolve) =>
        open.push(() => resolve({ status: 200, headers: {}, body: Buffer.from('{}') })),
      )
    },
    close() {},
  }
  const plan = planOf(
    oneAction({ inputs, root, steps: `${step('get', '/things')}\n${step('find', '/search/things')}` }),
  )
  const shared = {
    transport: createTransport({ client, clock, random: () => 0 }),
    flow: createFlow({ clock, random: () => 0 }),
  }
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return {
    urls,
    /** Makes so many calls at a time, and gives how many requests have gone out since the last. */
    async make(count: number, at = 'get', options: RunOptions = {}) {
      const before = urls.length
      for (let index = 0; index < count; index++)
        void runAction(plan, 'act', {
          inputs: { at },
          credentials: { secret: 's1' },
          ...shared,
          ...options,
        }).catch(() => undefined)
      await settle()
      return urls.length - before
    },
    /** Lets time pass, and gives how many requests have gone out in it. */
    async pass(milliseconds: number) {
      const before = urls.length
      clock.advance(milliseconds)
      await settle()
      return urls.length - before
    },
    /** Answers everything that is open. */
    async answer() {
      const before = urls.length
      for (const end of open.splice(0)) end()
      await settle()
      return urls.length - before
    },
  }
}

const exact = 'x-mainspring: { compat: exact }'
const wide = 'concurrency: { mainMaxConcurrency: 1000 }'

proves(
  '11/rateLimit',
  'no more requests of an account go out within a second than declared, and none is lost',
  async () => {
    const provider = start(`rateLimit: { mainRatelimit: 3 }\n${wide}`)
    expect(await provider.make(8)).toBe(3)
    expect(await provider.pass(1_000)).toBe(0)
    // Two per cent later, for requests that arrive closer together than they were sent.
    expect(await provider.pass(20)).toBe(3)
    expect(await provider.pass(1_020)).toBe(2)
  },
)

test('25 go out where the number is left out, and in exact mode where nothing is declared; else there is no bound', async () => {
  const mostAtATime = { mostPerAccount: 1000 }
  const most = async (root: string) => {
    const clock = new FakeClock()
    return start(root).make(40, 'get', { flow: createFlow({ clock, ...mostAtATime }) })
  }
  expect(await most(`rateLimit: {}\n${wide}`)).toBe(25)
  expect(await most(`${exact}\n${wide}`)).toBe(25)
  expect(await most(wide)).toBe(40)
})

proves(
  '11/concurrency',
  'no more requests of an account are under way than declared, 30 by default',
  async () => {
    const provider = start('concurrency: { mainMaxConcurrency: 2 }')
    expect(await provider.make(5)).toBe(2)
    expect(await provider.pass(10_000)).toBe(0)
    expect(await provider.answer()).toBe(2)
    expect(await provider.answer()).toBe(1)
    expect(await start('').make(40)).toBe(30)
  },
)

proves(
  '11/pools',
  'each account has pools of its own, and an address belongs to the first whose pattern it holds',
  async () => {
    const pool = (key: string, rate: number) =>
      `{ subPoolKey: ${key}, urlPattern: /search, rateLimit: ${rate} }`
    const provider = start(
      `rateLimit: { mainRatelimit: 2, subPools: [${pool('one', 1)}, ${pool('two', 9)}] }`,
    )
    expect(await provider.make(4, 'get')).toBe(2)
    expect(await provider.make(4, 'find')).toBe(1)
    expect(await provider.make(4, 'get', { credentials: { secret: 's2' } })).toBe(2)
    const narrow = start(
      'concurrency: { mainMaxConcurrency: 4, subPools: [{ subPoolKey: s, urlPattern: /search, maxConcurrency: 1 }] }',
    )
    expect(await narrow.make(3, 'find')).toBe(1)
    expect(await narrow.make(6, 'get')).toBe(4)
  },
)

proves('11/pool-wait', 'a request goes out in its turn and never beyond the bound', async () => {
  const provider = start('concurrency: { mainMaxConcurrency: 1 }')
  expect(await provider.make(2)).toBe(1)
  expect(await provider.pass(25_000)).toBe(0)
})

test('after the wait of the original it goes out anyway in exact mode', async () => {
  const provider = start(`${exact}\nconcurrency: { mainMaxConcurrency: 1 }`)
  expect(await provider.make(2)).toBe(1)
  expect(await provider.pass(7_499)).toBe(0)
  expect(await provider.pass(1)).toBe(1)
})

proves(
  'x/budgets',
  'budgets of our own hold for each account, or for all of a connector, and for addresses',
  async () => {
    const budgets = (more: string) =>
      `x-mainspring: { budgets: [{ key: b, requests: 2, seconds: 60${more} }] }`
    const own = start(budgets(''))
    expect(await own.make(3)).toBe(2)
    expect(await own.make(3, 'get', { credentials: { secret: 's2' } })).toBe(2)
    const all = start(budgets(', per: connector'))
    expect(await all.make(3)).toBe(2)
    expect(await all.make(3, 'get', { credentials: { secret: 's2' } })).toBe(0)
    const search = start(budgets(', urlPattern: /search'))
    expect(await search.make(3)).toBe(3)
    expect(await search.make(3, 'find')).toBe(2)
  },
)

test('an account keeps its budget when its tokens are renewed', async () => {
  const provider = start('rateLimit: { mainRatelimit: 2 }')
  expect(await provider.make(2, 'get', { credentials: { secret: 's1', accessToken: 'one' } })).toBe(2)
  expect(await provider.make(2, 'get', { credentials: { secret: 's1', accessToken: 'two' } })).toBe(0)
})
