// Counts what bad days do: thousands of simulated ones, each with its own faults, and one over real sockets.
//   npm run chaos -- [--schedules 10000] [--seed 1]
import { parseArgs } from 'node:util'
import { boardText } from '../test/chaos/board.ts'
import { runSimulation } from '../test/chaos/run-simulation.ts'

const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const startedAt = performance.now()
const { board, counterexample } = await runSimulation(Number(values.schedules), Number(values.seed), {
  onProgress(played) {
    if (process.stderr.isTTY && played % 100 === 0) process.stderr.write(`\r${played} schedules`)
  },
})
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
process.stdout.write(`${values.schedules} schedules, seed ${values.seed}, ${seconds} s\n${boardText(board)}`)
if (counterexample !== undefined) {
  process.stdout.write(`\n${counterexample}\n`)
  process.exitCode = 1
}
