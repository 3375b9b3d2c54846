// A list action with 100 mapped rows, beside the same call written by hand in got, undici and node:http.
// Run: node bench/list-action.ts [calls per round] [rounds]
import { Agent, createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import got from 'got'
import { Pool } from 'undici'

const rowCount = 100

function makeBody(): string {
  const people = Array.from({ length: rowCount }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `Person Number ${index}`,
    firstName: 'Person',
    lastName: `Number ${index}`,
    createdAt: '2025-03-04 09:12:44',
    doNotContact: index % 7 === 0,
    preferredEmailAddress: `person${index}@example.com`,
  }))
  return JSON.stringify({ people, meta: { total: rowCount } })
}

if (!isMainThread) {
  // The provider runs on a thread of its own, so that its work is not counted among the clients'.
  const body = makeBody()
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(body),
  )
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
} else await main()

async function main(): Promise<void> {
  const { compileConnector, loadConnector, runAction } = await import('../src/index.ts')
  const worker = new Worker(new URL(import.meta.url))
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const origin = `http://127.0.0.1:${port}`
  const { model, diagnostics } = await loadConnector(new URL('./fixtures/people', import.meta.url).pathname)
  if (model === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const plan = compileConnector(model)
  const options = {
    origin,
    credentials: { apiKey: 'key-0000', apiSecret: 'secret-0000' },
    inputs: { limit: rowCount },
  }
  const url = `${origin}/v1/people?limit=${rowCount}`
  const headers = {
    authorization: `Basic ${Buffer.from('key-0000:secret-0000').toString('base64')}`,
    accept: 'application/json',
  }
  const agent = new Agent({ keepAlive: true })
  const pool = new Pool(origin, { connections: 1 })
  type Person = {
    id: string
    name: string
    preferredEmailAddress: string
    doNotContact: boolean
    createdAt: string
  }
  const map = (body: { people: Person[] }) =>
    body.people.map((row) => ({
      id: row.id,
      full_name: row.name,
      email: row.preferredEmailAddress,
      do_not_contact: row.doNotContact,
      created_at: row.createdAt,
    }))
  const clients: Record<string, () => Promise<unknown>> = {
    mainspring: async () => (await runAction(plan, 'list_people', options)).data,
    got: async () => map(await got(url, { headers, agent: { http: agent } }).json()),
    undici: async () =>
      map(
        (await (
          await pool.request({ path: url.slice(origin.length), method: 'GET', headers })
        ).body.json()) as { people: Person[] },
      ),
    'node:http': () =>
      new Promise((resolve, reject) => {
        httpRequest(url, { headers, agent }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => resolve(map(JSON.parse(Buffer.concat(chunks).toString()))))
        })
          .on('error', reject)
          .end()
      }),
  }
  const names = Object.keys(clients)
  const [expected, ...others] = await Promise.all(names.map((name) => clients[name]?.()))
  if (
    !Array.isArray(expected) ||
    expected.length !== rowCount ||
    !others.every((answer) => isDeepStrictEqual(answer, expected))
  )
    throw new Error('The clients do not give equal answers.')

  const calls = Number(process.argv[2] ?? 300)
  const rounds = Number(process.argv[3] ?? 12)
  const cpu: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
  const latency: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -2; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const before = process.threadCpuUsage()
      const startedAt = performance.now()
      for (let call = 0; call < calls; call += 1) await clients[name]?.()
      const used = process.threadCpuUsage(before)
      if (round < 0) continue
      cpu[name]?.push((used.user + used.system) / calls)
      latency[name]?.push(((performance.now() - startedAt) * 1000) / calls)
    }
  }
  const print = (text: string) => process.stdout.write(`${text}\n`)
  print(
    `Node ${process.version}, ${rounds} rounds of ${calls} calls each, ${rowCount} rows; medians; ratio to got by hand, round by round, and of the best round of each`,
  )
  print('client       CPU µs/call   ratio (min–max)   of the best rounds   latency µs/call  ratio')
  for (const name of names) {
    const ratios = ratiosOf(cpu[name] ?? [], cpu['got'] ?? [])
    const slow = ratiosOf(latency[name] ?? [], latency['got'] ?? [])
    print(
      `${name.padEnd(12)} ${median(cpu[name] ?? [])
        .toFixed(0)
        .padStart(
          8,
        )}      ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})        ${bestRatio(cpu[name] ?? [], cpu['got'] ?? []).toFixed(2)}   ${median(
        latency[name] ?? [],
      )
        .toFixed(0)
        .padStart(12)}       ${median(slow).toFixed(2)}`,
    )
  }
  await pool.close()
  agent.destroy()
  await worker.terminate()
}

function ratiosOf(values: readonly number[], base: readonly number[]): number[] {
  return values.map((value, index) => value / (base[index] ?? Number.NaN))
}

/** Least disturbed by whatever else the machine does. */
function bestRatio(values: readonly number[], base: readonly number[]): number {
  return Math.min(...values) / Math.min(...base)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
