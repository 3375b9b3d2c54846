// Feeds everything that takes input from outside with what is wrong: definitions, expressions, inputs, answers of providers,
// requests to the hub. Exit code 1 at a crash, leak or hang, with the smallest case that shows it.
import { runFuzz } from '../test/fuzz/run-fuzz.ts'
import { fuzzSubjects } from '../test/fuzz/subjects/index.ts'
import { readOptions } from './options/read-options.ts'

const values = readOptions({
  command: 'npm run fuzz --',
  about: 'Tries hostile cases: each must end as a value or as an error of ours, in time, and tell no secret.',
  options: {
    cases: { says: 'Cases altogether.', default: '100000', least: 1 },
    seed: { says: 'What is tried; the same seed tries the same cases.', default: '1', least: 0 },
    only: {
      says: 'One subject, with its share of the cases.',
      choices: fuzzSubjects.map(({ name }) => name),
    },
  },
})
/** A case that takes longer counts as one that hangs. */
const hangMs = 10_000
const seed = Number(values['seed'])
let total = 0
for (const subject of fuzzSubjects) {
  if (values['only'] !== undefined && values['only'] !== subject.name) continue
  const wanted = Math.round(Number(values['cases']) * subject.share)
  const { cases, seconds, slowestMs, failure } = await runFuzz(subject, wanted, seed)
  total += cases
  process.stdout.write(
    `${subject.name.padEnd(14)} ${String(cases).padStart(6)} cases  ${seconds.toFixed(1).padStart(6)} s  slowest ${slowestMs.toFixed(0)} ms\n`,
  )
  if (failure !== undefined || slowestMs > hangMs) {
    process.stdout.write(`${failure ?? 'A case hangs.'}\n`)
    process.exitCode = 1
  }
}
process.stdout.write(`${total} cases, seed ${seed}\n`)
