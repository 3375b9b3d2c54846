import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type RunOptions, runAction } from '../../src/index.ts'
import { oneAction, planOf, requestStep } from '../contract/plan-of.ts'
import { type FakeProvider, startProvider } from '../engine/fake-provider.ts'
import { thrownBy } from '../transport/requests.ts'

// What a provider may answer, over a real socket, and what becomes of it: each thing that cannot be taken has a code.
let provider: FakeProvider
let answer: (response: ServerResponse) => void
let timers: NodeJS.Timeout[] = []
beforeAll(async () => {
  provider = await startProvider((_request, response) => answer(response))
})
beforeEach(() => {
  for (const timer of timers) clearInterval(timer)
  timers = []
})
afterAll(async () => {
  for (const timer of timers) clearInterval(timer)
  await provider.close()
})

const plans = {
  record: planOf(
    oneAction({
      steps: requestStep('{ url: /x, method: get }', '  x-mainspring: { response: { record: [$] } }\n'),
    }),
  ),
  plain: planOf(oneAction({ steps: requestStep('{ url: /x, method: get }') })),
  graphql: planOf(
    oneAction({
      steps: requestStep('{ url: /x, method: get }', '  x-mainspring: { response: { format: graphql } }\n'),
    }),
  ),
  write: planOf(oneAction({ steps: requestStep('{ url: /x, method: post }') })),
  exact: planOf(
    oneAction({ action: 'x-mainspring: { compat: exact }', steps: requestStep('{ url: /x, method: get }') }),
  ),
}

const call = (kind: keyof typeof plans, options: RunOptions = {}) =>
  runAction(plans[kind], 'act', { origin: provider.origin, limits: { maxAttempts: 1 }, ...options })
const send =
  (body: string | Buffer, headers: Readonly<Record<string, string>> = {}, status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)

const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
const kib = 1024

describe('an answer that cannot be taken is an error with a code', () => {
  test.each<[string, string, typeof answer, RunOptions?]>([
    ['cut within JSON', 'response/unreadable', send('{"id":1,"na')],
    [
      'cut on the wire',
      'response/unreadable',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
        response.write('{"id":', () => response.destroy())
      },
    ],
    ['empty', 'response/unreadable', send('')],
    [
      'a page where JSON was due',
      'response/unreadable',
      send('<h1>Hi</h1>', { 'content-type': 'text/html' }),
    ],
    ['a page called JSON', 'response/unreadable', send('<!doctype html><title>Proxy</title>')],
    ['NaN', 'response/unreadable', send('{"score":NaN}')],
    ['an infinite number', 'response/unreadable', send('{"score":-Infinity}')],
    ['bytes that are not UTF-8', 'response/unreadable', send(Buffer.from('{"name":"\xff\xfe"}', 'latin1'))],
    ['UTF-16 called UTF-8', 'response/unreadable', send(Buffer.from('{"a":1}', 'utf16le'))],
    [
      'an unknown charset',
      'response/unreadable',
      send('{}', { 'content-type': 'application/json; charset=klingon' }),
    ],
    ['an unknown compression', 'response/unreadable', send('{}', { 'content-encoding': 'sdch' })],
    ['damaged compression', 'response/unreadable', send('{}', { 'content-encoding': 'gzip' })],
    ['nested too deep', 'response/too-deep', send(nested(600))],
    ['nested very deep', 'response/too-deep', send(nested(300_000))],
    ['a key twice', 'response/duplicate-key', send('{"id":1,"id":2}')],
    ['a key twice, spelled otherwise', 'response/duplicate-key', send('{"id":1,"\\u0069d":2}')],
    ['a key twice, far within', 'response/duplicate-key', send('{"rows":[{"a":{"b":1,"b":1}}]}')],
    [
      'larger than allowed',
      'response/too-large',
      send(`{"a":"${'x'.repeat(200 * kib)}"}`),
      { limits: { maxBytes: 100 * kib, maxAttempts: 1 } },
    ],
    [
      'a decompression bomb',
      'response/too-large',
      send(gzipSync(Buffer.alloc(50 * kib * kib, 32)), { 'content-encoding': 'gzip' }),
      { limits: { maxBytes: kib * kib, maxAttempts: 1 } },
    ],
    [
      'a body that drips',
      'network/timeout',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        timers.push(setInterval(() => response.write(' '), 20))
      },
      { timeoutMs: 300 },
    ],
    ['a head that never comes', 'network/timeout', () => {}, { timeoutMs: 200 }],
    ['a list where a record was due', 'response/unexpected-shape', send('[1,2]')],
    ['a text where a record was due', 'response/unexpected-shape', send('"ok"')],
  ])('%s: %s', async (_what, code, give, ...more) => {
    answer = give
    const error = await thrownBy(call('record', more[0]))
    expect(error).toMatchObject({ code, step: 'get' })
    expect(error.cause).toBeUndefined()
  })

  test('an error within a 200, where the definition says how it looks', async () => {
    answer = send('{"data":null,"errors":[{"message":"no such field"}]}')
    expect(await thrownBy(call('graphql'))).toMatchObject({
      code: 'provider/refused',
      providerMessage: 'no such field',
    })
  })

  test.each(['{"id":1,"id":2}', '{"id":', nested(600)])(
    'and after a write its outcome is unknown: %.12s',
    async (body) => {
      answer = send(body)
      expect(await thrownBy(call('write'))).toMatchObject({ code: 'write/outcome-unknown', status: 200 })
    },
  )

  test('declared entities of XML are not expanded', async () => {
    answer = send('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', { 'content-type': 'application/xml' })
    expect(await thrownBy(call('plain'))).toMatchObject({ code: 'response/unreadable' })
  })
})

describe('numbers stay what the provider sent', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['1e999', '1e999'],
    ['1.5e300', 1.5e300],
    ['0.1', 0.1],
    ['"9007199254740993"', '9007199254740993'],
    ['1E2', 100],
  ])('%s', async (source, expected) => {
    answer = send(`{"rows":[{"id": ${source}, "note":"1234567890123456789: 1e999"}]}`)
    const { data } = await call('record')
    expect(data).toEqual({ rows: [{ id: expected, note: '1234567890123456789: 1e999' }] })
    // Command line, hub and MCP write results as JSON.
    expect(JSON.parse(JSON.stringify(data))).toEqual(data)
  })

  test('and in exact mode they are rounded, and the last of two keys counts, as in the original', async () => {
    answer = send('{"id":9007199254740993,"a":1,"a":2}')
    const { data } = await call('exact')
    expect(data).toEqual({ id: 9007199254740992, a: 2 })
  })
})

describe('names of an answer reach no prototype', () => {
  test.each(['plain', 'record'] as const)('%s', async (kind) => {
    answer = send('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"id":1}')
    const { data } = await call(kind)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
    expect(Object.keys(data as object)).toEqual(['__proto__', 'constructor', 'id'])
  })
})
