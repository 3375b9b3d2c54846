// Uploads and downloads one large file through the engine, over loopback, and prints the highest memory of this process
// beside that of a plain node:http transfer of the same bytes. The provider runs in a process of its own.
// Run: node bench/file-transfer.ts [MiB] — 1024 by default
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const mib = 1024 * 1024
const chunk = Buffer.alloc(256 * 1024, 7)
const [role = '', size = '1024'] =
  process.argv.slice(2).length > 1 ? process.argv.slice(2) : ['main', process.argv[2]]
const total = Number(size) * mib

if (role === 'provider') await provide()
else if (role === 'main') await compare()
else await transfer(role)

/** Swallows what it is sent and says how much it was; gives a file of the size. */
async function provide(): Promise<void> {
  const server = createServer(async (request, response) => {
    let received = 0
    for await (const piece of request) received += (piece as Buffer).length
    if (request.method === 'PUT')
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ received }))
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': total })
    await pipeline(Readable.from(bytes()), response)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

function* bytes(): Generator<Buffer> {
  for (let sent = 0; sent < total; sent += chunk.length) yield chunk
}

/** One transfer in this process, so that its peak of memory is its own. */
async function transfer(what: string): Promise<void> {
  const origin = process.env['ORIGIN'] ?? ''
  let saved = 0
  const drain = () =>
    new Writable({
      write(piece: Buffer, _, done) {
        saved += piece.length
        done()
      },
    })
  let startedAt = performance.now()
  if (what === 'node-upload') {
    const request = httpRequest(`${origin}/v1/file`, { method: 'PUT', headers: { 'content-length': total } })
    const answered = once(request, 'response')
    await pipeline(Readable.from(bytes()), request)
    const [answer] = (await answered) as [IncomingMessage]
    saved = JSON.parse(Buffer.concat(await Array.fromAsync(answer)).toString()).received
  } else if (what === 'node-download') {
    const request = httpRequest(`${origin}/v1/file`).end()
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    await pipeline(answer, drain())
  } else {
    const { compileConnector, loadConnector, runAction } = await import('../src/index.ts')
    const { model, diagnostics } = await loadConnector(new URL('./fixtures/files', import.meta.url).pathname)
    if (model === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
    const options = { origin, timeoutMs: 600_000 }
    const files = { content: { bytes: total, open: () => Readable.from(bytes()) } }
    const plan = compileConnector(model)
    // The library is loaded once in a process, and not for each file.
    startedAt = performance.now()
    const { data } = await runAction(plan, what, {
      ...options,
      ...(what === 'download' ? { saveFile: drain } : { files }),
    })
    if (what !== 'download') saved = Number((data as { received: number }).received)
  }
  const durationMs = performance.now() - startedAt
  process.send?.({ saved, durationMs, peakMib: process.resourceUsage().maxRSS / 1024 })
}

async function compare(): Promise<void> {
  const provider = start('provider', {})
  const [port] = (await once(provider, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  process.stdout.write(`${total / mib} MiB over loopback, Node ${process.version}\n`)
  for (const [name, peer] of [
    ['upload', 'node-upload'],
    ['upload_form', 'node-upload'],
    ['download', 'node-download'],
  ] as const) {
    const [ours, plain] = [await measure(name, origin), await measure(peer, origin)]
    process.stdout.write(
      `${name.padEnd(12)} peak ${ours.peakMib.toFixed(0)} MiB, ${(ours.durationMs / 1000).toFixed(1)} s; ` +
        `node:http by hand ${plain.peakMib.toFixed(0)} MiB, ${(plain.durationMs / 1000).toFixed(1)} s; ` +
        `memory ${(ours.peakMib / plain.peakMib).toFixed(2)}, time ${(ours.durationMs / plain.durationMs).toFixed(2)}\n`,
    )
  }
  provider.kill()
}

interface Measured {
  readonly saved: number
  readonly durationMs: number
  readonly peakMib: number
}

async function measure(what: string, origin: string): Promise<Measured> {
  const child = start(what, { ORIGIN: origin })
  const [measured] = (await once(child, 'message')) as [Measured]
  // The form has its own few bytes around the file.
  if (measured.saved < total || measured.saved > total + 1024)
    throw new Error(`${what} moved ${measured.saved} bytes`)
  child.kill()
  return measured
}

function start(what: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const child = fork(new URL(import.meta.url), [what, size], { env: { ...process.env, ...environment } })
  child.once('exit', (code) => {
    if (code !== null && code !== 0) throw new Error(`${what} failed`)
  })
  return child
}
