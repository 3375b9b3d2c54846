// Feeds the linter with damaged connectors, and fails where it throws or takes too long.
//   node scripts/lint-fuzz.ts [--count 10000] [--seed 1]
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fuzzLinter } from '../test/lint/mutations/fuzz-linter.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const folder = fileURLToPath(new URL('../connectors/clockwork', import.meta.url))
const { crashes, slowestMs } = fuzzLinter(folder, Number(values.count), Number(values.seed))
for (const { seed, error } of crashes) process.stdout.write(`input ${seed}: ${error}\n`)
process.stdout.write(
  `${values.count} inputs, ${crashes.length} crashes, the slowest took ${slowestMs.toFixed(0)} ms\n`,
)
process.exitCode = crashes.length === 0 ? 0 : 1
