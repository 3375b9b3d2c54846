import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { compileExpression, explainAction, runAction } from '../../src/index.ts'
import { runCli } from '../cli/run-cli.ts'
import { oneAction, planOf, requestStep } from '../contract/plan-of.ts'
import { type FakeProvider, startProvider } from '../engine/fake-provider.ts'
import { testApiKey } from '../hub/start-hub.ts'
import { thrownBy } from '../transport/requests.ts'

// An id of sixteen digits and more, from each door to the provider and back: no digit of it changes.
const large = '9007199254740993'
const larger = '-123456789012345678901234567890'

const inputs =
  '[{ name: id, type: number, required: false, description: i, in: body }, { name: doc, type: object, required: false, description: d, in: body }, { name: ids, type: number, array: true, required: false, description: l, in: body }]'
const step = (functionName: string, more = '') =>
  requestStep(
    `{ url: "/x/\${inputs.id}", method: post${more}, args: [{ name: id, in: query, value: "$.inputs.id", condition: "{{present(inputs.id)}}" }, { name: x-id, in: headers, value: "$.inputs.id", condition: "{{present(inputs.id)}}" }, { name: id, in: body, value: "$.inputs.id" }, { name: doc, in: body, value: "$.inputs.doc" }, { name: ids, in: body, value: "$.inputs.ids" }] }`,
  ).replace('request,', `${functionName},`)
const connector = oneAction({
  inputs,
  steps: step('request'),
  result: '{ data: { sent: "$.inputs.id", answered: "$.steps.get.output.data.id" } }',
})
const plan = planOf(connector)
const form = planOf(
  oneAction({
    inputs,
    steps: requestStep(
      '{ url: /x, method: post, args: [{ name: content-type, in: headers, value: application/x-www-form-urlencoded }, { name: id, in: body, value: "$.inputs.id" }, { name: doc, in: body, value: "$.inputs.doc" }] }',
    ),
  }),
)

const folder = mkdtempSync(join(tmpdir(), 'mainspring-integers-'))
let provider: FakeProvider
let hub: Hub
let accountId = ''
beforeAll(async () => {
  provider = await startProvider((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":${large}}`),
  )
  writeFileSync(join(folder, 'acme.connector.s1.yaml'), connector)
  writeFileSync(join(folder, 'acme.json'), '{"secret":"s"}')
  writeFileSync(join(folder, 'inputs.json'), `{"id":${large},"doc":{"a":[${larger}]},"ids":[${large}]}`)
  hub = await createHub({
    connectors: folder,
    apiKey: testApiKey,
    integrations: [{ connector: 'acme', environment: 'production', origin: provider.origin }],
  })
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner: { id: 'o', name: 'o' }, actor: { kind: 'system' } },
    { integrationId: 'acme.key.production', values: { secret: 's' } },
  )
  accountId = linked.linked ? linked.account.id : ''
})
beforeEach(() => {
  provider.seen.length = 0
})
afterAll(async () => {
  await hub.close()
  await provider.close()
  rmSync(folder, { recursive: true })
})

const seen = () => provider.seen.map(({ target, headers, body }) => [target, headers['x-id'], body])
const sentExactly = [
  [`/v1/x/${large}?id=${large}`, large, `{"id":${large},"doc":{"a":[${larger}]},"ids":[${large}]}`],
]
/** Results are JSON everywhere, so that a large integer in them is a text. */
const data = { sent: large, answered: large }

test('a bigint of a program', async () => {
  const given = { id: BigInt(large), doc: { a: [BigInt(larger)] }, ids: [BigInt(large)] }
  const options = { inputs: given, origin: provider.origin }
  expect((await runAction(plan, 'act', options)).data).toEqual(data)
  expect(seen()).toEqual(sentExactly)
  const [request] = explainAction(plan, 'act', options).requests
  expect(request?.bodyText).toBe(sentExactly[0]?.[2])
})

test('in a form', async () => {
  const given = { id: BigInt(large), doc: { a: [BigInt(larger)] } }
  await runAction(form, 'act', { inputs: given, origin: provider.origin })
  expect(provider.seen[0]?.body).toBe(`id=${large}&doc[a][]=${larger}`)
})

