import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

let hub: LinkedHub

beforeAll(async () => {
  hub = await startLinkedHub()
})
afterAll(() => hub.close())
beforeEach(() => hub.hub.services.policies.reset('default', 'agents', { kind: 'system' }))

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  hub.call('POST', path, { body, headers })

const info = { name: 'test', version: '1' }
const clients = {
  'the client of the first SDK': (url: URL) =>
    [
      new FirstClient(info),
      new FirstTransport(url, { requestInit: { headers: hub.authorization } }),
    ] as const,
  'the current client, by the newest revision': (url: URL) =>
    [
      new Client(info, { versionNegotiation: { mode: 'auto' } }),
      new StreamableHTTPClientTransport(url, { requestInit: { headers: hub.authorization } }),
    ] as const,
}

async function withClient<T>(
  name: keyof typeof clients,
  query: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const [client, transport] = clients[name](new URL(`${hub.url}/mcp${query}`))
  await client.connect(transport as never)
  try {
    return await work(client as Client)
  } finally {
    await client.close()
  }
}

describe.each(Object.keys(clients) as (keyof typeof clients)[])('%s', (name) => {
  test('lists, runs, pages and fails over HTTP', async () => {
    await withClient(name, `?x-account-id=${hub.accountId}`, async (client) => {
      const { tools } = await client.listTools()
      expect(tools.find(({ name }) => name === 'clockwork_list_people')).toMatchObject({
        inputSchema: { type: 'object', properties: { query: { type: 'object' } } },
        annotations: { readOnlyHint: true },
      })
      const page = async (cursor?: string) => {
        const query = { page_size: 4, ...(cursor === undefined ? {} : { cursor }) }
        const result = await client.callTool({ name: 'clockwork_list_people', arguments: { query } })
        return result.structuredContent as { data: { id: string }[]; next: string }
      }
      const first = await page()
      const second = await page(first.next)
      expect([...first.data, ...second.data].map(({ id }) => id)).toHaveLength(8)
      expect(second.data[0]?.id).not.toBe(first.data[0]?.id)
      const failed = await client.callTool({
        name: 'clockwork_list_person_notes',
        arguments: { path: { person_id: 'nobody' } },
      })
      expect(failed).toMatchObject({ isError: true })
      expect(JSON.stringify(failed.content)).toContain('provider/not-found')
    })
  })

  test('finds and runs actions by two tools in search mode', async () => {
    await withClient(
      name,
      `?account_id=${hub.accountId}&tool-mode=search_execute&param-style=flat_smart`,
      async (client) => {
        const { tools } = await client.listTools()
        expect(tools.map(({ name }) => name)).toEqual([
          'clockwork_search_actions',
          'clockwork_execute_action',
        ])
        const run = await client.callTool({
          name: 'clockwork_execute_action',
          arguments: { action: 'clockwork_list_people', arguments: { page_size: 1 } },
        })
        expect(run.structuredContent).toMatchObject({ data: [expect.any(Object)] })
      },
    )
  })
})

describe('on the wire', () => {
  test.each([
    ['no account', '/mcp', {}, 400, 'hub/account-missing'],
    ['another account', '/mcp?account_id=acc_nobody', {}, 404, 'hub/account-unknown'],
    ['a bad key', '/mcp?account_id=x', { authorization: 'Basic YmFkOg==' }, 401, 'hub/unauthenticated'],
    ['a foreign page', '/mcp?account_id=x', { origin: 'https://evil.example' }, 403, 'hub/forbidden'],
    ['a mode that is none', '/mcp?account_id=x&tool-mode=all', {}, 400, 'hub/invalid-request'],
  ])('%s is refused', async (_, path, headers, status, code) => {
    expect(await post(path, initialize, headers as Record<string, string>)).toMatchObject({
      status,
      body: { statusCode: status, code },
    })
  })

  test('JSON alone is answered to a client that takes nothing else; GET has nothing to give', async () => {
    const headers = { 'x-account-id': hub.accountId, accept: 'application/json' }
    const answer = await post('/mcp', initialize, headers)
    expect(answer).toMatchObject({ status: 200, body: { result: { protocolVersion: '2025-11-25' } } })
    expect((await hub.call('GET', '/mcp', { headers })).status).toBe(405)
    const notified = await post('/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' }, headers)
    expect(notified.status).toBe(202)
  })
})

describe('policies', () => {
  const call = (name: string, given: object) =>
    post(
      '/mcp',
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: given } },
      { 'x-account-id': hub.accountId },
    )
  const list = async () => {
    const { body } = await post(
      '/mcp',
      { jsonrpc: '2.0', id: 3, method: 'tools/list', params: {} },
      { 'x-account-id': hub.accountId },
    )
    return (body['result'] as { tools: { name: string }[] }).tools.map(({ name }) => name)
  }

  test('preview actions are not offered, and an agent may not write past the actions', async () => {
    expect(await list()).not.toContain('clockwork_get_person')
    const before = hub.sandbox.requests.length
    const answer = await call('clockwork_request', { path: { path: '/people' }, body: { method: 'post' } })
    expect(answer.text).toContain('policy/write-not-allowed')
    expect(hub.sandbox.requests).toHaveLength(before)
  })

  test('what agents are denied is gone from the list and refused at execution, for agents alone', async () => {
    await hub.call('PUT', '/policies/agents', { body: { read_only: true } })
    expect(await list()).not.toContain('clockwork_create_person')
    expect(await list()).toContain('clockwork_list_people')
    expect((await call('clockwork_create_person', { body: { name: 'A' } })).body).toMatchObject({
      error: { message: expect.stringContaining('clockwork_create_person') },
    })
    expect((await hub.rpc('clockwork_create_person', { body: { name: 'A' } })).status).toBe(200)
  })
})
