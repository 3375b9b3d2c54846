import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  compileConnector,
  iterateAction,
  loadConnector,
  MainspringError,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { type FakeProvider, json, startProvider } from './fake-provider.ts'

let provider: FakeProvider | undefined
const folders: string[] = []

afterEach(async () => {
  await provider?.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A connector with one action `act` of these steps. */
async function connector(steps: string, result = '$.steps.get.output.data', inputs = '[]') {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-step-'))
  folders.push(folder)
  const text = `StackOne: 1.0.0
info: { title: T, key: t, version: 1.0.0, description: d }
baseUrl: https://api.example.com/v1
authentication:
  - none: { type: custom, label: None, authorization: { type: none }, environments: [{ key: production, name: P }] }
actions:
  - actionId: act
    label: Act
    description: Acts.
    categories: [ats]
    actionType: custom
    inputs: ${inputs}
    steps:
${steps.replace(/^/gm, '      ')}
    result: { data: ${JSON.stringify(result)} }
`
  await writeFile(join(folder, 't.connector.s1.yaml'), text)
  const { model, diagnostics } = await loadConnector(folder)
  if (model === null) throw new Error(JSON.stringify(diagnostics))
  return compileConnector(model)
}

async function run(
  answer: Parameters<typeof startProvider>[0],
  plan: Awaited<ReturnType<typeof connector>>,
  options: RunOptions = {},
) {
  provider = await startProvider(answer)
  return runAction(plan, 'act', { origin: provider.origin, ...options })
}

const get = (parameters: string, more = '') => `- stepId: get
  description: d
${more}  stepFunction:
    functionName: request
    parameters: ${parameters}`

describe('arguments', () => {
  const sent = async (args: string, method = 'post') => {
    await run(
      (_, response) => json(response, {}),
      await connector(get(`{ url: /x, method: ${method}, args: ${args} }`)),
    )
    const [seen] = provider?.seen ?? []
    if (seen === undefined) throw new Error('nothing was sent')
    return seen
  }

  test('of one name in the body merge as objects, join as lists, and else the last wins', async () => {
    const seen = await sent(
      '[{name: o, value: {a: 1}, in: body}, {name: o, value: {b: 2}, in: body}, {name: l, value: [1], in: body}, {name: l, value: [2], in: body}, {name: s, value: one, in: body}, {name: s, value: two, in: body}]',
    )
    expect(JSON.parse(seen.body)).toEqual({ o: { a: 1, b: 2 }, l: [1, 2], s: 'two' })
  })

  test('that spread fill the root of the body, or are the whole body as a list', async () => {
    expect(
      JSON.parse((await sent('[{name: x, value: {a: 1, b: null}, in: body, spread: true}]')).body),
    ).toEqual({ a: 1, b: null })
    await provider?.close()
    expect(JSON.parse((await sent('[{name: x, value: [{a: 1}], in: body, spread: true}]')).body)).toEqual([
      { a: 1 },
    ])
  })

  test('go only where their condition is strictly true', async () => {
    const seen = await sent(
      `[{name: a, value: '1', in: query, condition: '{{1 == 1}}'}, {name: b, value: '1', in: query, condition: '{{"yes"}}'}, {name: c, value: $.inputs.none, in: query}]`,
      'get',
    )
    expect(seen.query).toEqual({ a: '1' })
  })

  test('make a form or XML where the content type says so', async () => {
    const form = await sent(
      `[{name: Content-Type, value: application/x-www-form-urlencoded, in: headers}, {name: grant_type, value: refresh token, in: body}]`,
    )
    expect([form.headers['content-type'], form.body]).toEqual([
      'application/x-www-form-urlencoded',
      'grant_type=refresh%20token',
    ])
    await provider?.close()
    const xml = await sent(
      `[{name: Content-Type, value: application/xml, in: headers}, {name: note, value: {'@_id': '7', to: Ann}, in: body}]`,
    )
    expect(xml.body).toBe('<note id="7"><to>Ann</to></note>')
  })

  test('may have expressions for their name, place, spreading and format, and so may the method', async () => {
    const plan = await connector(
      get(
        `{ url: /x, method: '{{inputs.how}}', args: [{name: 'x-\${inputs.how}', value: one, in: '$.inputs.place'}, {name: l, value: [1, 2], in: query, arrayFormat: $.inputs.format}, {name: all, value: {a: 1}, in: body, spread: '{{inputs.how == "put"}}'}], encodeQueryParams: '{{false}}' }`,
      ),
      '$.steps.get.output.data',
      '[{name: how, type: string, in: query, required: true, description: d}, {name: place, type: string, in: query, required: true, description: d}, {name: format, type: string, in: query, required: true, description: d}]',
    )
    const answer: Parameters<typeof startProvider>[0] = (_, response) => json(response, {})
    await run(answer, plan, { inputs: { how: 'put', place: 'headers', format: 'comma' } })
    expect(provider?.seen[0]).toMatchObject({ method: 'PUT', query: { l: '1,2' }, body: '{"a":1}' })
    expect(provider?.seen[0]?.headers['x-put']).toBe('one')
    await provider?.close()
    await run(answer, plan, { inputs: { how: 'post', place: 'query', format: 'brackets' } })
    expect(provider?.seen[0]).toMatchObject({
      method: 'POST',
      query: { 'x-post': 'one' },
      body: '{"all":{"a":1}}',
    })
    for (const wrong of [{ how: 'brew' }, { place: 'nowhere' }]) {
      const inputs = { how: 'put', place: 'query', format: 'comma', ...wrong }
      await expect(runAction(plan, 'act', { origin: provider?.origin ?? '', inputs })).rejects.toMatchObject({
        code: 'step/failed',
      })
    }
  })

  test('that are inline are the body as it is', async () => {
    const seen = await sent(`[{name: raw, value: 'a <raw> text', in: body, inline: true}]`)
    expect(seen.body).toBe('a <raw> text')
  })
})

describe('an answer', () => {
  test('is read at its dataKey, and indexed by a field', async () => {
    const plan = await connector(
      get('{ url: /x, method: get, response: { dataKey: deep.rows, collection: true, indexField: id } }'),
    )
    const { data } = await run(
      (_, response) => json(response, { deep: { rows: [{ id: 'a' }, { no: 1 }, { id: 'b' }] } }),
      plan,
    )
    expect(data).toEqual({ a: { id: 'a' }, b: { id: 'b' } })
  })

  test('changes its status by customErrors, both ways', async () => {
    const soft = await connector(
      get(
        `{ url: /x, method: get, customErrors: [{ receivedStatus: 200, targetStatus: 400, condition: '{{data.ok == false}}', message: '{{data.why}}' }] }`,
      ),
    )
    await expect(
      run((_, response) => json(response, { ok: false, why: 'soft' }), soft),
    ).rejects.toMatchObject({ code: 'provider/refused', status: 400, providerMessage: 'soft' })
    await provider?.close()
    const missing = await connector(
      get('{ url: /x, method: get, customErrors: [{ receivedStatus: 404, targetStatus: 200 }] }'),
    )
    expect((await run((_, response) => json(response, { gone: true }, 404), missing)).data).toEqual({
      gone: true,
    })
  })

  test('in XML is parsed, attributes marked', async () => {
    const plan = await connector(get('{ url: /x, method: get, response: { dataKey: list.item } }'))
    const answer = (_: unknown, response: import('node:http').ServerResponse) =>
      void response
        .writeHead(200, { 'content-type': 'application/xml' })
        .end('<list><item id="1">A</item></list>')
    expect((await run(answer, plan)).data).toEqual({ '@_id': '1', '#text': 'A' })
  })
})

describe('a step', () => {
  const second = `
- stepId: next
  description: d
  stepFunction: { functionName: static_values, parameters: { values: { ok: $.steps.get.successful, skipped: $.steps.get.skipped } } }`

  test('is skipped where its condition does not hold', async () => {
    const plan = await connector(
      get('{ url: /x, method: get }', `  condition: '{{inputs.go == true}}'\n`) + second,
      '$.steps.next.output.data',
    )
    expect((await run((_, response) => json(response, {}), plan)).data).toEqual({ ok: true, skipped: true })
    expect(provider?.seen).toEqual([])
  })

  test('that fails ends the run with its place, unless its error is ignored', async () => {
    const failing = (_: unknown, response: import('node:http').ServerResponse) =>
      json(response, { message: 'no' }, 422)
    await expect(
      run(failing, await connector(get('{ url: /x, method: get }') + second)),
    ).rejects.toMatchObject({ code: 'provider/refused', step: 'get', action: 't_act' })
    await provider?.close()
    const plan = await connector(
      get('{ url: /x, method: get }', '  ignoreError: true\n') + second,
      '$.steps.next.output.data',
    )
    const { data, meta } = await run(failing, plan)
    expect(data).toEqual({ ok: false, skipped: false })
    expect(meta.warnings).toEqual([expect.stringContaining('"get" failed')])
  })

  test('succeeds by its success criteria', async () => {
    const plan = await connector(
      get('{ url: /x, method: get }', `  successCriteria: '{{steps.get.output.data.state == "done"}}'\n`),
    )
    expect((await run((_, response) => json(response, { state: 'done' }), plan)).data).toEqual({
      state: 'done',
    })
    await provider?.close()
    await expect(run((_, response) => json(response, { state: 'open' }), plan)).rejects.toMatchObject({
      code: 'step/failed',
      step: 'get',
    })
  })

  test('with an iterator runs for each item in order', async () => {
    const plan = await connector(
      get("{ url: '/x/${iterator.item}', method: get }", '  iterator: $.inputs.ids\n'),
      '$.steps.get.output.data',
      '[{ name: ids, type: string, array: true, in: body, required: true, description: ids }]',
    )
    const { data } = await run(({ path }, response) => json(response, { path }), plan, {
      inputs: { ids: ['a', 'b/c'] },
    })
    expect(data).toEqual([{ path: '/v1/x/a' }, { path: '/v1/x/b%2Fc' }])
  })
})

test('a parameter without effect is said to have none', async () => {
  const plan = await connector(get('{ url: /x, method: delete, cacheTTL: 5 }'))
  const { diagnostics } = await loadConnector(plan.file)
  expect(diagnostics).toMatchObject([
    {
      code: 'step/unsupported',
      severity: 'warning',
      message: expect.stringContaining('cacheTTL'),
      location: { range: { start: { line: 18 } } },
    },
  ])
})

describe('paginated_request', () => {
  const paged = (iterator: string, response = 'dataKey: rows, nextKey: next') =>
    connector(
      `- stepId: get\n  description: d\n  stepFunction:\n    functionName: paginated_request\n    parameters: { url: /x, method: get, response: { ${response} }, iterator: ${iterator} }`,
    )
  const tokens: Parameters<typeof startProvider>[0] = ({ query }, response) => {
    const page = query['token'] === undefined ? 1 : Number(query['token'].slice(1))
    json(response, {
      rows: [0, 1, 2].map((index) => (page - 1) * 3 + index),
      next: page < 3 ? `p${page + 1}` : null,
    })
  }

  test.each([
    [2, [0, 1]],
    [3, [0, 1, 2]],
    [4, [0, 1, 2, 3]],
    [25, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ])('gives %i rows at most, however the provider pages', async (page_size, rows) => {
    expect(
      (await run(tokens, await paged('{ key: token, in: query }'), { inputs: { page_size } })).data,
    ).toEqual(rows)
  })

  test.each([1, 2, 4, 5])('carried on by next in pages of %i it gives every row once', async (page_size) => {
    const plan = await paged('{ key: token, in: query }')
    provider = await startProvider(tokens)
    const rows = await Array.fromAsync(
      iterateAction(plan, 'act', { origin: provider.origin, inputs: { page_size } }),
    )
    expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  test.each([
    ['offset', '{ key: offset, in: query, mode: offset }', 'offset', ['0', '3', '6', '8']],
    ['page', '{ key: page, in: query, mode: page }', 'page', ['1', '2', '3', '4']],
  ])('counts by %s and ends at an empty page', async (mode, iterator, key, asked) => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7]
    const answer: Parameters<typeof startProvider>[0] = ({ query }, response) => {
      const first = mode === 'offset' ? Number(query['offset']) : (Number(query['page']) - 1) * 3
      json(response, { rows: all.slice(first, first + 3) })
    }
    expect((await run(answer, await paged(iterator, 'dataKey: rows'))).data).toEqual(all)
    expect(provider?.seen.map(({ query }) => query[key])).toEqual(asked)
  })

  test('whose provider names the same page again ends in a coded error', async () => {
    const error: unknown = await run(
      (_, response) => json(response, { rows: [1], next: 'same' }),
      await paged('{ key: token, in: query }'),
    ).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(MainspringError)
    expect(error).toMatchObject({ code: 'paging/no-progress' })
  })
})

test.each([
  ['cursor', '{ style: cursor, cursorParam: cursor, nextCursor: next }'],
  ['page', '{ style: page, pageParam: page }'],
  ['link', '{ style: link }'],
])('x-mainspring paging by %s reads every row over real sockets', async (_, paging) => {
  const plan = await connector(
    `${get('{ url: /x, method: get }')}\n  x-mainspring: { paging: ${paging}, response: { rows: [rows] } }`,
  )
  provider = await startProvider(({ query }, response) => {
    const page = Number(query['cursor'] ?? query['page'] ?? query['p'] ?? 1)
    const rows = page > 3 ? [] : [{ id: page * 2 }, { id: page * 2 + 1 }]
    json(
      response,
      { rows, next: page < 3 ? page + 1 : null },
      200,
      page < 3 ? { link: `</v1/x?p=${page + 1}>; rel="next"` } : {},
    )
  })
  const rows = await Array.fromAsync(iterateAction(plan, 'act', { origin: provider.origin }))
  expect(rows).toEqual([2, 3, 4, 5, 6, 7].map((id) => ({ id })))
})

test('a link to another origin is not followed', async () => {
  const plan = await connector(
    `${get('{ url: /x, method: get }')}\n  x-mainspring: { paging: { style: link }, response: { rows: [rows] } }`,
  )
  await expect(
    run(
      (_, response) =>
        json(response, { rows: [{ id: 1 }] }, 200, { link: '<https://evil.test/x>; rel="next"' }),
      plan,
    ),
  ).rejects.toMatchObject({ code: 'provider/redirected' })
})
