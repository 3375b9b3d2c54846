import { expect, test } from '@jest/globals'
import { loadConnector } from '../../src/index.ts'
import { type ActionParts, createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const answerOk: Parameters<typeof bench.answer>[0] = (_, response) => sendJson(response, { ok: true })
type Arg = Readonly<Record<string, unknown>>

/** What is sent for these args. */
async function sent(args: readonly Arg[], method = 'post', more: Arg = {}, inputs: Arg = {}) {
  bench.answer(answerOk)
  bench.seen.length = 0
  const declared = Object.entries(inputs).map(([name, value]) => ({
    name,
    type: Array.isArray(value) || typeof value === 'object' ? 'object' : typeof value,
    ...(Array.isArray(value) ? { array: true } : {}),
    in: 'body',
    required: false,
    description: name,
  }))
  await bench.run({ ...requestOf({ method, args, ...more }), inputs: declared }, { inputs })
  const [seen] = bench.seen
  if (seen === undefined) throw new Error('nothing was sent')
  const body = seen.body.toString()
  return {
    ...seen,
    text: body,
    json: () => JSON.parse(body) as unknown,
    query: decodeURI(seen.url.split('?')[1] ?? ''),
  }
}
const query = (name: string, value: unknown, more: Arg = {}) => ({ name, value, in: 'query', ...more })
const body = (name: string, value: unknown, more: Arg = {}) => ({ name, value, in: 'body', ...more })
const header = (name: string, value: unknown) => ({ name, value, in: 'headers' })

proves(['7/request', '7/method', '7/args'], 'one call of each method, with what its args say', async () => {
  for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
    const seen = await sent([query('q', '1'), header('x-a', 'b')], method)
    expect(seen).toMatchObject({ method: method.toUpperCase(), url: '/v1/x?q=1', headers: { 'x-a': 'b' } })
  }
})

proves('7/baseUrl', 'a step may have its own, and address and url are joined', async () => {
  bench.answer(answerOk)
  await bench.run(requestOf({ baseUrl: 'https://other.example.com/v2/', url: 'things' }))
  await bench.run(requestOf({ url: '/a' }))
  expect(bench.seen.map(({ url }) => url)).toEqual(['/v2/things', '/v1/a'])
})

proves('7/url', 'it is required', async () => {
  await expect(bench.plan({ steps: [stepOf('request', { method: 'get' })] })).rejects.toThrow(
    'definition/missing-key',
  )
})

proves('7/authorization', "the connector's unless the step has its own", async () => {
  const authentication = [
    {
      key: {
        type: 'custom',
        label: 'K',
        authorization: { type: 'bearer', token: 'of-the-connector' },
        environments: [{ key: 'production', name: 'P' }],
      },
    },
  ]
  bench.answer(answerOk)
  await bench.run({ ...requestOf({}), authentication })
  await bench.run({
    ...requestOf({ authorization: { type: 'basic', username: 'a', password: 'b' } }),
    authentication,
  })
  await bench.run({ ...requestOf({ authorization: { type: 'none' } }), authentication })
  expect(bench.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer of-the-connector',
    'Basic YTpi',
    undefined,
  ])
})

proves('7/encodeQueryParams', 'with false, values go out as they are', async () => {
  const args = [query('q', 'a:b,c/d')]
  expect((await sent(args, 'get')).url).toBe('/v1/x?q=a%3Ab%2Cc%2Fd')
  expect((await sent(args, 'get', { encodeQueryParams: false })).url).toBe('/v1/x?q=a:b,c/d')
})

proves(
  ['7/unknown-parameter', '14/misspelt-parameter'],
  'an unknown parameter is a warning with its place, an unknown key within one is refused',
  async () => {
    const plan = await bench.plan(requestOf({ body: { a: 1 }, arsg: [] }))
    const { diagnostics } = await loadConnector(plan.file)
    expect(diagnostics.map(({ severity, pointer }) => [severity, pointer?.split('/').at(-1)])).toEqual(
      expect.arrayContaining([
        ['warning', 'body'],
        ['warning', 'arsg'],
      ]),
    )
    await expect(bench.plan(requestOf({ response: { datakey: 'a' } }))).rejects.toThrow(
      'definition/unknown-key',
    )
  },
)

