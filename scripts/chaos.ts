// Counts what bad days do: thousands of simulated ones, each with its own faults; then calls over real sockets through a
// proxy that spoils them; then a hub that is killed while it writes.
//   npm run chaos -- [--schedules 10000] [--calls 600] [--kills 8] [--seed 1]
import { parseArgs } from 'node:util'
import { type Board, boardText, faultsOf } from '../test/chaos/board.ts'
import { runSimulation } from '../test/chaos/run-simulation.ts'
import { runBehindProxy } from '../test/chaos/sockets/engine-behind-proxy.ts'
import { killHubs } from '../test/chaos/sockets/hub-killed.ts'

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    calls: { type: 'string', default: '600' },
    kills: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)

async function part(title: string, play: () => Promise<Board>): Promise<void> {
  const startedAt = performance.now()
  const board = await play()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${title}, seed ${seed}, ${seconds} s\n${boardText(board)}\n`)
  if (Object.keys(faultsOf(board)).length > 0) process.exitCode = 1
}

await part(`${values.schedules} simulated schedules`, async () => {
  const { board, counterexample } = await runSimulation(Number(values.schedules), seed, {
    onProgress(played) {
      if (process.stderr.isTTY && played % 100 === 0) process.stderr.write(`\r${played} schedules\r`)
    },
  })
  if (counterexample !== undefined) process.stdout.write(`${counterexample}\n`)
  return board
})
await part(`${values.calls} calls over real sockets, behind a proxy that spoils them`, () =>
  runBehindProxy(Number(values.calls), seed),
)
await part(`a hub killed ${values.kills} times while it writes`, () => killHubs(Number(values.kills), seed))
