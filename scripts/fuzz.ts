// Feeds everything that takes input from outside with what is wrong: definitions, expressions, inputs, answers of providers,
// requests to the hub. Fails at the first crash, leak or hang, with the smallest case that shows it.
//   npm run fuzz -- [--cases 100000] [--seed 1] [--only <name>]
import { parseArgs } from 'node:util'
import { runFuzz } from '../test/fuzz/run-fuzz.ts'
import { fuzzSubjects } from '../test/fuzz/subjects/index.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
/** A case that takes longer counts as one that hangs. */
const hangMs = 10_000
let total = 0
for (const subject of fuzzSubjects) {
  if (values.only !== undefined && values.only !== subject.name) continue
  const wanted = Math.round(Number(values.cases) * subject.share)
  const { cases, seconds, slowestMs, failure } = await runFuzz(subject, wanted, Number(values.seed))
  total += cases
  process.stdout.write(
    `${subject.name.padEnd(14)} ${String(cases).padStart(6)} cases  ${seconds.toFixed(1).padStart(6)} s  slowest ${slowestMs.toFixed(0)} ms\n`,
  )
  if (failure !== undefined || slowestMs > hangMs) {
    process.stdout.write(`${failure ?? 'A case hangs.'}\n`)
    process.exitCode = 1
  }
}
process.stdout.write(`${total} cases, seed ${values.seed}\n`)
