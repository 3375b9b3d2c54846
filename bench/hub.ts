// An RPC with a linked account, vault read included, beside a bare Fastify route that makes the same call with got.
// Run: node bench/hub.ts [calls per round] [rounds] [calls for the look at the memory]
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  type Measured,
  medianOf,
  printComparison,
  type RunningServer,
  reportTo,
  startServer,
} from './compare-servers.ts'

const file = fileURLToPath(import.meta.url)
const apiKey = 'msk_of_the_benchmark_0123456789'
const connections = 10
const rowCount = 25
const role = process.argv[2]

if (role === 'provider') serveProvider()
else if (role === 'hub') await serveHub(process.argv[3] ?? '')
else if (role === 'bare') await serveBare(process.argv[3] ?? '')
else await main()

async function main(): Promise<void> {
  const [calls = 2000, rounds = 5, memoryCalls = 0] = process.argv.slice(2).map(Number)
  const provider = await startServer(file, 'provider')
  const servers = {
    bare: await startServer(file, 'bare', provider.url),
    hub: await startServer(file, 'hub', provider.url),
  }
  const caseOf = (server: RunningServer) => ({
    name: 'rpc',
    path: '/actions/rpc',
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
      'x-account-id': server.facts['accountId'] ?? '',
    },
    body: JSON.stringify({ action: 'clockwork_list_people', query: { page_size: rowCount } }),
  })
  try {
    await checkEqual(servers, caseOf)
    const measured = new Map<string, Measured[]>()
    for (const server of Object.values(servers)) await server.load(caseOf(server), calls, connections)
    for (let round = 0; round < rounds; round += 1)
      for (const [name, server] of Object.entries(servers))
        measured.set(name, [
          ...(measured.get(name) ?? []),
          await server.load(caseOf(server), calls, connections),
        ])
    printComparison(new Map([...measured].map(([name, all]) => [name, medianOf(all)])), 'bare')
    if (memoryCalls > 0) await lookAtMemory(servers.hub, caseOf(servers.hub), memoryCalls)
  } finally {
    for (const server of [...Object.values(servers), provider]) server.close()
  }
}

async function checkEqual(
  servers: Readonly<Record<string, RunningServer>>,
  caseOf: (server: RunningServer) => { path: string; headers: Record<string, string>; body: string },
): Promise<void> {
  const answers = await Promise.all(
    Object.values(servers).map(async (server) => {
      const { path, headers, body } = caseOf(server)
      const sent = { ...headers, 'content-type': 'application/json' }
      const response = await fetch(server.url + path, { method: 'POST', headers: sent, body })
      return JSON.stringify(((await response.json()) as { data: unknown }).data)
    }),
  )
  if (new Set(answers).size !== 1 || answers[0]?.includes('"id"') !== true)
    throw new Error(
      `The servers answer differently: ${answers.map((text) => text?.slice(0, 200)).join('\n')}`,
    )
}

async function lookAtMemory(hub: RunningServer, one: Parameters<RunningServer['load']>[0], calls: number) {
  const steps = 5
  for (let step = 0; step <= steps; step += 1) {
    const { heapMb } = await hub.usage()
    process.stdout.write(
      `heap after ${Math.round((calls * step) / steps)} more calls: ${heapMb.toFixed(1)} MB\n`,
    )
    if (step < steps) await hub.load(one, calls / steps, connections)
  }
}

/** Clockwork's list of people, always the same page, so that the provider costs as little as can be. */
function serveProvider(): void {
  const people = Array.from({ length: rowCount }, (_, at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `Person Number ${at}`,
    firstName: 'Person',
    lastName: `Number ${at}`,
    createdAt: '2025-03-04 09:12:44',
  }))
  const body = JSON.stringify({ people })
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1', () => reportTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}

async function serveHub(provider: string): Promise<void> {
  const { createHub } = await import('../src/hub/index.ts')
  const hub = await createHub({
    connectors: fileURLToPath(new URL('../connectors', import.meta.url)),
    integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: provider }],
    apiKey,
    requestsPerMinute: 1_000_000_000,
  })
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner: { id: 'bench', name: 'Bench' }, actor: { kind: 'system' } },
    {
      integrationId: 'clockwork.api_key.sandbox',
      values: { firmName: 'acme', apiKey: 'key-0000', apiSecret: 'secret-0000', firmServiceKey: 'firm-0000' },
    },
  )
  if (!linked.linked) throw new Error(linked.failure.headline)
  reportTo(await hub.listen({ port: 0 }), { accountId: linked.account.id })
}

async function serveBare(provider: string): Promise<void> {
  const [{ default: fastify }, { default: got }, { Agent }] = await Promise.all([
    import('fastify'),
    import('got'),
    import('node:http'),
  ])
  const agent = { http: new Agent({ keepAlive: true }) }
  const authorization = `Token ${Buffer.from('key-0000:secret-0000').toString('base64')}`
  const app = fastify()
  app.post('/actions/rpc', async (request) => {
    const { query } = request.body as { query: { page_size: number } }
    const { people } = await got(`${provider}/v3.0/acme/people?limit=${query.page_size}&offset=0`, {
      headers: { authorization, 'x-api-key': 'firm-0000', accept: 'application/json' },
      agent,
    }).json<{ people: unknown[] }>()
    return { data: people, next: null }
  })
  reportTo(await app.listen({ port: 0, host: '127.0.0.1' }))
}
