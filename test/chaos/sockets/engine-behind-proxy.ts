import { inspect } from 'node:util'
import {
  compileConnector,
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
  const transport = createTransport({ random })
  const board = emptyBoard()
  const secrets = Object.entries({ ...sandbox.firms[0] }).flatMap(([key, value]) =>
    key === 'firmName' ? [] : [String(value)],
  )
  const emitted: string[] = []
  const succeeded = new Set<string>()
  const failed = new Set<string>()
  const options = {
    credentials: { ...sandbox.firms[0] },
    origin: proxy.origin,
    transport,
    observer: (event: object) => void emitted.push(JSON.stringify(event)),
  }
  const note = (error: unknown) => {
    emitted.push(inspect(error, { depth: 9 }), JSON.stringify(error))
    if (!(error instanceof MainspringError)) board.uncoded += 1
    else if (error.code === 'write/outcome-unknown') board.outcomesUnknown += 1
  }
  const create = async (name: string) => {
    try {
      await runAction(plan, 'create_person', { ...options, inputs: { name } })
      succeeded.add(name)
    } catch (error) {
      note(error)
      if ((error as MainspringError).code !== 'write/outcome-unknown') failed.add(name)
    }
  }
  const list = async () => {
    const ids: string[] = []
    try {
      for await (const row of iterateAction(plan, 'list_projects', { ...options, inputs: { page_size: 7 } }))
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
