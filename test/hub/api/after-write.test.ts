import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHub, type Hub } from '../../../src/hub/index.ts'
import { testApiKey } from '../start-hub.ts'

const step = (id: string, method: string, url: string) => `
      - stepId: ${id}
        description: ${id}
        stepFunction:
          functionName: request
          parameters: { url: ${url}, method: ${method} }`
const action = (id: string, first: string) => `
  - actionId: ${id}
    label: ${id}
    description: Two requests, of which the second one is refused.
    categories: [ats]
    actionType: ${first === 'get' ? 'get' : 'create'}
    steps:${step('first', first, '/people')}${step('second', 'get', '/limited')}
    result: { data: $.steps.second.output.data }`
const definition = `StackOne: 1.0.0
info: { title: Pair, key: pair, version: 1.0.0, description: For a test }
baseUrl: https://api.example.com
authentication:
  - basic:
      type: custom
      label: Key
      configFields:
        - { key: apiKey, label: API Key, type: password, required: true, secret: true }
      environments:
        - { key: production, name: Production }
      authorization: { type: basic, username: $.credentials.apiKey, password: x }
actions:${action('read_twice', 'get')}${action('write_and_read', 'post')}
`
const written: string[] = []
const provider = createServer((request, response) => {
  request.resume()
  const limited = request.url === '/limited'
  if (request.method === 'POST') written.push(String(request.url))
  response.writeHead(limited ? 429 : 200, {
    'content-type': 'application/json',
    ...(limited ? { 'retry-after': '120' } : {}),
  })
  response.end('{"id":"1"}')
})
let folder: string
let hub: Hub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-pair-'))
  await writeFile(join(folder, 'pair.connector.s1.yaml'), definition)
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  hub = await createHub({
    connectors: folder,
    integrations: [{ connector: 'pair', environment: 'sandbox', origin }],
    apiKey: testApiKey,
  })
})
afterAll(async () => {
  await hub.close()
  provider.close()
  await rm(folder, { recursive: true })
})

/** With an account of its own: a limit pauses the account that met it. */
async function run(actionId: string) {
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner: { id: actionId, name: 'O' }, actor: { kind: 'system' } },
    { integrationId: 'pair.basic.sandbox', values: { apiKey: actionId } },
  )
  if (!linked.linked) throw new Error(linked.failure.headline)
  return hub.app.inject({
    method: 'POST',
    url: '/actions/rpc',
    headers: { authorization: `Bearer ${testApiKey}`, 'x-account-id': linked.account.id },
    payload: { action: actionId },
  })
}

test('a limit that is met before anything was written is answered so that the call is repeated', async () => {
  const answer = await run('pair_read_twice')
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '120'])
  expect(written).toEqual([])
})

test('the same limit after a write is not: clients would write again by themselves', async () => {
  const answer = await run('pair_write_and_read')
  expect(written).toEqual(['/people'])
  expect(answer.statusCode).toBe(502)
  expect(answer.json()).toMatchObject({ code: 'provider/rate-limited' })
})
