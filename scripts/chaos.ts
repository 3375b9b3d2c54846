// Counts what bad days do: thousands of simulated ones, each with its own faults; then calls over real sockets through a
// proxy that spoils them; then a hub that is killed while it writes; then providers that tell back every secret. Ends in one board; exit code 1 where a bad column is not 0.
import { failures } from '../test/canary/drive-engine.ts'
import { boardOfCanaries, runCanaries } from '../test/canary/run-canaries.ts'
import { addBoard, type Board, boardText, emptyBoard, faultsOf } from '../test/chaos/board.ts'
import { runSimulation } from '../test/chaos/run-simulation.ts'
import { runBehindProxy } from '../test/chaos/sockets/engine-behind-proxy.ts'
import { killHubs } from '../test/chaos/sockets/hub-killed.ts'
import { readOptions } from './options/read-options.ts'

const values = readOptions({
  command: 'npm run chaos --',
  about:
    'Plays bad days and counts: nothing may be doubled, lost, stale, over budget, left behind or leaked.',
  options: {
    schedules: { says: 'Simulated days, each with faults of its own.', default: '10000', least: 0 },
    calls: { says: 'Calls over real sockets, behind a proxy that spoils them.', default: '600', least: 0 },
    kills: { says: 'How often a hub is killed (kill -9) while it writes.', default: '8', least: 0 },
    canaries: {
      says: 'Whether providers that tell back marked secrets are played: 1 or 0.',
      default: '1',
      least: 0,
    },
    seed: { says: 'What is played; the same seed plays the same simulated days.', default: '1', least: 0 },
  },
})
const [schedules, calls, kills, canaries, seed] = ['schedules', 'calls', 'kills', 'canaries', 'seed'].map(
  (name) => Number(values[name]),
) as [number, number, number, number, number]
const sum = emptyBoard()

async function part(title: string, play: () => Promise<Board>): Promise<void> {
  const startedAt = performance.now()
  const board = await play()
  addBoard(sum, board)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const faults = Object.entries(faultsOf(board)).map(([column, count]) => `${column} ${count}`)
  process.stdout.write(
    `${title}: ${faults.length === 0 ? 'ok' : `BAD, ${faults.join(', ')}`} (${seconds} s)\n`,
  )
}

if (schedules > 0)
  await part(`${schedules} simulated schedules`, async () => {
    const { board, counterexample } = await runSimulation(schedules, seed, {
      onProgress(played) {
        if (process.stderr.isTTY && played % 100 === 0) process.stderr.write(`\r${played} schedules\r`)
      },
    })
    if (counterexample !== undefined) process.stdout.write(`${counterexample}\n`)
    return board
  })
if (calls > 0)
  await part(`${calls} calls over real sockets, behind a proxy that spoils them`, () =>
    runBehindProxy(calls, seed),
  )
if (kills > 0) await part(`a hub killed ${kills} times while it writes`, () => killHubs(kills, seed))
if (canaries > 0)
  await part(`every action and way to authenticate against ${failures.length} kinds of failure`, async () => {
    const rows = await runCanaries()
    const total = (column: 'actions' | 'bytes') => rows.reduce((count, row) => count + row[column], 0)
    process.stdout.write(
      `${total('actions')} actions, ${rows.length} ways, ${total('bytes')} bytes searched for secrets\n`,
    )
    return boardOfCanaries(rows)
  })
process.stdout.write(`\nSeed ${seed}, Node ${process.versions.node}\n${boardText(sum)}`)
if (Object.keys(faultsOf(sum)).length > 0) process.exitCode = 1
