import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ConnectorPlan, compileConnector, loadConnector, runAction } from '../../src/index.ts'

// One input `v` holds the values, so that one connector serves all properties.
const definition = `StackOne: 1.0.0
info: { title: T, key: t, version: 1.0.0, description: d }
baseUrl: https://api.example.com/v1
authentication:
  - none: { type: custom, label: None, authorization: { type: none }, environments: [{ key: production, name: P }] }
actions:
${[
  action(
    'query',
    'get',
    `
      - { name: scalar, value: $.inputs.v.scalar, in: query }
      - { name: missing, value: $.inputs.v.missing, in: query }
      - { name: twice, value: $.inputs.v.scalar, in: query, arrayFormat: repeat }
      - { name: twice, value: $.inputs.v.other, in: query, arrayFormat: repeat }
      - { name: indexed, value: $.inputs.v.list, in: query }
      - { name: repeat, value: $.inputs.v.list, in: query, arrayFormat: repeat }
      - { name: brackets, value: $.inputs.v.list, in: query, arrayFormat: brackets }
      - { name: comma, value: $.inputs.v.list, in: query, arrayFormat: comma }
      - { name: stringify, value: $.inputs.v.list, in: query, arrayFormat: stringify }`,
  ),
  action(
    'headers',
    'get',
    `
      - { name: X-Value, value: $.inputs.v.value, in: headers }
      - { name: X-Missing, value: $.inputs.v.missing, in: headers }
      - { name: X-Twice, value: first, in: headers }
      - { name: x-twice, value: $.inputs.v.value, in: headers }`,
  ),
  action(
    'body',
    'post',
    `
      - { name: value, value: $.inputs.v.value, in: body }
      - { name: missing, value: $.inputs.v.missing, in: body }
      - { name: deep, value: { in: [$.inputs.v.value] }, in: body }
      - { name: twice, value: $.inputs.v.first, in: body }
      - { name: twice, value: $.inputs.v.second, in: body }`,
  ),
  action('spread', 'post', `[{ name: any, value: $.inputs.v.value, in: body, spread: true }]`),
  action(
    'form',
    'post',
    `
      - { name: Content-Type, value: application/x-www-form-urlencoded, in: headers }
      - { name: scalar, value: $.inputs.v.scalar, in: body }
      - { name: list, value: $.inputs.v.list, in: body }`,
  ),
  action('path', 'get', '[]', `/p/\${inputs.v.segment}/end`),
  action('inline', 'post', `[{ name: raw, value: $.inputs.v.text, in: body, inline: true }]`),
].join('')}`

function action(id: string, method: string, args: string, url = '/x'): string {
  return `  - actionId: ${id}
    label: L
    description: Acts.
    categories: [ats]
    actionType: custom
    inputs: [{ name: v, type: object, in: body, required: true, description: d }]
    steps:
      - stepId: call
        description: d
        stepFunction: { functionName: request, parameters: { url: '${url}', method: ${method}, args: ${args.startsWith('[') ? args : `[${args.trim().replace(/^ *- /gm, '').split('\n').join(', ')}]`} } }
    result: { data: $.steps.call.output.data }
`
}

interface Arrived {
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

let server: Server
let origin: string
let plan: ConnectorPlan
let folder: string
let arrived: Arrived[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [path = '', query] = (request.url ?? '').split('?')
      const pairs = query === undefined ? [] : query.split('&').map((pair) => pair.split('='))
      arrived.push({
        path,
        query: pairs.map(([name = '', value = '']) => [decodeURIComponent(name), decodeURIComponent(value)]),
        headers: new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(chunks).toString(),
      })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = await mkdtemp(join(tmpdir(), 'mainspring-placing-'))
  await writeFile(join(folder, 't.connector.s1.yaml'), definition)
  const { model, diagnostics } = await loadConnector(folder)
  if (model === null) throw new Error(JSON.stringify(diagnostics))
  plan = compileConnector(model)
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

async function send(id: string, v: Readonly<Record<string, unknown>>): Promise<Arrived> {
  arrived = []
  await runAction(plan, id, { origin, inputs: { v } })
  const [one] = arrived
  if (one === undefined || arrived.length > 1) throw new Error(`${arrived.length} requests arrived`)
  return one
}

const values = ({ query }: Arrived, name: string) =>
  query.filter(([key]) => key === name).map(([, value]) => value)

// Characters that mean something somewhere on the way, among all others.
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'&=?#%+ /\\[]{},;:@"\'<>.~\n\t'),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  ),
  maxLength: 12,
})
const scalar = fc.oneof(text, fc.constantFrom(false, true, 0, -1, 1.5, '', null), fc.integer())
const list = fc.array(scalar, { maxLength: 4 })
const json = fc.jsonValue({ maxDepth: 3 })
const runs = { numRuns: 60 }

