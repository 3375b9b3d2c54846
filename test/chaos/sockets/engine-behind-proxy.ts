import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import {
  compileConnector,
  createFlow,
  createTransport,
  iterateAction,
  loadConnector,
  MainspringError,
  runAction,
} from '../../../src/index.ts'
import { startSandbox } from '../../../src/sandbox/index.ts'
import { seededRandom } from '../../seeded-random.ts'
import { type Board, emptyBoard } from '../board.ts'
import { proxyFaults, startFaultProxy } from './fault-proxy.ts'
import { peopleOf } from './people-of.ts'

/** Calls under way at a time. */
const atOnce = 8
/** Of all lookups of the name. */
const lookupsThatFail = 0.1
/** Of all calls. */
const callsThatAreEnded = 0.1
/** Opens soon and briefly, so that a run sees some of it and does not spend its time refusing. */
const circuit = { failures: 8, share: 0.25, openMs: 100, longestOpenMs: 200 }

/** Writes and lists through a proxy that spoils two of three requests, then compares with what the provider has. */
export async function runBehindProxy(calls: number, seed: number): Promise<Board> {
  const { model } = await loadConnector('connectors/clockwork')
  if (model === null) throw new Error('The connector does not load.')
  const plan = compileConnector(model)
  const random = seededRandom(seed)
  const sandbox = await startSandbox({ port: 0, people: 40 })
  const proxy = await startFaultProxy(
    sandbox.origin,
    () => (random() < 0.35 ? 'none' : proxyFaults[Math.floor(random() * proxyFaults.length)]) ?? 'none',
  )
  const board = emptyBoard()
  const transport = createTransport({
    random,
    dnsLookup(_host, options, done) {
      const address = { address: '127.0.0.1', family: 4 }
      if (random() < lookupsThatFail) done(Object.assign(new Error('no name'), { code: 'ENOTFOUND' }), '')
      else if (options.all === true) done(null, [address])
      else done(null, address.address, address.family)
    },
  })
  const flow = createFlow({
    random,
    circuit,
    onCircuit({ state }) {
      if (state === 'opened') board.circuitsOpened += 1
    },
  })
  const secrets = Object.entries({ ...sandbox.firms[0] }).flatMap(([key, value]) =>
    key === 'firmName' ? [] : [String(value)],
  )
  const emitted: string[] = []
  const succeeded = new Set<string>()
  const failed = new Set<string>()
  const options = {
    credentials: { ...sandbox.firms[0] },
    origin: proxy.origin.replace('127.0.0.1', 'localhost'),
    transport,
    flow,
    observer: (event: object) => void emitted.push(JSON.stringify(event)),
  }
  const note = async (error: unknown) => {
    emitted.push(inspect(error, { depth: 9 }), JSON.stringify(error))
    if (!(error instanceof MainspringError)) board.uncoded += 1
    else if (error.code === 'write/outcome-unknown') board.outcomesUnknown += 1
    else if (error.code === 'call/aborted') board.aborted += 1
    // Callers do as they are told: those that go on at once would all be refused.
    else if (error.code === 'provider/circuit-open') await sleep(error.retryAfterMs)
  }
  /** The signal of a call: raised at some moment of it, or never. */
  const signal = () => {
    const ending = new AbortController()
    if (random() < callsThatAreEnded) setTimeout(() => ending.abort(), random() * 60).unref()
    return ending.signal
  }
  const create = async (name: string) => {
    try {
      await runAction(plan, 'create_person', { ...options, signal: signal(), inputs: { name } })
      succeeded.add(name)
    } catch (error) {
      await note(error)
      if ((error as MainspringError).code !== 'write/outcome-unknown') failed.add(name)
    }
  }
  const list = async () => {
    const ids: string[] = []
    try {
      const listing = { ...options, signal: signal(), inputs: { page_size: 7 } }
      for await (const row of iterateAction(plan, 'list_projects', listing))
        ids.push((row as { id: string }).id)
    } catch (error) {
      return note(error)
    }
    board.rowsRepeated += ids.length - new Set(ids).size
    board.rowsMissing += Math.max(0, 30 - new Set(ids).size)
  }

  try {
    let next = 0
    const work = async () => {
      for (let index = next++; index < calls; index = next++) {
        board.calls += 1
        await (index % 3 === 0 ? list() : create(`Chaos ${seed} ${index}`))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const { running, waiting } = flow.state()
    board.leftBehind = running + waiting
    board.writesSent = proxy.delivered['POST'] ?? 0
    const names = await peopleOf(sandbox)
    for (const [name, times] of names) if (name.startsWith('Chaos') && times > 1) board.doubled += 1
    for (const name of succeeded) if (!names.has(name)) board.lost += 1
    for (const name of failed) if (names.has(name)) board.lost += 1
    board.canaryBytes = emitted.reduce(
      (sum, text) => sum + secrets.filter((secret) => text.includes(secret)).length,
      0,
    )
    return board
  } finally {
    transport.close()
    await proxy.close()
    await sandbox.close()
  }
}
