import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { openCatalog } from '../../src/catalog/index.ts'
import { runAction } from '../../src/engine/index.ts'
import { createToolBox, type ToolHost } from '../../src/mcp/index.ts'
import type { ConnectorPlan } from '../../src/plan/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { repository } from '../cli/run-cli.ts'
import { serveHttp } from './serve-http.ts'

let connector: ConnectorPlan
let sandbox: Sandbox
let served: Awaited<ReturnType<typeof serveHttp>>

beforeAll(async () => {
  connector = await (await openCatalog(`${repository}/connectors`)).connector('clockwork')
  sandbox = await startSandbox({ port: 0, people: 60 })
  const host: ToolHost = {
    offered: connector.actions
      .filter(({ stage }) => stage !== 'preview')
      .map((action) => ({ connector, action })),
    allowWrites: false,
    run: (action, inputs, options) =>
      runAction(connector, action.id, {
        inputs,
        origin: sandbox.origin,
        credentials: { ...sandbox.firms[0] },
        ...options,
      }),
  }
  served = await serveHttp({
    info: { name: 'mainspring', version: '1.0.0' },
    instructions: 'Reads and writes a recruiting firm.',
    toolBox: createToolBox(host, 'individual', 'nested'),
    principal: 'test',
  })
})

afterAll(async () => {
  await served.close()
  await sandbox.close()
})

const info = { name: 'test', version: '1.0.0' }

const clients = {
  'the client of the first SDK': () => [new FirstClient(info), new FirstTransport(served.url)] as const,
  'the current client with the handshake': () =>
    [new Client(info), new StreamableHTTPClientTransport(served.url)] as const,
  'the current client with the revision of 2026-07-28': () =>
    [
      new Client(info, { versionNegotiation: { mode: 'auto' } }),
      new StreamableHTTPClientTransport(served.url),
    ] as const,
}

describe.each(Object.keys(clients) as (keyof typeof clients)[])('%s', (name) => {
  let client: Client
  // The first SDK takes a schema of the result before the options.
  const call = (params: { name: string; arguments: Record<string, unknown> }, options: object) =>
    name === 'the client of the first SDK'
      ? (client as unknown as FirstClient).callTool(params, undefined, options)
      : client.callTool(params, options)

  beforeEach(async () => {
    served.seen.length = 0
    const [made, transport] = clients[name]()
    client = made as Client
    await client.connect(transport as StreamableHTTPClientTransport)
  })

  afterEach(() => client.close())

  test('connects, learns who serves it, and finds a tool an action', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'mainspring', version: '1.0.0' })
    const { tools } = await client.listTools()
    expect(tools).toHaveLength(27)
    expect(tools.find((tool) => tool.name === 'clockwork_delete_webhook')).toMatchObject({
      title: 'Delete Webhook',
      inputSchema: {
        type: 'object',
        properties: { path: { type: 'object', properties: { webhook_id: { type: 'string' } } } },
        required: ['path'],
      },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
    })
    expect(served.seen.every(({ contentType }) => contentType !== 'text/event-stream')).toBe(true)
  })

  test('calls a tool and gets structured data, then the next page', async () => {
    const first = await client.callTool({
      name: 'clockwork_list_people',
      arguments: { query: { page_size: 2 } },
    })
    const { data, next } = first.structuredContent as { data: { id: string }[]; next: string }
    expect(data).toHaveLength(2)
    expect(JSON.parse((first.content as { text: string }[])[0]?.text ?? '')).toEqual({ data, next })
    const second = await client.callTool({
      name: 'clockwork_list_people',
      arguments: { query: { page_size: 2, cursor: next } },
    })
    const ids = (second.structuredContent as { data: { id: string }[] }).data.map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(data.some(({ id }) => ids.includes(id))).toBe(false)
  })

  test('is told what was wrong with a call, and what to do', async () => {
    const wrong = await client.callTool({
      name: 'clockwork_create_person',
      arguments: { body: { nmae: 'Ines', do_not_contact: 'no' } },
    })
    expect(wrong.isError).toBe(true)
    const [content] = wrong.content as { text: string }[]
    expect(content?.text).toMatch(/nmae/)
    expect(content?.text).toMatch(/name/)
    expect(content?.text).toMatch(/do_not_contact/)
    expect(content?.text).toMatch(/What to do: /)
    await expect(client.callTool({ name: 'clockwork_nothing', arguments: {} })).rejects.toThrow(
      /There is no tool "clockwork_nothing"/,
    )
  })

  test('receives progress before the result', async () => {
    const progress: unknown[] = []
    const result = await call(
      { name: 'clockwork_list_tags', arguments: { query: { page_size: 3 } } },
      { onprogress: (step: unknown) => progress.push(step) },
    )
    expect(result.isError).not.toBe(true)
    expect(progress[0]).toMatchObject({ progress: 1, message: expect.stringContaining('page 1, 3 rows') })
    expect(served.seen.at(-1)?.contentType).toBe('text/event-stream')
  })

  test('cancels a call, which ends it here too', async () => {
    sandbox.setFaults([{ match: { path: '/companies' }, fault: { kind: 'delay', ms: 20_000 } }])
    try {
      const controller = new AbortController()
      const running = call({ name: 'clockwork_list_companies', arguments: {} }, { signal: controller.signal })
      await new Promise((resolve) => setTimeout(resolve, 300))
      controller.abort('enough')
      await expect(running).rejects.toThrow()
      const ended = () => served.seen.filter(({ rpcMethod }) => rpcMethod === 'tools/call').length
      for (let waited = 0; ended() === 0 && waited < 5000; waited += 50)
        await new Promise((resolve) => setTimeout(resolve, 50))
      expect(ended()).toBe(1)
    } finally {
      sandbox.setFaults([])
    }
  })
})
