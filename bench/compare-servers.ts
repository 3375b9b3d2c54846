// Servers beside each other in one run: each in a process of its own, loaded in turn, round after round.
import { type ChildProcess, fork } from 'node:child_process'
import autocannon from 'autocannon'

/** What a server's process tells of itself. */
interface Usage {
  readonly cpuMs: number
  readonly heapMb: number
}

export interface ServerCase {
  readonly name: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Measured {
  readonly cpuMsPerCall: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly callsPerSecond: number
  readonly failed: number
}

export interface RunningServer {
  readonly url: string
  /** What the server wants to be called with. */
  readonly facts: Readonly<Record<string, string>>
  load(of: ServerCase, calls: number, connections: number): Promise<Measured>
  usage(): Promise<Usage>
  close(): void
}

/** In the server's process: says where it listens, and answers questions about its use of the machine. */
export function reportTo(url: string, facts: Readonly<Record<string, string>> = {}): void {
  process.on('message', () => {
    ;(globalThis as { gc?: () => void }).gc?.()
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1000, heapMb: process.memoryUsage().heapUsed / 1_048_576 })
  })
  process.send?.({ url, facts })
}

export async function startServer(
  file: string,
  role: string,
  ...more: readonly string[]
): Promise<RunningServer> {
  const child = fork(file, [role, ...more], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  })
  const { url, facts } = await nextMessage<{ url: string; facts: Record<string, string> }>(child)
  const usage = () => {
    const answer = nextMessage<Usage>(child)
    child.send('usage')
    return answer
  }
  return {
    url,
    facts,
    usage,
    close: () => void child.kill(),
    async load({ path, headers, body }, calls, connections) {
      const before = await usage()
      const result = await autocannon({
        url: url + path,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        amount: calls,
        connections,
      })
      const after = await usage()
      return {
        cpuMsPerCall: (after.cpuMs - before.cpuMs) / calls,
        p50Ms: result.latency.p50,
        p99Ms: result.latency.p99,
        callsPerSecond: result.requests.average,
        failed: result.non2xx + result.errors,
      }
    },
  }
}

/** Of several rounds the middle one, number by number. */
export function medianOf(rounds: readonly Measured[]): Measured {
  const middle = (key: keyof Measured) =>
    rounds.map((round) => round[key]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN
  return {
    cpuMsPerCall: middle('cpuMsPerCall'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    callsPerSecond: middle('callsPerSecond'),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** @param base - the name of the server that the others are compared with */
export function printComparison(results: ReadonlyMap<string, Measured>, base: string): void {
  const reference = results.get(base)
  const rows = [...results].map(([name, one]) => ({
    server: name,
    'CPU ms/call': one.cpuMsPerCall.toFixed(3),
    'CPU ratio': (one.cpuMsPerCall / (reference?.cpuMsPerCall ?? Number.NaN)).toFixed(2),
    'p50 ms': one.p50Ms,
    'p99 ms': one.p99Ms,
    'p99 ratio': (one.p99Ms / (reference?.p99Ms ?? Number.NaN)).toFixed(2),
    'calls/s': Math.round(one.callsPerSecond),
    failed: one.failed,
  }))
  for (const row of rows)
    process.stdout.write(
      `${Object.entries(row)
        .map(([name, value]) =>
          name === 'server' ? String(value).padEnd(18) : `${name} ${value}`.padEnd(19),
        )
        .join('')}\n`,
    )
  process.stdout.write(`Node ${process.version}; ratios against "${base}"; medians of alternating rounds.\n`)
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A server ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.removeListener('exit', ended)
      resolve(message as T)
    })
  })
}