proves('7.1/strict', 'an unknown key of an arg, or another place, is refused', async () => {
  for (const arg of [query('a', '1', { arrayformat: 'comma' }), { name: 'a', value: '1', in: 'path' }])
    await expect(bench.plan(requestOf({ args: [arg] }))).rejects.toThrow('"severity": "error"')
})

proves(
  ['7.1/order', '7.1/condition'],
  'an arg whose condition is not exactly true is dropped, and its value is not looked at',
  async () => {
    const args = [
      query('yes', '1', { condition: '{{1 == 1}}' }),
      query('text', '1', { condition: '{{"true"}}' }),
      query('number', '1', { condition: '{{1}}' }),
      query('no', '1', { condition: '{{present(inputs.none)}}' }),
    ]
    expect((await sent(args, 'get')).query).toBe('yes=1')
  },
)

proves('7.1/query', 'values go out as text, lists as lists of text', async () => {
  const inputs = { n: 0, b: false, s: '', l: [1, true, 'x'] }
  const args = [
    query('n', '$.inputs.n'),
    query('b', '$.inputs.b'),
    query('s', '$.inputs.s'),
    query('l', [1, true, 'x'], { arrayFormat: 'repeat' }),
  ]
  expect((await sent(args, 'get', {}, { n: inputs.n, b: inputs.b, s: inputs.s })).query).toBe(
    'n=0&b=false&s=&l=1&l=true&l=x',
  )
})

proves(['7.1/query-repeated', '14/exclusive-conditions'], 'a name given twice becomes a list', async () => {
  expect((await sent([query('a', '1', { arrayFormat: 'repeat' }), query('a', '2')], 'get')).query).toBe(
    'a=1&a=2',
  )
  expect((await sent([query('a', '1'), query('a', '2')], 'get')).query).toBe('a[0]=1&a[1]=2')
})

proves('7.1/arrayFormat', 'repeat, brackets, comma and stringify', async () => {
  const written = ['repeat', 'brackets', 'comma', 'stringify'].map(async (arrayFormat) => {
    const plan = await bench.plan(requestOf({ args: [query('k', ['1', '2'], { arrayFormat })] }))
    return plan
  })
  bench.answer(answerOk)
  for (const plan of await Promise.all(written)) await bench.run(plan)
  expect(bench.seen.map(({ url }) => decodeURIComponent(url.split('?')[1] ?? ''))).toEqual([
    'k=1&k=2',
    'k[]=1&k[]=2',
    'k=1,2',
    'k=["1","2"]',
  ])
})

proves('7.1/arrayFormat-default', 'without a format, indices', async () => {
  expect((await sent([query('k', ['a', 'b'])], 'get')).url).toBe('/v1/x?k[0]=a&k[1]=b')
})

proves('7.1/headers', 'values go out as text', async () => {
  expect(
    (await sent([header('X-N', 5), header('x-b', true), header('X-S', 'ä')], 'get')).headers,
  ).toMatchObject({
    'x-n': '5',
    'x-b': 'true',
  })
})

proves(
  ['7.1/body', '7.1/body-json'],
  'the body is JSON with the args as its keys, unless the Content-Type says otherwise',
  async () => {
    const seen = await sent([
      body('a', { b: [1, null, false, 0, 'x'] }),
      body('n', null),
      body('missing', '$.inputs.none'),
    ])
    expect(seen.headers['content-type']).toBe('application/json')
    expect(seen.json()).toEqual({ a: { b: [1, null, false, 0, 'x'] }, n: null })
    const typed = await sent([body('a', 1), header('content-type', 'application/vnd.api+json')])
    expect([typed.headers['content-type'], typed.text]).toEqual(['application/vnd.api+json', '{"a":1}'])
  },
)

