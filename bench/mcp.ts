// A tool call beside the same call over a plain Fastify JSON route, and by the stock servers of the official SDK. The
// tool does nothing but give ten rows, so that the protocol is all that is measured.
// Run: node bench/mcp.ts [calls per round] [rounds]
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Measured, medianOf, printComparison, reportTo, startServer } from './compare-servers.ts'

const file = fileURLToPath(import.meta.url)
const roles = ['plain route', 'mainspring', 'SDK with session', 'SDK stateless'] as const
const rows = Array.from({ length: 10 }, (_, at) => ({ id: String(at), name: `Person Number ${at}` }))
const role = process.argv[2]
const version = '2025-11-25'

if (role === 'plain route') await servePlain()
else if (role === 'mainspring') await serveOurs()
else if (role === 'SDK with session') serveStock(true)
else if (role === 'SDK stateless') serveStock(false)
else await main()

async function main(): Promise<void> {
  const [calls = 3000, rounds = 5] = process.argv.slice(2).map(Number)
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'clockwork_list_people', arguments: { query: { page_size: 10 } } },
  }
  const headers = { accept: 'application/json, text/event-stream', 'mcp-protocol-version': version }
  const servers = await Promise.all(
    roles.map(async (name) => {
      const server = await startServer(file, name)
      const session = name === 'SDK with session' ? await openSession(server.url, headers) : {}
      const one = { name, path: '/mcp', headers: { ...headers, ...session }, body: JSON.stringify(call) }
      const response = await fetch(`${server.url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...one.headers },
        body: one.body,
      })
      const text = await response.text()
      if (!text.includes('Person Number 9')) throw new Error(`${name}: ${text.slice(0, 300)}`)
      return { name, server, one }
    }),
  )
  try {
    const measured = new Map<string, Measured[]>()
    for (const { server, one } of servers) await server.load(one, calls, 10)
    for (let round = 0; round < rounds; round += 1)
      for (const { name, server, one } of servers)
        measured.set(name, [...(measured.get(name) ?? []), await server.load(one, calls, 10)])
    printComparison(new Map([...measured].map(([name, all]) => [name, medianOf(all)])), roles[0])
  } finally {
    for (const { server } of servers) server.close()
  }
}

async function openSession(url: string, headers: Readonly<Record<string, string>>) {
  const post = (body: object, more: object = {}) =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      body: JSON.stringify({ jsonrpc: '2.0', ...body }),
    })
  const clientInfo = { name: 'bench', version: '1' }
  const first = await post({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: version, capabilities: {}, clientInfo },
  })
  await first.text()
  const session = { 'mcp-session-id': first.headers.get('mcp-session-id') ?? '' }
  await (await post({ method: 'notifications/initialized' }, session)).text()
  return session
}

async function servePlain(): Promise<void> {
  const { default: fastify } = await import('fastify')
  const app = fastify()
  app.post('/mcp', async (request) => {
    const { params } = request.body as { params: { name: string } }
    return params.name === 'clockwork_list_people' ? { data: rows } : { data: null }
  })
  reportTo(await app.listen({ port: 0, host: '127.0.0.1' }))
}

async function serveOurs(): Promise<void> {
  const [{ default: fastify }, { openCatalog }, { createHttpEndpoint, createToolBox }] = await Promise.all([
    import('fastify'),
    import('../src/catalog/index.ts'),
    import('../src/mcp/index.ts'),
  ])
  const folder = fileURLToPath(new URL('../connectors', import.meta.url))
  const connector = await (await openCatalog(folder)).connector('clockwork')
  const toolBox = createToolBox(
    {
      offered: connector.actions.map((action) => ({ connector, action })),
      allowWrites: false,
      run: async (action) => ({ data: rows, meta: { action: action.id, requests: 0, durationMs: 0 } }),
    },
    'individual',
    'nested',
  )
  const endpoint = createHttpEndpoint()
  const service = { info: { name: 'mainspring', version: '1' }, toolBox, principal: 'bench' }
  const app = fastify()
  app.post('/mcp', async ({ method, headers, body }, reply) => {
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const answer = await endpoint.handle({ method, headers, body, signal: gone.signal }, service)
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  })
  reportTo(await app.listen({ port: 0, host: '127.0.0.1' }))
}

/** As the documentation of the SDK writes such servers. */
async function serveStock(withSession: boolean): Promise<void> {
  const [{ McpServer }, { StreamableHTTPServerTransport }, { z }] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/mcp.js'),
    import('@modelcontextprotocol/sdk/server/streamableHttp.js'),
    import('zod'),
  ])
  const createStock = () => {
    const server = new McpServer({ name: 'stock', version: '1' })
    server.registerTool(
      'clockwork_list_people',
      { inputSchema: { query: z.object({ page_size: z.number() }) } },
      async () => ({
        content: [{ type: 'text', text: JSON.stringify({ data: rows }) }],
        structuredContent: { data: rows },
      }),
    )
    return server
  }
  const open = async () => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: withSession ? () => randomUUID() : undefined,
      enableJsonResponse: true,
    } as ConstructorParameters<typeof StreamableHTTPServerTransport>[0])
    const server = createStock()
    await server.connect(transport as Parameters<typeof server.connect>[0])
    return transport
  }
  const session = withSession ? await open() : undefined
  const http = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const transport = session ?? (await open())
    if (session === undefined) response.once('close', () => void transport.close())
    await transport.handleRequest(request, response)
  })
  http.listen(0, '127.0.0.1', () => reportTo(`http://127.0.0.1:${(http.address() as AddressInfo).port}`))
}
