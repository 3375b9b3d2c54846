// One million rows page by page through iterateAction, beside a plain got loop that reads the same pages.
// CPU is of the reading thread; time and memory include the provider, which runs in the same process.
// Run: node bench/page-rows.ts [rows] [page size]

import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import got from 'got'

const rows = Number(process.argv[2] ?? 1_000_000)
const size = Number(process.argv[3] ?? 1000)
const mode = process.argv[4]
const print = (text: string) => process.stdout.write(`${text}\n`)

if (!isMainThread) serve()
else if (mode === undefined) compare()
else await read(mode)

/** The provider, on a thread of its own. */
function serve(): void {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const offset = Number(query.get('offset') ?? 0)
    const count = Math.max(0, Math.min(Number(query.get('limit') ?? size), rows - offset))
    const people = Array.from(
      { length: count },
      (_, index) =>
        `{"id":"${offset + index}","name":"Person ${offset + index}","createdAt":"2025-03-04 09:12:44"}`,
    )
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"people":[${people.join(',')}]}`)
  })
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
}

/** One process a reader, so that neither inherits the memory of the other; in turn, three times. */
function compare(): void {
  const results: Record<string, { seconds: number; cpu: number; peakMb: number }[]> = {
    got: [],
    mainspring: [],
  }
  for (let round = 0; round < 3; round += 1) {
    for (const name of round % 2 === 0 ? ['got', 'mainspring'] : ['mainspring', 'got']) {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), String(rows), String(size), name],
        { encoding: 'utf8' },
      )
      if (stdout === '') throw new Error(stderr)
      results[name]?.push(JSON.parse(stdout))
    }
  }
  const median = (name: string, field: 'seconds' | 'cpu' | 'peakMb') =>
    (results[name] ?? []).map((each) => each[field]).sort((a, b) => a - b)[1] ?? Number.NaN
  print(`Node ${process.version}, ${rows} rows in pages of ${size}; median of 3 processes each`)
  for (const field of ['seconds', 'cpu', 'peakMb'] as const)
    print(
      `${field.padEnd(8)} got ${median('got', field).toFixed(2).padStart(8)}  mainspring ${median('mainspring', field).toFixed(2).padStart(8)}  ratio ${(median('mainspring', field) / median('got', field)).toFixed(2)}`,
    )
}

async function read(reader: string): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { argv: [String(rows), String(size)] })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const origin = `http://127.0.0.1:${port}`
  const { compileConnector, iterateAction, loadConnector } = await import('../src/index.ts')
  const { model } = await loadConnector(fileURLToPath(new URL('./fixtures/people-paged', import.meta.url)))
  if (model === null) throw new Error('the fixture does not load')
  const plan = compileConnector(model)
  const credentials = { apiKey: 'key-0000', apiSecret: 'secret-0000' }
  const before = process.threadCpuUsage()
  const startedAt = performance.now()
  let count = 0
  let check = 0
  if (reader === 'got') {
    for (let offset = 0; ; ) {
      const { people } = await got(`${origin}/v1/people?limit=${size}&offset=${offset}`, {
        headers: { authorization: 'Basic a2V5LTAwMDA6c2VjcmV0LTAwMDA=' },
      }).json<{ people: { id: string }[] }>()
      if (people.length === 0) break
      for (const row of people) {
        count += 1
        check += Number(row.id)
      }
      offset += people.length
    }
  } else {
    for await (const row of iterateAction(plan, 'list_people', {
      origin,
      credentials,
      inputs: { page_size: size },
    })) {
      count += 1
      check += Number((row as { id: string }).id)
    }
  }
  if (count !== rows || check !== (rows * (rows - 1)) / 2) throw new Error(`${reader} gave ${count} rows`)
  const used = process.threadCpuUsage(before)
  print(
    JSON.stringify({
      seconds: (performance.now() - startedAt) / 1000,
      cpu: (used.user + used.system) / 1e6,
      peakMb: process.resourceUsage().maxRSS / 1024,
    }),
  )
  await worker.terminate()
  process.exit()
}
