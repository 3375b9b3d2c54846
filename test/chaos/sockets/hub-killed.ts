import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../../../src/sandbox/index.ts'
import { testApiKey } from '../../hub/start-hub.ts'
import { seededRandom } from '../../seeded-random.ts'
import { type Board, emptyBoard } from '../board.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { peopleOf } from './people-of.ts'

const entry = fileURLToPath(new URL('./hub-process.ts', import.meta.url))
/** Answers that say "not yet" before a write counts as one that never ends. */
const patience = 300
const authorization = `Basic ${Buffer.from(`${testApiKey}:`).toString('base64')}`

interface RunningHub {
  readonly child: ChildProcess
  readonly url: string
  readonly accountId: string
}

/**
 * Writes through a hub that is killed again and again, each write under an idempotency key and repeated under the same
 * one until it has an answer. Then compares with what the provider has, and looks for secrets in all that was left.
 */
export async function killHubs(kills: number, seed: number): Promise<Board> {
  const random = seededRandom(seed)
  const board = emptyBoard()
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-chaos-hub-'))
  const sandbox = await startSandbox({ port: 0, people: 20 })
  const proxy = await startFaultProxy(sandbox.origin, () => (random() < 0.8 ? 'slow' : 'none'))
  const credentials = JSON.stringify(sandbox.firms[0])
  const printed: Buffer[] = []
  const running = new Set<ChildProcess>()
  const start = async (): Promise<RunningHub> => {
    const child = fork(entry, [folder, proxy.origin, credentials], { execArgv: [], silent: true })
    running.add(child)
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => printed.push(data))
    const [message] = (await once(child, 'message')) as [{ url: string; accountId: string }]
    return { child, ...message }
  }

  let hub = await start()
  let isOver = false
  let answered = 0
  const succeeded = new Set<string>()
  const refused = new Set<string>()
  const write = async (name: string) => {
    board.calls += 1
    for (let attempt = 0; attempt < patience; ) {
      const answer = await rpc(hub, name).catch(() => undefined)
      // The hub is down: it will be back.
      if (answer === undefined) {
        await sleep(20)
        continue
      }
      attempt += 1
      const { status, code } = answer
      answered += 1
      if (status === 200) succeeded.add(name)
      // Another process of the hub may still have it in hand.
      else if (code === 'hub/idempotency-in-flight') {
        await sleep(100)
        continue
      } else if (code === 'write/outcome-unknown' || code === 'hub/idempotency-outcome-unknown')
        board.outcomesUnknown += 1
      else refused.add(`${name} ${code}`)
      return
    }
    board.hung += 1
  }

  try {
    let index = 0
    const writers = Array.from({ length: 4 }, async () => {
      while (!isOver) await write(`Kill ${seed} ${index++}`)
    })
    for (let kill = 0; kill < kills; kill += 1) {
      // Once it is warm; then at any moment of the writes that follow.
      for (const before = answered; answered < before + 8; ) await sleep(10)
      await sleep(random() * 200)
      hub.child.kill('SIGKILL')
      await once(hub.child, 'exit')
      hub = await start()
    }
    await sleep(300)
    isOver = true
    await Promise.all(writers)
    hub.child.kill('SIGTERM')
    await once(hub.child, 'exit')

    board.writesSent = proxy.delivered['POST'] ?? 0
    const names = await peopleOf(sandbox)
    for (const [name, times] of names) if (name.startsWith('Kill') && times > 1) board.doubled += 1
    for (const name of succeeded) if (!names.has(name)) board.lost += 1
    for (const text of refused) if (names.has(text.slice(0, text.lastIndexOf(' ')))) board.lost += 1
    board.canaryBytes = secretsIn(folder, printed, credentials)
    return board
  } finally {
    isOver = true
    for (const child of running) child.kill('SIGKILL')
    await proxy.close()
    await sandbox.close()
    await rm(folder, { recursive: true })
  }
}

async function rpc(hub: RunningHub, name: string): Promise<{ status: number; code: unknown }> {
  const response = await fetch(`${hub.url}/actions/rpc`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      'x-account-id': hub.accountId,
      'idempotency-key': name,
    },
    body: JSON.stringify({ action: 'clockwork_create_person', body: { name } }),
  })
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code }
}

/** How often a secret stands in the database, in any other file, or in what was printed. */
function secretsIn(folder: string, printed: readonly Buffer[], credentials: string): number {
  const { firmName: _, ...secrets } = JSON.parse(credentials) as Record<string, string>
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  const all = Buffer.concat([...files, ...printed])
  return Object.values(secrets).filter((secret) => all.includes(secret)).length
}
