import { expect, test } from '@jest/globals'
import { createResponseCache } from '../../src/engine/cache/response-cache.ts'
import { loadConnector, type ResponseCache } from '../../src/index.ts'
import { type ActionParts, createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const authentication = [
  {
    key: {
      type: 'custom',
      label: 'K',
      authorization: { type: 'bearer', token: '$.credentials.token' },
      environments: [
        { key: 'production', name: 'P' },
        { key: 'test', name: 'T' },
      ],
      configFields: [{ key: 'token', label: 'T', type: 'password', required: true, secret: true }],
    },
  },
]
const ann = { token: 'canary-token-of-ann' }
const bob = { token: 'canary-token-of-bob' }
const cached = (parameters: Readonly<Record<string, unknown>> = {}): ActionParts => ({
  ...requestOf({ cacheTTL: 5, args: [{ name: 'q', value: '$.inputs.q', in: 'query' }], ...parameters }),
  authentication,
  inputs: [{ name: 'q', type: 'string', in: 'query', required: false, description: 'q' }],
})
const counting: Parameters<typeof bench.answer>[0] = (_, response, number) => sendJson(response, number)

/** A cache that tells the time of life it is asked for. */
function watched() {
  const inner = createResponseCache()
  const lives: number[] = []
  const keys: string[] = []
  const cache: ResponseCache = {
    get: (key) => inner.get(key),
    set(key, response, ttlMs) {
      lives.push(ttlMs)
      keys.push(key)
      inner.set(key, response, ttlMs)
    },
  }
  return { cache, lives, keys }
}

proves('7/cacheTTL', 'an answer is kept for its minutes, and a 404 for 60 seconds', async () => {
  const { cache, lives } = watched()
  bench.answer(counting)
  const plan = await bench.plan(cached())
  const run = async (inputs = {}) => (await bench.run(plan, { cache, credentials: ann, inputs })).data
  expect([await run(), await run(), await run({ q: 'other' }), await run()]).toEqual([1, 1, 2, 1])
  bench.answer((_, response) => sendJson(response, { message: 'none' }, 404))
  const missing = { cache, credentials: ann, inputs: { q: 'missing' } }
  for (const _ of [1, 2])
    await expect(bench.run(plan, missing)).rejects.toMatchObject({ code: 'provider/not-found' })
  expect(bench.seen).toHaveLength(3)
  expect(lives).toEqual([300_000, 300_000, 60_000])
})

test('an answer of one account is never given to another, nor one of another environment or origin', async () => {
  const { cache, keys } = watched()
  bench.answer(counting)
  const plan = await bench.plan(cached())
  const runs = [
    { credentials: ann },
    { credentials: bob },
    { credentials: ann, environment: 'test' },
    { credentials: ann, origin: bench.origin().replace('127.0.0.1', 'localhost') },
    { credentials: { ...ann, site: 'b' } },
    { credentials: ann },
  ]
  const data: unknown[] = []
  for (const options of runs) data.push((await bench.run(plan, { cache, ...options })).data)
  expect(data).toEqual([1, 2, 3, 4, 5, 1])
  const other = await bench.plan({
    ...cached(),
    connector: { info: { title: 'U', key: 'u', version: '1.0.0', description: 'd' } },
  })
  expect((await bench.run(other, { cache, credentials: ann })).data).toBe(6)
  expect(JSON.stringify(keys)).not.toContain('canary')
})

test('the body and the headers count, failures are not kept, and nothing is where the minutes are 0', async () => {
  const { cache, lives } = watched()
  bench.answer(counting)
  const post = (value: string, header = 'x') =>
    cached({
      method: 'post',
      args: [
        { name: 'a', value, in: 'body' },
        { name: 'accept-language', value: header, in: 'headers' },
      ],
    })
  const run = async (action: ActionParts) => (await bench.run(action, { cache, credentials: ann })).data
  const plan = await bench.plan(post('1'))
  expect([
    (await bench.run(plan, { cache, credentials: ann })).data,
    (await bench.run(plan, { cache, credentials: ann })).data,
  ]).toEqual([1, 1])
  expect([await run(post('2')), await run(post('1', 'y')), await run(cached({ cacheTTL: 0 }))]).toEqual([
    2, 3, 4,
  ])
  bench.answer((_, response) => sendJson(response, {}, 500))
  const once = { cache, credentials: ann, limits: { maxAttempts: 1 } }
  await expect(bench.run(cached(), once)).rejects.toMatchObject({ code: 'provider/failed' })
  expect(lives).toHaveLength(3)
})

test('a change is never answered from memory: loading says that the parameter has no effect', async () => {
  bench.answer(counting)
  const plan = await bench.plan(cached({ method: 'delete' }))
  expect((await loadConnector(plan.file)).diagnostics).toMatchObject([
    { code: 'step/unsupported', severity: 'warning' },
  ])
  for (const number of [1, 2]) expect((await bench.run(plan, { credentials: ann })).data).toBe(number)
})

test('pages of a listing are kept one by one', async () => {
  const { cache } = watched()
  bench.answer(({ url }, response) =>
    sendJson(response, { rows: [url], next: url.includes('k=') ? null : 'p2' }),
  )
  const listing = {
    steps: [
      stepOf('paginated_request', {
        url: '/x',
        method: 'get',
        cacheTTL: 1,
        response: { dataKey: 'rows', nextKey: 'next' },
        iterator: { key: 'k', in: 'query' },
      }),
    ],
  }
  const plan = await bench.plan(listing)
  for (const _ of [1, 2]) expect((await bench.run(plan, { cache })).data).toEqual(['/v1/x', '/v1/x?k=p2'])
  expect(bench.seen).toHaveLength(2)
})

test('the cache is bounded in entries and in the size of each', () => {
  const cache = createResponseCache(10)
  const response = { status: 200, headers: {}, text: 'x', url: 'u', attempts: 1 }
  for (let index = 0; index < 100; index += 1) cache.set(`k${index}`, response, 60_000)
  const kept = Array.from({ length: 100 }, (_, index) => cache.get(`k${index}`)).filter(Boolean)
  expect(kept.length).toBeLessThanOrEqual(10)
  cache.set('large', { ...response, text: 'x'.repeat(300_000) }, 60_000)
  cache.set('gone', response, 0)
  expect([cache.get('large'), cache.get('gone')]).toEqual([undefined, undefined])
})