proves(
  '7.1/body-repeated',
  'a name given twice: maps are merged, lists joined, else the last wins',
  async () => {
    const seen = await sent([
      body('o', { a: 1, b: 1 }),
      body('o', { b: 2 }),
      body('l', [1]),
      body('l', [2]),
      body('s', 'one'),
      body('s', ['two']),
    ])
    expect(seen.json()).toEqual({ o: { a: 1, b: 2 }, l: [1, 2], s: ['two'] })
  },
)

proves('7.1/spread', 'a map is merged into the body; a list is the body', async () => {
  expect((await sent([body('x', 1), body('any', { a: 1, x: 2 }, { spread: true })])).json()).toEqual({
    x: 2,
    a: 1,
  })
  expect((await sent([body('any', [{ a: 1 }], { spread: true })])).json()).toEqual([{ a: 1 }])
})

proves('7.1/inline', 'a raw text is the body, and must be the only one', async () => {
  const seen = await sent([body('raw', '<any> text', { inline: true }), header('Content-Type', 'text/csv')])
  expect([seen.headers['content-type'], seen.text]).toEqual(['text/csv', '<any> text'])
  await expect(
    bench.run(requestOf({ method: 'post', args: [body('raw', 'x', { inline: true }), body('a', 1)] })),
  ).rejects.toMatchObject({ code: 'step/failed' })
})

proves('7.1/body-empty', 'an empty body is no body', async () => {
  const seen = await sent([body('a', '$.inputs.none')])
  expect([seen.text, seen.headers['content-type'], seen.headers['content-length']]).toEqual([
    '',
    undefined,
    '0',
  ])
})

proves(
  ['7.1/body-xml'],
  'an XML type: a map with one root becomes XML; a list or two roots are refused',
  async () => {
    const type = header('Content-Type', 'text/xml')
    const seen = await sent([type, body('note', { '@_id': '7', to: ['Ann', 'Bob & Co'] })])
    expect(seen.text).toBe('<note id="7"><to>Ann</to><to>Bob &amp; Co</to></note>')
    for (const args of [
      [type, body('a', 1), body('b', 2)],
      [type, body('a', [1, 2])],
    ])
      await expect(bench.run(requestOf({ method: 'post', args }))).rejects.toMatchObject({
        code: 'input/invalid',
      })
  },
)

proves(
  ['7.1/body-form', '14/form-encoder'],
  'a form, however the header is spelled: lists a[], maps c[d]',
  async () => {
    for (const name of ['Content-Type', 'content-type']) {
      const seen = await sent([
        header(name, 'application/x-www-form-urlencoded; charset=utf-8'),
        body('grant_type', 'refresh token'),
        body('a', ['1', '2']),
        body('c', { d: 'ü' }),
      ])
      expect(seen.text).toBe('grant_type=refresh%20token&a[]=1&a[]=2&c[d]=%C3%BC')
    }
  },
)

proves('14/upper-case-method', 'a method in capitals is a finding of loading', async () => {
  await expect(bench.plan(requestOf({ method: 'GET' }))).rejects.toThrow('GET')
})

proves('14/interpolation-text', 'interpolation gives texts only, a path keeps the type', async () => {
  const seen = await sent([body('text', '${inputs.n}'), body('number', '$.inputs.n')], 'post', {}, { n: 5 })
  expect(seen.json()).toEqual({ text: '5', number: 5 })
})

proves('14/present-empty', "present('') and missing('') are both true", async () => {
  const conditions = { p: '{{present($.inputs.s)}}', m: '{{missing($.inputs.s)}}' }
  const args = Object.entries(conditions).map(([name, condition]) => query(name, '1', { condition }))
  expect((await sent(args, 'get', {}, { s: '' })).query).toBe('p=1&m=1')
})

