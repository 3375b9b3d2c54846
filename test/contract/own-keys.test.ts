import { expect, test } from '@jest/globals'
import { iterateAction } from '../../src/index.ts'
import { type ActionParts, createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
type Plain = Readonly<Record<string, unknown>>

const input = (name: string, type: string) => ({
  name,
  type,
  in: 'query',
  required: false,
  description: name,
})

/** A listing whose rows stand at `rows`. */
const listing = (paging: Plain, parameters: Plain = {}, more: ActionParts['inputs'] = []): ActionParts => ({
  ...requestOf(parameters, { 'x-mainspring': { paging, response: { rows: ['rows'] } } }),
  inputs: [input('page_size', 'number'), input('cursor', 'string'), ...(more ?? [])],
})
const readAll = async (action: ActionParts, inputs: Plain = {}) =>
  Array.fromAsync(iterateAction(await bench.plan(action), 'act', { origin: bench.origin(), inputs }))
const queries = () => bench.seen.map(({ url }) => new URL(url, 'http://x').search)
const bodies = () => bench.seen.map(({ body }) => JSON.parse(body.toString() || 'null') as unknown)
/** Answers with these bodies in order; the last one for ever. */
const answerInOrder = (...answers: readonly unknown[]) =>
  bench.answer((_, response, number) => sendJson(response, answers[Math.min(number, answers.length) - 1]))
const row = (id: number) => ({ id })

proves(
  ['x/paging.nextCursor', 'x/paging.cursorParam', 'x/paging.in', 'x/paging.limitParam'],
  'a token deep in one body goes deep into the next, beside what stands there',
  async () => {
    answerInOrder(
      { rows: [row(1)], data: { page: { end: 't2' } } },
      { rows: [row(2)], data: { page: { end: null } } },
    )
    const paging = {
      style: 'cursor',
      in: 'body',
      limitParam: 'variables.first',
      cursorParam: 'variables.page.after',
      nextCursor: 'data.page.end',
    }
    const args = [{ name: 'variables', value: { filter: 'x', page: { order: 'asc' } }, in: 'body' }]
    expect(await readAll(listing(paging, { method: 'post', args }), { page_size: 2 })).toEqual([
      row(1),
      row(2),
    ])
    expect(bodies()).toEqual([
      { variables: { filter: 'x', page: { order: 'asc' }, first: 2 } },
      { variables: { filter: 'x', page: { order: 'asc', after: 't2' }, first: 2 } },
    ])
  },
)

test('a paging parameter with a dot stays one name in a query', async () => {
  answerInOrder({ rows: [row(1)], next: 'b' }, { rows: [row(2)] })
  await readAll(listing({ style: 'cursor', cursorParam: 'page.after', nextCursor: 'next' }))
  expect(queries()).toEqual(['', '?page.after=b'])
})

const byFlag = { style: 'cursor', cursorParam: 'c', nextCursor: 'deep.next', hasMore: 'deep.info.more' }

proves(
  'x/paging.hasMore',
  'false ends a listing that still has a token, and true goes on over an empty page',
  async () => {
    const page = (ids: number[], next: unknown, more: unknown) => ({
      rows: ids.map(row),
      deep: { next, info: { more } },
    })
    answerInOrder(page([1], 'b', true), page([], 'c', true), page([2], 'd', false))
    expect(await readAll(listing(byFlag))).toEqual([row(1), row(2)])
    expect(queries()).toEqual(['', '?c=b', '?c=c'])
    answerInOrder(page([1], null, true))
    await expect(readAll(listing(byFlag))).rejects.toMatchObject({ code: 'paging/missing-rows' })
    // Where the flag is missing, the token alone decides.
    bench.seen.length = 0
    answerInOrder(page([1], 'b', undefined), page([2], null, undefined))
    expect(await readAll(listing(byFlag))).toEqual([row(1), row(2)])
  },
)

test('in XML the words true and false are the flag, and a text of digits the total', async () => {
  const page = (id: number, more: boolean, next: string) =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><p><row><id>${id}</id></row></p><more>${more}</more><next>${next}</next><all>2</all></r></e:Body></e:Envelope>`
  bench.answer((_, response, number) =>
    response.writeHead(200, { 'content-type': 'text/xml' }).end(page(number, number < 2, 'again')),
  )
  const soap = (paging: Plain): ActionParts => ({
    steps: [
      stepOf(
        'soap_request',
        { url: '/soap', method: 'post', soapOperation: 'List' },
        {
          'x-mainspring': {
            paging: { style: 'cursor', in: 'body', cursorParam: 'after', nextCursor: 'r.next', ...paging },
            response: { rows: ['r.p.row'] },
          },
        },
      ),
    ],
  })
  const rows = [{ id: '1' }, { id: '2' }]
  expect(await readAll(soap({ hasMore: 'r.more' }))).toEqual(rows)
  bench.seen.length = 0
  expect(await readAll(soap({ total: 'r.all' }))).toEqual(rows)
})

proves(
  'x/paging.continueUrl',
  'pages after the first have an address of their own, and carry the token alone',
  async () => {
    answerInOrder({ rows: [row(1)], next: 'b' }, { rows: [row(2)] })
    const paging = {
      style: 'cursor',
      in: 'body',
      limitParam: 'limit',
      cursorParam: 'cursor',
      nextCursor: 'next',
      continueUrl: '/x/continue',
    }
    const args = [{ name: 'folder', value: '/a', in: 'body' }]
    expect(await readAll(listing(paging, { method: 'post', args }), { page_size: 1 })).toHaveLength(2)
    expect(bench.seen.map(({ url }) => url)).toEqual(['/v1/x', '/v1/x/continue'])
    expect(bodies()).toEqual([{ folder: '/a', limit: 1 }, { cursor: 'b' }])
  },
)

proves('x/paging.nextCursorHeader', 'the token may stand in a header', async () => {
  bench.answer((_, response, number) =>
    sendJson(response, { rows: [row(number)] }, 200, number < 2 ? { 'X-Next': 'b' } : {}),
  )
  await readAll(listing({ style: 'cursor', cursorParam: 'c', nextCursorHeader: 'x-NEXT' }))
  expect(queries()).toEqual(['', '?c=b'])
})

proves(
  ['x/paging.style', 'x/paging.offsetParam', 'x/paging.total', 'x/paging.pageParam', 'x/paging.startPage'],
  'a listing goes by offset or by number of page, from where it says, to the declared total',
  async () => {
    bench.answer((_, response, number) =>
      sendJson(response, {
        rows: number > 2 ? [] : [row(number * 2), row(number * 2 + 1)],
        meta: { all: 4 },
      }),
    )
    await readAll(listing({ style: 'offset', offsetParam: 'skip', total: 'meta.all' }))
    expect(queries()).toEqual(['?skip=0', '?skip=2'])
    bench.seen.length = 0
    await readAll(listing({ style: 'page', pageParam: 'p', startPage: 0 }))
    expect(queries()).toEqual(['?p=0', '?p=1', '?p=2'])
  },
)

proves(
  ['x/paging.onlyWhenAsked', 'x/paging.pageSizeInput', 'x/paging.cursorInput'],
  'the inputs of a listing have the names it declares, and nothing of paging is sent unasked',
  async () => {
    bench.answer((_, response, number) => sendJson(response, { rows: [row(number)], next: `b${number}` }))
    const paging = {
      style: 'cursor',
      limitParam: 'limit',
      cursorParam: 'c',
      nextCursor: 'next',
      onlyWhenAsked: true,
      pageSizeInput: 'take',
      cursorInput: 'after',
    }
    const plan = await bench.plan(listing(paging, {}, [input('take', 'number'), input('after', 'string')]))
    await bench.run(plan)
    const { next } = await bench.run(plan, { inputs: { take: 5 } })
    await bench.run(plan, { inputs: { take: 5, after: next } })
    expect(queries()).toEqual(['', '?limit=5', '?limit=5&c=b2'])
  },
)

proves(['x/paging.maxPages', 'x/paging.maxRows'], 'a longer listing than declared fails', async () => {
  bench.answer((_, response, number) => sendJson(response, { rows: [row(number)] }))
  for (const ceiling of [{ maxPages: 2 }, { maxRows: 2 }]) {
    bench.seen.length = 0
    await expect(
      readAll(listing({ style: 'offset', offsetParam: 'skip', ...ceiling })),
    ).rejects.toMatchObject({ code: 'paging/ceiling', rowsDelivered: 2 })
  }
})

const failing = (errors: Plain, more: Partial<ActionParts> = {}): ActionParts => ({
  ...requestOf({}),
  connector: { 'x-mainspring': { errors } },
  ...more,
})
const once = { limits: { maxAttempts: 1 } }

proves(
  ['x/errors.code', 'x/errors.statuses'],
  'an error counts as what its own code means, and is repeated only where that may be',
  async () => {
    const errors = {
      code: ['error.kind', 'fault.list[0].code'],
      statuses: { bad_password: 401, gone: 404, busy: 503 },
    }
    const answerWith = (body: unknown, status = 500) =>
      bench.answer((_, response) => sendJson(response, body, status))
    answerWith({ error: { kind: 'bad_password' } })
    await expect(bench.run(failing(errors))).rejects.toMatchObject({ code: 'auth/rejected' })
    // A refused password that is tried again locks the account.
    expect(bench.seen).toHaveLength(1)
    answerWith({ fault: { list: [{ code: 'soap:gone' }] } })
    await expect(bench.run(failing(errors))).rejects.toMatchObject({ code: 'provider/not-found' })
    answerWith({ error: { kind: 'something_new' } }, 400)
    await expect(bench.run(failing(errors))).rejects.toMatchObject({ code: 'provider/refused', status: 400 })
    bench.seen.length = 0
    bench.answer((_, response, number) =>
      number === 1 ? sendJson(response, { error: { kind: 'busy' } }, 400) : sendJson(response, row(1)),
    )
    expect((await bench.run(failing(errors))).data).toEqual(row(1))
    // The code of a success says nothing of a failure.
    bench.seen.length = 0
    answerWith({ error: { kind: 'busy' } }, 200)
    expect((await bench.run(failing(errors))).data).toEqual({ error: { kind: 'busy' } })
    expect(bench.seen).toHaveLength(1)
  },
)

proves(
  ['x/errors.message', 'x/errors.requestId'],
  'the text and the request id of an error are read where the definition says',
  async () => {
    bench.answer((_, response) =>
      sendJson(response, { why: { text: 'no such thing' } }, 422, {
        'X-Trace': 'r-7',
        'x-request-id': 'other',
      }),
    )
    const action = failing({ message: ['nothing', 'why.text'], requestId: ['X-Trace'] })
    await expect(bench.run(action)).rejects.toMatchObject({
      providerMessage: 'no such thing',
      requestId: 'r-7',
    })
  },
)

test('of several headers that tell a wait the longest counts, and a date may be a count since the epoch', async () => {
  const seconds = Math.ceil(Date.now() / 1000)
  const waitOf = async (entry: Plain, headers: Readonly<Record<string, string>>) => {
    bench.answer((_, response) => sendJson(response, { message: 'limit' }, 400, headers))
    const rateLimit = { mappedRateLimitErrors: [{ errorStatus: 400, errorMessage: 'limit', ...entry }] }
    const error: unknown = await bench
      .run({ ...requestOf({}), connector: { rateLimit } }, once)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'provider/rate-limited' })
    return Number((error as { retryAfterMs?: number }).retryAfterMs)
  }
  const several = { retryAfterPath: 'x-calls, x-points,x-more' }
  expect(await waitOf(several, { 'x-calls': '40', 'x-points': '90' })).toBe(90_000)
  expect(await waitOf(several, { 'x-more': '50' })).toBe(50_000)
  for (const reset of [seconds + 100, (seconds + 100) * 1000]) {
    const wait = await waitOf({ retryAfterPath: 'x-r', retryAfterUnit: 'date' }, { 'x-r': String(reset) })
    expect(wait).toBeGreaterThan(80_000)
    expect(wait).toBeLessThanOrEqual(101_000)
  }
})

test('a map in a header is JSON in ASCII, and a text that no header can carry is refused', async () => {
  answerInOrder({})
  const header = (value: unknown) => requestOf({ args: [{ name: 'X-Arg', value, in: 'headers' }] })
  const value = { path: '/Überblick 😀\u007f.pdf' }
  await bench.run(header(value))
  const sent = String(bench.seen[0]?.headers['x-arg'])
  expect(sent).toBe('{"path":"/\\u00dcberblick \\ud83d\\ude00\\u007f.pdf"}')
  expect(JSON.parse(sent)).toEqual(value)
  await expect(bench.run(header('snow ☃'))).rejects.toMatchObject({ code: 'input/invalid' })
  expect(bench.seen).toHaveLength(1)
})

test('a list of plain values maps to records, each value as $.item', async () => {
  answerInOrder({ mails: ['a@x.test', 'b@x.test', { value: 'c@x.test' }] })
  const map = {
    stepId: 'map',
    description: 'd',
    stepFunction: {
      functionName: 'map_fields',
      version: '2',
      parameters: {
        dataSource: '$.steps.get.output.data',
        fields: [
          {
            targetFieldKey: 'emails',
            type: 'object',
            array: true,
            expression: '$.mails',
            properties: [{ targetFieldKey: 'value', type: 'string', expression: '{{item ?? value}}' }],
          },
        ],
      },
    },
  }
  const [get] = requestOf({}).steps
  const { data } = await bench.run({ steps: [get, map], result: { data: '$.steps.map.output.data' } })
  expect(data).toEqual({ emails: [{ value: 'a@x.test' }, { value: 'b@x.test' }, { value: 'c@x.test' }] })
})

const shaped = (response: Plain, more: Plain = {}) => requestOf({}, { 'x-mainspring': { response, ...more } })

proves(
  ['x/response.rows', 'x/response.record', 'x/response.requires', 'x/response.ignore', 'x/response.format'],
  'an answer has one of the declared shapes, or is an error',
  async () => {
    const readAs = async (response: Plain, body: unknown) => {
      answerInOrder(body)
      return (await bench.run(shaped(response))).data
    }
    expect(await readAs({ rows: ['a', 'b.c'] }, { b: { c: [1] } })).toEqual([1])
    expect(await readAs({ rows: ['a'] }, { a: null })).toEqual([])
    expect(await readAs({ record: ['a', '$'], requires: ['id'] }, { a: {}, id: 1 })).toMatchObject({ id: 1 })
    for (const [response, body] of [
      [{ rows: ['a'] }, { b: [] }],
      [{ record: ['$'], requires: ['id'] }, { id: null }],
    ])
      await expect(readAs(response as Plain, body)).rejects.toMatchObject({
        code: 'response/unexpected-shape',
      })
    bench.answer((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{"a":1}'))
    expect((await bench.run(shaped({ format: 'json' }))).data).toEqual({ a: 1 })
    bench.answer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{no'))
    expect((await bench.run(shaped({ ignore: true }))).data ?? null).toBeNull()
  },
)

proves('x/request', 'what every request carries, an argument of the same name replaces', async () => {
  answerInOrder({})
  const connector = {
    'x-mainspring': {
      request: {
        headers: [
          { name: 'X-Version', value: '7' },
          { name: 'X-Kind', value: 'all' },
          { name: 'X-None', value: '$.inputs.none' },
        ],
        query: [{ name: 'v', value: '1' }],
      },
    },
  }
  await bench.run({ ...requestOf({ args: [{ name: 'x-kind', value: 'own', in: 'headers' }] }), connector })
  expect(bench.seen[0]).toMatchObject({ url: '/v1/x?v=1', headers: { 'x-version': '7', 'x-kind': 'own' } })
  expect(bench.seen[0]?.headers).not.toHaveProperty('x-none')
})