describe('every value arrives as it was given', () => {
  test('in a query, in each format of a list; what is missing is left out', async () => {
    await fc.assert(
      fc.asyncProperty(scalar, scalar, list, async (one, other, items) => {
        const seen = await send('query', { scalar: one, other, list: items })
        const texts = items.map(String)
        expect(values(seen, 'scalar')).toEqual([String(one)])
        expect(values(seen, 'missing')).toEqual([])
        expect(values(seen, 'twice')).toEqual([String(one), String(other)])
        expect(texts.flatMap((_, index) => values(seen, `indexed[${index}]`))).toEqual(texts)
        expect(values(seen, 'repeat')).toEqual(texts)
        expect(values(seen, 'brackets[]')).toEqual(texts)
        expect(values(seen, 'comma')).toEqual([texts.join(',')])
        expect(values(seen, 'stringify')).toEqual([JSON.stringify(texts)])
        expect(seen.query).toHaveLength(5 + 3 * texts.length)
      }),
      runs,
    )
  })

  test('in a header, where the last of a name wins; or is refused before anything is sent', async () => {
    const headerText = fc.string({
      unit: fc.integer({ min: 0, max: 0x120 }).map((code) => String.fromCharCode(code)),
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(headerText, scalar), async (value) => {
        const sendable = /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value))
        if (!sendable) {
          await expect(send('headers', { value })).rejects.toMatchObject({ code: 'input/invalid' })
          expect(arrived).toEqual([])
          return
        }
        const { headers } = await send('headers', { value })
        // HTTP takes white space around a value for none of it.
        const trimmed = String(value).replace(/^[\t ]+|[\t ]+$/g, '')
        expect([headers.get('x-value'), headers.get('x-twice')]).toEqual([trimmed, trimmed])
        expect(headers.has('x-missing')).toBe(false)
      }),
      runs,
    )
  })

  test('in a body of JSON, at any depth', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const { body } = await send('body', { value })
        const plain = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(body)).toEqual({ value: plain, deep: { in: [plain] } })
      }),
      runs,
    )
  })

  test('twice under one name of the body: objects merge, lists join, else the last wins', async () => {
    await fc.assert(
      fc.asyncProperty(json, json, async (first, second) => {
        const { body } = await send('body', { value: 0, first, second })
        const [a, b] = JSON.parse(JSON.stringify([first, second]))
        const expected =
          isObject(a) && isObject(b)
            ? { ...a, ...b }
            : Array.isArray(a) && Array.isArray(b)
              ? [...a, ...b]
              : b
        expect(JSON.parse(body).twice).toEqual(expected)
      }),
      runs,
    )
  })

  test('spread over the root of the body, or as the whole body where it is a list', async () => {
    const object = fc.dictionary(fc.string({ maxLength: 5 }), json, { maxKeys: 4 })
    await fc.assert(
      fc.asyncProperty(fc.oneof(object, fc.array(json, { maxLength: 3 })), async (value) => {
        const { body } = await send('spread', { value })
        const plain = JSON.parse(JSON.stringify(value))
        // An empty object is no payload.
        if (!Array.isArray(value) && Object.keys(value).length === 0) expect(body).toBe('')
        else expect(JSON.parse(body)).toEqual(plain)
      }),
      runs,
    )
  })

  test('in a form, null as empty', async () => {
    await fc.assert(
      fc.asyncProperty(scalar, list, async (one, items) => {
        const { body } = await send('form', { scalar: one, list: items })
        const textOf = (value: unknown) => (value === null ? '' : String(value))
        const fields = new URLSearchParams(body)
        expect(fields.getAll('scalar')).toEqual([textOf(one)])
        expect(fields.getAll('list[]')).toEqual(items.map(textOf))
      }),
      runs,
    )
  })

  test('as the raw text of an inline body', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect((await send('inline', { text: value })).body).toBe(value)
      }),
      runs,
    )
  })

  test('as one segment of the path; or is refused before anything is sent', async () => {
    const segment = fc.oneof(
      text,
      fc.constantFrom('.', '..', '%2e', '%2E.', '...', 'a/../b', '//host', '?x=1'),
    )
    await fc.assert(
      fc.asyncProperty(segment, async (value) => {
        if (['', '.', '..'].includes(value)) {
          await expect(send('path', { segment: value })).rejects.toMatchObject({ code: 'input/invalid' })
          expect(arrived).toEqual([])
          return
        }
        const { path, query } = await send('path', { segment: value })
        const segments = path.split('/').map(decodeURIComponent)
        expect(segments).toEqual(['', 'v1', 'p', value, 'end'])
        expect(query).toEqual([])
      }),
      runs,
    )
  })
})

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
