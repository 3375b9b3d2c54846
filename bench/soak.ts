import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createHub } from '../src/hub/index.ts'
import { startSandbox } from '../src/sandbox/index.ts'
import { HeapGrowth, parts } from './heap-growth.ts'

/**
 * Whether memory stays flat: reads, writes, failures and explanations of one hub, again and again, and the heap after each
 * twelfth of them, collected first. Prints the ratio of the last third to the middle one.
 *
 * node --expose-gc bench/soak.ts --calls 20000
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '20000' } } })
const calls = Number(values.calls)
const lanes = 8
const heap = new HeapGrowth()

const sandbox = await startSandbox({ port: 0, people: 200 })
const hub = await createHub({
  connectors: fileURLToPath(new URL('../connectors', import.meta.url)),
  integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }],
  apiKey: 'msk_soak_0123456789abcdef',
  requestsPerMinute: 10_000_000,
  requestLog: { maxRows: 2_000 },
})
const [firm] = sandbox.firms
if (firm === undefined) throw new Error('A sandbox without a firm')
const { firmName, apiKey, apiSecret, firmServiceKey } = firm
const linked = await hub.services.linking.link(
  { projectId: 'default', owner: { id: 'soak', name: 'Soak' }, actor: { kind: 'system' } },
  { integrationId: 'clockwork.api_key.sandbox', values: { firmName, apiKey, apiSecret, firmServiceKey } },
)
if (!linked.linked) throw new Error('Not linked')
const headers = { authorization: 'Bearer msk_soak_0123456789abcdef', 'x-account-id': linked.account.id }

const bodies = [
  { action: 'clockwork_list_people', query: { page_size: 50 } },
  { action: 'clockwork_search_people', query: { query: 'a' } },
  { action: 'clockwork_delete_webhook', path: { webhook_id: 'nobody' } },
  { action: 'clockwork_list_people', query: { page_size: 0 } },
]
let done = 0
let rows = 0
let failures = 0

async function lane(until: number): Promise<void> {
  while (done < until) {
    const body = bodies[done++ % bodies.length] ?? {}
    const answer = await hub.app.inject({ method: 'POST', url: '/actions/rpc', headers, payload: body })
    if (answer.statusCode >= 500) failures += 1
    if (answer.statusCode === 200) rows += (answer.json() as { data: unknown[] }).data.length
    // The sandbox keeps what it was asked; that is its memory and not the hub's.
    if (sandbox.requests.length > 500) (sandbox.requests as unknown[]).splice(0)
  }
}

const startedAt = performance.now()
for (let part = 1; part <= parts; part++) {
  const until = Math.round((calls * part) / parts)
  await Promise.all(Array.from({ length: lanes }, () => lane(until)))
  await hub.services.requestLogs.flush()
  heap.look()
}
const seconds = (performance.now() - startedAt) / 1000

process.stdout.write(
  `${[
    `${done} calls, ${rows} rows, ${failures} failures of the hub, ${seconds.toFixed(0)} s, Node ${process.versions.node}`,
    ...heap.lines(),
  ].join('\n')}\n`,
)
await hub.close()
await sandbox.close()
process.exitCode = failures === 0 && heap.ratio < 1.1 ? 0 : 1
