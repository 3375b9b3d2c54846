import { expect, test } from '@jest/globals'
import { createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const answering = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  bench.answer((_, response) => sendJson(response, value, status, headers))
const dataOf = async (response: Readonly<Record<string, unknown>>) =>
  (await bench.run(requestOf({ response }))).data
const output = (
  parameters: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
) => ({
  ...requestOf(parameters, more),
  result: { data: '$.steps.get.output' },
})
const thrown = (parameters: Readonly<Record<string, unknown>>, options = {}) =>
  bench
    .run(requestOf(parameters), { limits: { maxAttempts: 1 }, ...options })
    .catch((error: unknown) => error)

proves(
  ['7/response', '7.2/dataKey', '13/answer-context'],
  'a dotted path or an expression over the body, then a key as it stands',
  async () => {
    answering({ a: { b: [{ c: 1 }] }, 'odd.key': 'literal', n: 2 })
    expect(await dataOf({ dataKey: 'a.b' })).toEqual([{ c: 1 }])
    expect(await dataOf({ dataKey: 'a.b[0].c' })).toBe(1)
    expect(await dataOf({ dataKey: '{{n + 1}}' })).toBe(3)
    expect(await dataOf({ dataKey: 'odd.key' })).toBe('literal')
  },
)

proves('7.2/dataKey-missing', 'nothing there is no data, and success', async () => {
  answering({ a: 1 })
  expect(await dataOf({ dataKey: 'no.where' })).toBeUndefined()
})

proves(
  '7.2/collection',
  'a list becomes a map by the field; records without it vanish; collection alone does nothing',
  async () => {
    const rows = [{ id: 'a' }, { no: 1 }, { id: 7 }]
    answering({ rows })
    expect(await dataOf({ dataKey: 'rows', collection: true, indexField: 'id' })).toEqual({
      a: { id: 'a' },
      7: { id: 7 },
    })
    expect(await dataOf({ dataKey: 'rows', collection: true })).toEqual(rows)
  },
)

proves('7.2/indexField', 'alone: one map under the value of its field', async () => {
  answering({ row: { id: 'a', n: 1 } })
  expect(await dataOf({ dataKey: 'row', indexField: 'id' })).toEqual({ a: { id: 'a', n: 1 } })
})

proves('7.2/output', 'data, raw, statusCode and message', async () => {
  answering({ a: { b: 1 } }, 201)
  expect((await bench.run(output({ response: { dataKey: 'a' } }))).data).toEqual({
    data: { b: 1 },
    raw: { a: { b: 1 } },
    statusCode: 201,
    message: undefined,
  })
})

proves(
  '7.2/error-message',
  'the text of an error is looked for in the places of the format, in order',
  async () => {
    const places: [unknown, string | undefined][] = [
      [{ message: 'one', error: { message: 'two' } }, 'one'],
      [{ error: { message: 'two' } }, 'two'],
      [{ error: 'three' }, 'three'],
      [{ error_description: 'four' }, 'four'],
      [[{ message: 'five' }, { message: 'six' }], 'five'],
      ['seven', 'seven'],
      [{ nothing: 1 }, undefined],
    ]
    for (const [body, words] of places) {
      answering(body, 400)
      expect(await thrown({})).toMatchObject({ code: 'provider/refused' })
      expect(((await thrown({})) as { providerMessage?: string }).providerMessage).toBe(words)
    }
  },
)

proves('7.2/xml', 'an XML answer is read: attributes @_, prefixes kept', async () => {
  bench.answer(
    (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/xml; charset=utf-8' })
        .end('<x:l><i id="1">A &amp; B</i></x:l>'),
  )
  expect((await bench.run(requestOf({}))).data).toEqual({ 'x:l': { i: { '@_id': '1', '#text': 'A & B' } } })
})

proves(
  ['11/customErrors', '7/customErrors'],
  'the first entry of the status whose condition holds gives status and message',
  async () => {
    answering({ kind: 'b' }, 409)
    const customErrors = [
      { receivedStatus: 400, targetStatus: 404 },
      { receivedStatus: 409, targetStatus: 404, condition: '{{data.kind == "a"}}' },
      { receivedStatus: 409, targetStatus: 403, condition: '{{data.kind}}', message: 'truthy is not enough' },
      {
        receivedStatus: 409,
        targetStatus: 401,
        condition: '{{data.kind == "b"}}',
        message: 'kind ${data.kind}',
      },
      { receivedStatus: 409, targetStatus: 404 },
    ]
    expect(await thrown({ customErrors })).toMatchObject({
      code: 'auth/rejected',
      status: 401,
      providerMessage: 'kind b',
    })
  },
)

proves(
  ['11/customErrors-roots', '13/customErrors-context'],
  'conditions and messages read data, status, headers, requestUrl, message and credentials',
  async () => {
    answering({ message: 'words' }, 409, { 'x-kind': 'h' })
    const roots = ['data.message', 'status', 'headers["x-kind"]', 'requestUrl', 'message', 'credentials.user']
    const message = roots.map((root) => `{{${root}}}`).join('|')
    const customErrors = roots.map((root) => ({
      receivedStatus: 409,
      targetStatus: 418,
      condition: `{{!present(${root})}}`,
    }))
    const error = await thrown(
      {
        customErrors: [
          ...customErrors,
          {
            receivedStatus: 409,
            targetStatus: 422,
            message: '${data.message} ${status} ${requestUrl} ${message} ${credentials.user}',
          },
        ],
      },
      { credentials: { user: 'ann' } },
    )
    expect(error).toMatchObject({
      status: 422,
      providerMessage: `words 409 ${bench.origin()}/v1/x words ann`,
    })
    expect(message).toContain('credentials')
  },
)

proves('11/customErrors-message', 'without a message, the phrase of the status', async () => {
  answering({ message: 'theirs' }, 409)
  const customErrors = [{ receivedStatus: 409, targetStatus: 404 }]
  const action = output({ customErrors }, { ignoreError: true })
  const { data } = await bench.run(action)
  expect(data).toMatchObject({ message: 'Not Found', statusCode: 404, data: { message: 'theirs' } })
  // The error still tells what the provider said.
  expect(await thrown({ customErrors })).toMatchObject({
    code: 'provider/not-found',
    providerMessage: 'theirs',
  })
})

proves('11/customErrors-any-status', 'a success may become an error, and an error a success', async () => {
  answering({ ok: false, why: 'soft' })
  const soft = [
    { receivedStatus: 200, targetStatus: 400, condition: '{{data.ok == false}}', message: '{{data.why}}' },
  ]
  expect(await thrown({ customErrors: soft })).toMatchObject({
    code: 'provider/refused',
    status: 400,
    providerMessage: 'soft',
  })
  answering({ gone: true }, 404)
  const customErrors = [{ receivedStatus: 404, targetStatus: 200 }]
  expect((await bench.run(output({ customErrors }))).data).toMatchObject({
    data: { gone: true },
    statusCode: 200,
  })
})

proves('11/success', 'every status from 200 to 299 is a success, from 400 to 599 a failure', async () => {
  for (const status of [200, 201, 202, 206, 299]) {
    answering({ a: 1 }, status)
    expect((await bench.run(requestOf({}))).data).toEqual({ a: 1 })
  }
  for (const status of [400, 418, 499, 500, 599]) {
    answering({}, status)
    expect(await thrown({})).toMatchObject({ status })
  }
})

const limited = (mappedRateLimitErrors: readonly unknown[]) => ({
  connector: { rateLimit: { mainRatelimit: 25, mappedRateLimitErrors } },
})

proves(
  '11/mappedRateLimitErrors',
  'an answer of the status and text means too many requests: it is repeated after the wait its header names',
  async () => {
    const entry = {
      errorStatus: 403,
      errorMessage: 'slow down',
      errorMessagePath: 'error.text',
      retryAfterPath: 'X-Wait',
      retryAfterUnit: 'milliseconds',
    }
    const action = { ...requestOf({}), ...limited([entry]) }
    bench.answer((_, response, number) =>
      number === 1
        ? sendJson(response, { error: { text: 'please slow down now' } }, 403, { 'x-wait': '5' })
        : sendJson(response, { fine: true }),
    )
    const { data, meta } = await bench.run(action)
    expect([data, meta.requests]).toEqual([{ fine: true }, 2])
    bench.answer((_, response) =>
      sendJson(response, { error: { text: 'slow down' } }, 403, { 'x-wait': '60000' }),
    )
    await expect(bench.run(action)).rejects.toMatchObject({
      code: 'provider/rate-limited',
      retryAfterMs: 60_000,
    })
    // A real Retry-After goes before it.
    bench.answer((_, response) =>
      sendJson(response, { error: { text: 'slow down' } }, 403, { 'x-wait': '1', 'retry-after': '90' }),
    )
    await expect(bench.run(action)).rejects.toMatchObject({
      code: 'provider/rate-limited',
      retryAfterMs: 90_000,
    })
    bench.answer((_, response) => sendJson(response, { error: { text: 'not yours' } }, 403))
    await expect(bench.run(action)).rejects.toMatchObject({ code: 'auth/forbidden' })
  },
)

test('the wait of a mapped error may be seconds, a date, or fixed', async () => {
  const run = async (
    more: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    bench.answer((_, response) => sendJson(response, { message: 'limit' }, 400, headers))
    const action = { ...requestOf({}), ...limited([{ errorStatus: 400, errorMessage: 'limit', ...more }]) }
    const error: unknown = await bench
      .run(action, { limits: { maxAttempts: 1 } })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'provider/rate-limited' })
    return (error as { retryAfterMs?: number }).retryAfterMs
  }
  expect(await run({ retryAfterPath: 'x-w' }, { 'x-w': '40' })).toBe(40_000)
  expect(await run({ retryAfterValue: 50 })).toBe(50_000)
  expect(await run({})).toBeUndefined()
  const date = new Date(Date.now() + 100_000).toISOString()
  expect(await run({ retryAfterPath: 'x-w', retryAfterUnit: 'date' }, { 'x-w': date })).toBeGreaterThan(
    90_000,
  )
})