proves(
  ['14/empty-template', '14/empty-parameter'],
  'a literal empty text and a template that comes to one are null; an input that is empty is sent empty',
  async () => {
    const args = [body('literal', ''), body('template', '${inputs.s}'), body('path', '$.inputs.s')]
    const seen = await sent(args, 'post', {}, { s: '' })
    expect(seen.json()).toEqual({ literal: null, template: null, path: '' })
  },
)

proves(
  ['14/pipe-and-methods', '14/unknown-function'],
  'a filter for present, a method call and an unknown function are undefined: the arg is not sent',
  async () => {
    const args = [
      query('a', '1', { condition: '{{inputs.s|present}}' }),
      query('b', '1', { condition: '{{inputs.s.startsWith("x") == true}}' }),
      query('c', '1', { condition: '{{noSuchFunction(inputs.s) == true}}' }),
      query('d', '1'),
    ]
    expect((await sent(args, 'get', {}, { s: 'x' })).query).toBe('d=1')
  },
)

proves('13/parameters', 'any text in parameters is an expression, however deep', async () => {
  const seen = await sent(
    [body('a', { b: [{ c: '$.inputs.s', d: ['${inputs.s}!'] }] })],
    'post',
    {},
    { s: 'x' },
  )
  expect(seen.json()).toEqual({ a: { b: [{ c: 'x', d: ['x!'] }] } })
})

proves(['13/request-roots', '13/context-keys'], 'the roots of calls, and the keys of context', async () => {
  const names = [
    'inputs.s',
    'credentials',
    'context.authenticationType',
    'context.environment',
    'context.connectorKey',
    'context.actionType',
    'context.flowType',
    'connector.key',
    'action.id',
    'steps',
  ]
  const seen = await sent(
    names.map((name) => body(name, `$.${name}`)),
    'post',
    {},
    { s: 'x' },
  )
  expect(seen.json()).toEqual({
    'inputs.s': 'x',
    credentials: {},
    'context.authenticationType': 'none',
    'context.environment': 'production',
    'context.connectorKey': 't',
    'context.actionType': 'custom',
    'context.flowType': 'action',
    'connector.key': 't',
    'action.id': 'act',
    steps: {},
  })
})

proves('8/undocumented-keys', 'keys of paging that never existed are findings of loading', async () => {
  const paged = (iterator: Arg): ActionParts => ({
    steps: [
      stepOf('paginated_request', { url: '/x', method: 'get', response: { dataKey: 'rows' }, iterator }),
    ],
  })
  await expect(bench.plan(paged({ key: 'k', in: 'headers' }))).rejects.toThrow('headers')
  const plan = await bench.plan(paged({ key: 'k', in: 'query', totalKey: 't', step: 1, paginationType: 'p' }))
  const { diagnostics } = await loadConnector(plan.file)
  expect(diagnostics.map(({ pointer }) => pointer?.split('/').at(-1))).toEqual(
    expect.arrayContaining(['totalKey', 'step', 'paginationType']),
  )
})

proves('14/wrong-nextKey', 'a wrong nextKey gives page one only', async () => {
  bench.answer((_, response) => sendJson(response, { rows: [1], next: 'p2' }))
  const response = { dataKey: 'rows', nextKey: 'nxt' }
  const action = {
    steps: [
      stepOf('paginated_request', {
        url: '/x',
        method: 'get',
        response,
        iterator: { key: 'k', in: 'query' },
      }),
    ],
  }
  expect((await bench.run(action)).data).toEqual([1])
  expect(bench.seen).toHaveLength(1)
})

test('a schema of loading accepts expressions where a literal would do', async () => {
  const seen = await sent([body('x', { a: 1 }, { spread: true })], '${inputs.verb}', {}, { verb: 'put' })
  expect([seen.method, seen.text]).toEqual(['PUT', '{"a":1}'])
})
