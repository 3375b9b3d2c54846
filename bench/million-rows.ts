import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { HeapGrowth, parts } from './heap-growth.ts'

/**
 * Whether memory stays flat while a hub lists very many rows as NDJSON: the heap after each twelfth of them, collected
 * first. The provider is a thread of its own and makes its rows as it goes. Prints the ratio of the last third to the
 * middle one; fails where a row is missing, repeated or out of place, or where the heap grows.
 *
 * node --expose-gc bench/million-rows.ts --rows 1000000
 */
const pageRows = 1_000

if (isMainThread) await main()
else serveRows(workerData as number)

function serveRows(total: number): void {
  createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://provider')
    const offset = Number(searchParams.get('offset') ?? 0)
    const limit = Number(searchParams.get('limit') ?? 1)
    const people = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(offset + index).padStart(12, '0')}`,
      name: `Person ${offset + index}`,
      preferredEmailAddress: `person${offset + index}@example.com`,
    }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ people }))
  }).listen(0, '127.0.0.1', function (this: import('node:http').Server) {
    parentPort?.postMessage((this.address() as AddressInfo).port)
  })
}

async function main(): Promise<void> {
  const { createHub } = await import('../src/hub/index.ts')
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
  const wanted = Number(values.rows)
  const heap = new HeapGrowth()

  const worker = new Worker(new URL(import.meta.url), { workerData: wanted })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const hub = await createHub({
    connectors: fileURLToPath(new URL('../connectors', import.meta.url)),
    integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: `http://127.0.0.1:${port}` }],
    apiKey: 'msk_rows_0123456789abcdef',
  })
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner: { id: 'rows', name: 'Rows' }, actor: { kind: 'system' } },
    {
      integrationId: 'clockwork.api_key.sandbox',
      values: {
        firmName: 'rows',
        apiKey: 'key-0000',
        apiSecret: 'secret-0000',
        firmServiceKey: 'service-0000',
      },
    },
  )
  if (!linked.linked) throw new Error(`Not linked: ${linked.failure.headline}`)
  const url = await hub.listen({ port: 0 })

  const startedAt = performance.now()
  const answer = await fetch(`${url}/actions/rpc`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer msk_rows_0123456789abcdef',
      accept: 'application/x-ndjson',
      'content-type': 'application/json',
      'x-account-id': linked.account.id,
    },
    body: JSON.stringify({ action: 'clockwork_list_people', query: { page_size: pageRows } }),
  })
  if (answer.status !== 200 || answer.body === null) throw new Error(await answer.text())
  let rows = 0
  let misplaced = 0
  for await (const line of createInterface({ input: Readable.fromWeb(answer.body as never) })) {
    const { name } = JSON.parse(line) as { name?: string }
    if (name === undefined) throw new Error(`After ${rows} rows: ${line.slice(0, 300)}`)
    if (name !== `Person ${rows}`) misplaced += 1
    rows += 1
    if (rows >= (wanted * (heap.looks + 1)) / parts) heap.look()
  }
  const seconds = (performance.now() - startedAt) / 1000
  process.stdout.write(
    `${[
      `${rows} rows, ${misplaced} missing, repeated or misplaced, ${seconds.toFixed(0)} s, Node ${process.versions.node}`,
      ...heap.lines(),
    ].join('\n')}\n`,
  )
  await hub.close()
  await worker.terminate()
  process.exitCode = rows === wanted && misplaced === 0 && heap.ratio < 1.1 ? 0 : 1
}
