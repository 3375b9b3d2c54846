import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fastify, { type FastifyInstance } from 'fastify'
import { createHub, type Hub, hubPlugin } from '../../src/hub/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { clockworkSandbox, connectorsFolder, testApiKey } from './start-hub.ts'

let sandbox: Sandbox
let hub: Hub
let app: FastifyInstance
let accountId: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, people: 10 })
  hub = await createHub({
    connectors: connectorsFolder,
    integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }],
    apiKey: testApiKey,
    baseUrl: 'https://example.com/link',
  })
  const [firm] = sandbox.firms
  const result = await hub.services.linking.link(
    { projectId: 'default', owner: { id: 'o', name: 'O' }, actor: { kind: 'system' } },
    { integrationId: clockworkSandbox, values: { ...firm } },
  )
  if (!result.linked) throw new Error('Not linked')
  accountId = result.account.id
})
afterAll(async () => {
  await app.close()
  await sandbox.close()
})

test('the library runs an action without HTTP, with the account, the vault and the policies of the hub', async () => {
  const caller = {
    projectId: 'default',
    actor: { kind: 'system' },
    accountId: null,
    canWrite: true,
    agent: false,
  } as const
  const { data } = await hub.services.runs.run(caller, {
    accountId,
    action: 'clockwork_list_people',
    inputs: { page_size: 2 },
    source: 'rpc',
    requestId: 'mine',
  })
  expect(data).toHaveLength(2)
})

describe('within a server of somebody else', () => {
  const authorization = `Basic ${Buffer.from(`${testApiKey}:`).toString('base64')}`
  let url: string
  beforeAll(async () => {
    app = fastify()
    app.addHook('onRequest', async (_, reply) => {
      reply.header('x-mine', 'yes')
    })
    app.get('/mine', async () => ({ mine: true }))
    app.post('/mine', async ({ body }) => body)
    await app.register(hubPlugin, { hub, prefix: '/link' })
    url = await app.listen({ port: 0, host: '127.0.0.1' })
  })

  test('its own routes stay as they are', async () => {
    expect(await (await fetch(`${url}/mine`)).json()).toEqual({ mine: true })
    const posted = await fetch(`${url}/mine`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await posted.json()).toEqual({ a: 1 })
  })

  test('the hub answers under the prefix, bodies and refusals included', async () => {
    const call = (headers: object) =>
      fetch(`${url}/link/actions/rpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-account-id': accountId, ...headers },
        body: JSON.stringify({ action: 'clockwork_list_people', query: { page_size: 3 } }),
      })
    expect(await (await call({ authorization })).json()).toMatchObject({ data: { length: 3 } })
    const refused = await call({})
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ code: 'hub/unauthenticated' })
    expect((await fetch(`${url}/link/health`)).status).toBe(200)
  })

  test('links name the address that people use', async () => {
    const response = await fetch(`${url}/link/connect_sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ origin_owner_id: 'a', origin_owner_name: 'A' }),
    })
    expect(await response.json()).toMatchObject({
      auth_link_url: expect.stringMatching(/^https:\/\/example\.com\/link\/connect\//),
    })
  })
})