proves(
  ['11/retry-after', '11/backoff'],
  'Retry-After is waited for up to a bound, and else a little at random',
  async () => {
    bench.answer((_, response, number) =>
      number < 3
        ? response.writeHead(429, number === 1 ? { 'retry-after': '0' } : {}).end()
        : sendJson(response, 1),
    )
    expect((await bench.run(requestOf({}))).meta.requests).toBe(3)
    bench.answer((_, response) => void response.writeHead(429, { 'retry-after': '31' }).end())
    await expect(bench.run(requestOf({}))).rejects.toMatchObject({
      code: 'provider/rate-limited',
      retryAfterMs: 31_000,
    })
  },
)

const graphql = (
  more: Readonly<Record<string, unknown>> = {},
  step: Readonly<Record<string, unknown>> = {},
) => ({
  steps: [
    stepOf(
      'request',
      {
        url: '/graphql',
        method: 'post',
        args: [
          { name: 'query', value: 'query($id: ID!) { person(id: $id) { name } }', in: 'body' },
          { name: 'variables', value: { id: '7' }, in: 'body' },
        ],
        response: { dataKey: 'data.person' },
      },
      { 'x-mainspring': { response: { format: 'graphql', ...more }, ...step } },
    ),
  ],
})
const safe = { retry: { safe: true } }