test('to a tool of another server, and back from it', async () => {
  const bodies: string[] = []
  const server = await startProvider(({ body, method }, response) => {
    if (method !== 'POST') return void response.writeHead(405).end()
    const { id, method: called } = JSON.parse(body)
    if (id === undefined) return void response.writeHead(202).end()
    bodies.push(body)
    const result =
      called === 'tools/call'
        ? `{"content":[],"structuredContent":{"id":${large}}}`
        : '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}'
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`)
  })
  const tool = planOf(
    oneAction({
      inputs,
      steps:
        '- stepId: get\n  description: Calls.\n  stepFunction: { functionName: mcp_request, parameters: { url: /mcp, method: tools/call, toolName: t, args: [{ name: id, value: "$.inputs.id" }] } }',
    }),
  )
  try {
    const { data: got } = await runAction(tool, 'act', {
      inputs: { id: BigInt(large) },
      origin: server.origin,
    })
    expect(got).toEqual({ id: large })
    expect(bodies.at(-1)).toContain(`"arguments":{"id":${large}}`)
  } finally {
    await server.close()
  }
})

test('beside the cursor of a listing, which tells one id from its neighbour', async () => {
  const pages = await startProvider((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"rows":[{"id":1}],"next":"n"}'),
  )
  const listing = planOf(
    oneAction({
      actionType: 'list',
      inputs:
        '[{ name: team, type: number, required: false, description: t }, { name: cursor, type: string, required: false, description: c }]',
      steps: requestStep(
        '{ url: /x, method: get, args: [{ name: team, in: query, value: "$.inputs.team" }] }',
        '  x-mainspring: { paging: { style: cursor, cursorParam: c, nextCursor: next }, response: { rows: [rows] } }\n',
      ),
    }),
  )
  const page = (team: bigint, cursor?: string) =>
    runAction(listing, 'act', { inputs: { team, ...(cursor && { cursor }) }, origin: pages.origin })
  try {
    const { next } = await page(BigInt(large))
    expect(next).toBeDefined()
    await expect(page(BigInt(large) - 1n, next)).rejects.toMatchObject({ code: 'input/cursor' })
    await expect(page(BigInt(large), next)).rejects.toMatchObject({ code: 'paging/repeated-page' })
  } finally {
    await pages.close()
  }
})

test.each([
  ['{{id + 1}}', 9007199254740992 + 1],
  ['{{1 + id}}', 9007199254740992 + 1],
  ['{{id - 1}}', 9007199254740991],
  ['{{"#" + id}}', `#${large}`],
  [`#\${id}`, `#${large}`],
  ['{{id > 5 && id == id}}', true],
  ['$.rows[?(@.id + 1 > 5)].name', 'a'],
])('in an expression: %s', (text, expected) => {
  const context = { id: BigInt(large), rows: [{ id: BigInt(large), name: 'a' }] }
  expect(compileExpression(text).evaluate(context)).toEqual(expected)
})

describe('the command line', () => {
  const run = (...given: string[]) =>
    runCli([
      'run',
      'acme_act',
      ...['--connectors', folder, '--credentials', join(folder, 'acme.json')],
      ...['--origin', provider.origin, '--json', ...given],
    ])

  test('by --input', async () => {
    const texts = [`id=${large}`, `doc={"a":[${larger}]}`, `ids=[${large}]`]
    const { stdout } = await run(...texts.flatMap((text) => ['--input', text]))
    expect(JSON.parse(stdout)).toEqual({ data, next: null })
    expect(seen()).toEqual(sentExactly)
  })

  test('by --inputs', async () => {
    const { stdout } = await run('--inputs', join(folder, 'inputs.json'))
    expect(JSON.parse(stdout)).toEqual({ data, next: null })
    expect(seen()).toEqual(sentExactly)
  })

  test.each(['NaN', 'Infinity', '-Infinity', '1e999', '-1e999'])('refuses %s', async (text) => {
    for (const given of [`id=${text}`, `doc={"a":${text}}`, `ids=[${text}]`]) {
      const { exit, stderr } = await run('--input', given)
      expect([exit, JSON.parse(stderr).error.code]).toEqual([1, 'input/invalid'])
    }
    expect(seen()).toEqual([])
  })

  test('explain shows the number, and not a text', async () => {
    const { stdout } = await runCli([
      ...['explain', 'acme_act', '--connectors', folder, '--input', `id=${large}`],
    ])
    expect(stdout).toContain(`"id": ${large}`)
  })
})

describe('the hub', () => {
  const authorization = `Basic ${Buffer.from(`${testApiKey}:`).toString('base64')}`
  const post = (url: string, payload: string, more: Readonly<Record<string, string>> = {}) =>
    hub.app.inject({
      method: 'POST',
      url,
      headers: { authorization, 'x-account-id': accountId, 'content-type': 'application/json', ...more },
      payload,
    })
  const body = (id: string) => `{"id":${id},"doc":{"a":[${larger}]},"ids":[${large}]}`

  test('by an RPC call, also one that is repeated under its key', async () => {
    const payload = `{"action":"acme_act","body":${body(large)}}`
    const first = await post('/actions/rpc', payload, { 'idempotency-key': 'k' })
    expect([first.statusCode, first.json()]).toEqual([200, { data, next: null }])
    expect((await post('/actions/rpc', payload, { 'idempotency-key': 'k' })).json()).toEqual(first.json())
    // Another id that a double would round to the same is another call.
    const other = payload.replace(large, '9007199254740992')
    const conflict = await post('/actions/rpc', other, { 'idempotency-key': 'k' })
    expect(conflict.json()).toMatchObject({ code: 'hub/idempotency-conflict' })
    expect(seen()).toEqual(sentExactly)
  })

  test('by a tool of an agent', async () => {
    const answer = await post(
      '/mcp',
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"acme_act","arguments":{"body":${body(large)}}}}`,
      { accept: 'application/json, text/event-stream' },
    )
    expect(answer.body).toContain(JSON.stringify(JSON.stringify({ data })).slice(1, -1))
    expect(seen()).toEqual(sentExactly)
  })

  test.each(['NaN', 'Infinity', '1e999'])('refuses %s', async (number) => {
    const answer = await post('/actions/rpc', `{"action":"acme_act","body":${body(number)}}`)
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({ code: number === '1e999' ? 'input/invalid' : 'hub/invalid-request' }),
    ])
    expect(seen()).toEqual([])
  })

  test('an id of a message that no double holds is refused, not rounded', async () => {
    const answer = await post('/mcp', `{"jsonrpc":"2.0","id":${large},"method":"tools/list"}`, {
      accept: 'application/json, text/event-stream',
    })
    expect(answer.json()).toMatchObject({ id: null, error: { code: -32_600 } })
  })

  test('and where an integer was expected, a large one is no integer', async () => {
    const answer = await post('/actions/search', `{"query":"x","top_k":${large}}`)
    expect(answer.json()).toMatchObject({ code: 'hub/invalid-request' })
  })
})

test('a tool of an agent over standard input', async () => {
  const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"acme_act","arguments":{"id":${large},"doc":{"a":[${larger}]},"ids":[${large}]}}}\n`
  const options = ['--connectors', folder, '--credentials', join(folder, 'acme.json')]
  const { stdout } = await runCli(['mcp', 'acme', ...options, '--origin', provider.origin], { stdin: call })
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { structuredContent: { data } } })
  expect(seen()).toEqual(sentExactly)
})

describe('a program that hands over', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]

  test.each<[string, unknown]>([
    ['NaN', { a: Number.NaN }],
    ['an infinite number', { a: [Number.POSITIVE_INFINITY] }],
    ['a circle', circle],
    ['what nests deeper than a stack bears', { deep }],
  ])('%s is told so, and nothing is sent', async (_what, doc) => {
    const error = await thrownBy(runAction(plan, 'act', { inputs: { doc }, origin: provider.origin }))
    expect(error).toMatchObject({ code: 'input/invalid', problems: [{ name: 'doc' }] })
    expect(seen()).toEqual([])
  })
})
