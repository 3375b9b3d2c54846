import { expect, test } from '@jest/globals'
import { iterateAction } from '../../src/index.ts'
import { type ActionParts, createWorkbench, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()

const paged = (
  iterator: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
  result: unknown = { data: '$.steps.get.output' },
): ActionParts => ({
  steps: [
    stepOf('paginated_request', {
      url: '/x',
      method: 'get',
      response: { dataKey: 'rows', nextKey: 'next' },
      iterator,
      ...more,
    }),
  ],
  result,
})
const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://x').searchParams)

/** Three rows a page, the last page shorter: tokens null, p2, p3. */
const byToken =
  (key = 'token', count = 8): Parameters<typeof bench.answer>[0] =>
  ({ url }, response) => {
    const page = Number(queryOf(url)[key]?.slice(1) ?? 1)
    const rows = Array.from({ length: count }, (_, index) => index).slice((page - 1) * 3, page * 3)
    sendJson(response, { rows, next: page * 3 < count ? `p${page + 1}` : null })
  }
const cursorKey = { key: 'token', in: 'query' }

proves(
  ['8/cursor-next', '8/page_size'],
  'next is the page still being read and position the rows taken of it',
  async () => {
    bench.answer(byToken())
    const wants: [number | undefined, number, unknown, unknown][] = [
      [2, 2, null, 2],
      [3, 3, 'p2', 0],
      [4, 4, 'p2', 1],
      [8, 8, undefined, undefined],
      [undefined, 8, undefined, undefined],
    ]
    for (const [page_size, length, next, position] of wants) {
      const inputs = page_size === undefined ? {} : { page_size }
      const { data } = await bench.run(paged(cursorKey), { inputs })
      expect(data).toMatchObject({ data: Array.from({ length }, (_, index) => index), statusCode: 200 })
      const { next: token, position: at } = data as { next: unknown; position: unknown }
      expect([token, at]).toEqual([next, position])
    }
  },
)

test('25 rows are wanted where nobody says how many', async () => {
  bench.answer(byToken('token', 40))
  expect((await bench.run(paged(cursorKey))).data).toMatchObject({ position: 1, next: 'p9' })
})

proves('7/paginated_request', 'pages are read until the wanted rows are there', async () => {
  bench.answer(byToken())
  await bench.run(paged(cursorKey), { inputs: { page_size: 5 } })
  expect(bench.seen.map(({ url }) => queryOf(url))).toEqual([{}, { token: 'p2' }])
})

proves('7/paginated_request-output', 'raw holds every answer', async () => {
  bench.answer(byToken('token', 4))
  expect((await bench.run(paged(cursorKey))).data).toEqual({
    data: [0, 1, 2, 3],
    raw: [
      { rows: [0, 1, 2], next: 'p2' },
      { rows: [3], next: null },
    ],
    statusCode: 200,
    message: undefined,
    next: undefined,
    position: undefined,
  })
})

proves('8/page_size-not-sent', 'page_size reaches the provider only by an arg', async () => {
  bench.answer(byToken())
  await bench.run(paged(cursorKey), { inputs: { page_size: 2 } })
  const args = [{ name: 'limit', value: '$.inputs.page_size', in: 'query' }]
  await bench.run(paged(cursorKey, { args }), { inputs: { page_size: 2 } })
  expect(bench.seen.map(({ url }) => queryOf(url))).toEqual([{}, { limit: '2' }])
})

proves('8/not-a-list', 'a dataKey that is no list is an empty page, with a warning', async () => {
  bench.answer((_, response) => sendJson(response, { rows: { a: 1 }, next: 'p2' }))
  const { data, meta } = await bench.run(paged(cursorKey))
  expect(data).toMatchObject({ data: [], next: undefined })
  expect(meta.warnings).toEqual([expect.stringContaining('no list')])
})

proves('8/stop', 'an empty page, no token, or a condition that is not true ends the listing', async () => {
  bench.answer((_, response) => sendJson(response, { rows: [], next: 'p2' }))
  expect((await bench.run(paged(cursorKey))).data).toMatchObject({ data: [], next: undefined })
  bench.answer(({ url }, response) =>
    sendJson(response, { rows: [1], next: `${queryOf(url)['token'] ?? ''}p`, more: bench.seen.length < 3 }),
  )
  const conditioned = paged({ ...cursorKey, condition: '{{more}}' })
  bench.seen.length = 0
  expect((await bench.run(conditioned)).data).toMatchObject({ data: [1, 1, 1], next: undefined })
  bench.answer((_, response) => sendJson(response, { rows: [1], next: 'p', more: 'yes' }))
  // Exactly true: a text that says so ends it.
  expect((await bench.run(conditioned)).data).toMatchObject({ data: [1] })
})

proves('8/cursor', 'the token comes out of body or header, and goes to query or body', async () => {
  bench.answer(({ body }, response) => {
    const { token } = JSON.parse(body.toString() || '{}') as { token?: string }
    sendJson(
      response,
      { deep: { list: [token ?? 'first'] } },
      200,
      token === undefined ? { 'X-Next': 't2' } : {},
    )
  })
  const action = paged(
    { key: 'token', in: 'body' },
    { method: 'post', response: { dataKey: 'deep.list', nextKey: 'x-NEXT', nextKeyIn: 'headers' } },
  )
  expect((await bench.run(action)).data).toMatchObject({ data: ['first', 't2'] })
  expect(bench.seen.map(({ body }) => body.toString())).toEqual(['', '{"token":"t2"}'])
})

proves('8/cursor-object', 'a token that is a map becomes key[sub] parameters', async () => {
  bench.answer(({ url }, response) => {
    const query = queryOf(url)
    sendJson(response, {
      rows: [query['after[id]'] ?? 'x'],
      next: query['after[id]'] ? null : { id: '7', at: 'n/a' },
    })
  })
  expect((await bench.run(paged({ key: 'after', in: 'query' }))).data).toMatchObject({ data: ['x', '7'] })
  expect(queryOf(bench.seen[1]?.url ?? '')).toEqual({ 'after[id]': '7', 'after[at]': 'n/a' })
})

proves('8/cursor-resume', 'going on asks for that page again and skips what was taken', async () => {
  bench.answer(byToken())
  const plan = await bench.plan(paged(cursorKey, {}, { data: '$.steps.get.output.data' }))
  const first = await bench.run(plan, { inputs: { page_size: 4 } })
  expect(first.data).toEqual([0, 1, 2, 3])
  bench.seen.length = 0
  const second = await bench.run(plan, { inputs: { page_size: 4, cursor: first.next } })
  expect(second.data).toEqual([4, 5, 6, 7])
  expect(bench.seen.map(({ url }) => queryOf(url))).toEqual([{ token: 'p2' }, { token: 'p3' }])
})

test.each([1, 2, 3, 4, 7])(
  'in pieces of %i a listing of each mode gives every row once',
  async (page_size) => {
    const all = Array.from({ length: 8 }, (_, index) => index)
    const result = { data: '$.steps.get.output.data' }
    const listings: [ActionParts, Parameters<typeof bench.answer>[0]][] = [
      [paged(cursorKey, {}, result), byToken()],
      [
        paged({ key: 'from', in: 'query', mode: 'offset' }, {}, result),
        ({ url }, response) => {
          const from = Number(queryOf(url)['from'])
          sendJson(response, { rows: all.slice(from, from + 3) })
        },
      ],
      [
        paged({ key: 'page', in: 'query', mode: 'page' }, {}, result),
        ({ url }, response) => {
          const page = Number(queryOf(url)['page'])
          sendJson(response, { rows: all.slice((page - 1) * 3, page * 3) })
        },
      ],
    ]
    for (const [action, answer] of listings) {
      bench.answer(answer)
      const rows = iterateAction(await bench.plan(action), 'act', {
        origin: bench.origin(),
        inputs: { page_size },
      })
      expect(await Array.fromAsync(rows)).toEqual(all)
    }
  },
)

proves(
  '8/offset',
  'the key is the number of rows so far, from 0; the listing ends on an empty page',
  async () => {
    bench.answer(({ url }, response) => {
      const from = Number(queryOf(url)['from'])
      sendJson(response, { rows: [0, 1, 2, 3, 4].slice(from, from + 2) })
    })
    const action = paged({ key: 'from', in: 'query', mode: 'offset' })
    expect((await bench.run(action)).data).toMatchObject({ data: [0, 1, 2, 3, 4], next: undefined })
    expect(bench.seen.map(({ url }) => queryOf(url)['from'])).toEqual(['0', '2', '4', '5'])
    expect((await bench.run(action, { inputs: { page_size: 3 } })).data).toMatchObject({
      next: null,
      position: 3,
    })
  },
)

test('a provider that ignores the offset ends in a coded error', async () => {
  bench.answer((_, response) => sendJson(response, { rows: [{ id: 1 }, { id: 2 }] }))
  await expect(bench.run(paged({ key: 'from', in: 'query', mode: 'offset' }))).rejects.toMatchObject({
    code: 'paging/repeated-page',
    rowsDelivered: 2,
  })
})

proves('8/page', 'pages go from startPage, and end on an empty or repeated one', async () => {
  bench.answer(({ url }, response) => {
    const page = Number(queryOf(url)['p'])
    sendJson(response, { rows: page < 2 ? [`${page}a`, `${page}b`] : [] })
  })
  const action = paged({ key: 'p', in: 'query', mode: 'page', startPage: 0 })
  expect((await bench.run(action)).data).toMatchObject({ data: ['0a', '0b', '1a', '1b'] })
  expect(bench.seen.map(({ url }) => queryOf(url)['p'])).toEqual(['0', '1', '2'])
  expect((await bench.run(action, { inputs: { page_size: 2 } })).data).toMatchObject({
    next: '1',
    position: 0,
  })
  bench.answer(({ url }, response) => sendJson(response, { rows: [Math.min(Number(queryOf(url)['p']), 2)] }))
  const { data, meta } = await bench.run(action)
  expect(data).toMatchObject({ data: [0, 1, 2] })
  expect(meta.warnings).toEqual([expect.stringContaining('repeated')])
})

proves('8/maxPage', 'more pages than maxPage fail', async () => {
  bench.answer(({ url }, response) => sendJson(response, { rows: [queryOf(url)['p']] }))
  const action = paged({ key: 'p', in: 'query', mode: 'page', maxPage: 3 })
  await expect(bench.run(action)).rejects.toMatchObject({ code: 'paging/ceiling', rowsDelivered: 3 })
  expect((await bench.run(action, { inputs: { page_size: 3 } })).data).toMatchObject({ next: '4' })
})

proves('8/inputs-readable', '$.inputs is read as anywhere', async () => {
  bench.answer((_, response) => sendJson(response, { rows: [] }))
  const args = [{ name: 'q', value: '$.inputs.q', in: 'query' }]
  const inputs = [{ name: 'q', type: 'string', in: 'query', required: true, description: 'q' }]
  await bench.run({ ...paged(cursorKey, { args }), inputs }, { inputs: { q: 'a b' } })
  expect(bench.seen[0]?.url).toBe('/v1/x?q=a%20b')
})

proves('8/manual', 'by hand: a request with page_size and cursor inputs, and result.next', async () => {
  bench.answer(byToken('cursor'))
  const optional = (name: string, type: string) => ({
    name,
    type,
    in: 'query',
    required: false,
    description: name,
  })
  const args = [
    { name: 'limit', value: '$.inputs.page_size', in: 'query', condition: '{{present($.inputs.page_size)}}' },
    { name: 'limit', value: '50', in: 'query', condition: '{{!present($.inputs.page_size)}}' },
    { name: 'cursor', value: '$.inputs.cursor', in: 'query', condition: '{{present($.inputs.cursor)}}' },
  ]
  const action = {
    inputs: [optional('page_size', 'number'), optional('cursor', 'string')],
    steps: [stepOf('request', { url: '/x', method: 'get', args, response: { dataKey: 'rows' } })],
    result: { data: '$.steps.get.output.data', next: '$.steps.get.output.raw.next' },
  }
  const first = await bench.run(action)
  expect(first).toMatchObject({ data: [0, 1, 2], next: 'p2' })
  const rows = iterateAction(await bench.plan(action), 'act', {
    origin: bench.origin(),
    inputs: { page_size: 9 },
  })
  expect(await Array.fromAsync(rows)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(bench.seen.map(({ url }) => queryOf(url)['limit'])).toEqual(['50', '9', '9', '9'])
})

proves('8/engine-cursor', 'callers are given an opaque text that only its own listing takes', async () => {
  bench.answer(byToken())
  const plan = await bench.plan(paged(cursorKey, {}, { data: '$.steps.get.output.data' }))
  const { next } = await bench.run(plan, { inputs: { page_size: 2 } })
  expect(next).toMatch(/^[\w-]+\.[\w-]+$/)
  await expect(bench.run(plan, { inputs: { cursor: `x${next}` } })).rejects.toMatchObject({
    code: 'input/cursor',
  })
})

test('a cursor of the definition is where a listing begins that the caller does not resume', async () => {
  bench.answer(byToken())
  const action = paged(
    cursorKey,
    { cursor: { token: 'p2', position: 1 } },
    { data: '$.steps.get.output.data' },
  )
  expect((await bench.run(action)).data).toEqual([4, 5, 6, 7])
})

test('an error in the middle of a listing is the error of the step', async () => {
  bench.answer((_, response, number) =>
    number === 1 ? sendJson(response, { rows: [1], next: 'p2' }) : sendJson(response, { message: 'no' }, 422),
  )
  await expect(bench.run(paged(cursorKey))).rejects.toMatchObject({ code: 'provider/refused', step: 'get' })
})