test('a GraphQL answer without errors gives its data', async () => {
  answering({ data: { person: { name: 'Ann' } } })
  expect((await bench.run(graphql())).data).toEqual({ name: 'Ann' })
  expect(JSON.parse(bench.seen[0]?.body.toString() ?? '')).toMatchObject({ variables: { id: '7' } })
})

test.each([
  ['provider/refused', {}],
  ['auth/rejected', { extensions: { code: 'UNAUTHENTICATED' } }],
  ['auth/forbidden', { extensions: { code: 'FORBIDDEN' } }],
  ['provider/not-found', { type: 'NOT_FOUND' }],
  ['provider/rate-limited', { extensions: { code: 'THROTTLED' } }],
  ['provider/failed', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
])('GraphQL errors under status 200 are %s', async (code, error) => {
  answering({ data: null, errors: [{ message: 'first', ...error }, { message: 'second' }] })
  await expect(bench.run(graphql({}, safe))).rejects.toMatchObject({
    code,
    providerMessage: 'first; second',
    message: expect.stringContaining('200'),
  })
})

proves(
  'x/response.partial',
  'GraphQL errors beside data are a failure unless partial answers are taken, and of a write nobody knows',
  async () => {
    answering({ data: { person: { name: 'Ann' }, other: null }, errors: [{ message: 'other failed' }] })
    await expect(bench.run(graphql({}, safe))).rejects.toMatchObject({ code: 'provider/refused' })
    await expect(bench.run(graphql())).rejects.toMatchObject({ code: 'write/outcome-unknown' })
    expect((await bench.run(graphql({ partial: true }))).data).toEqual({ name: 'Ann' })
  },
)
