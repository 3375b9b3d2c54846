// Mutates the connectors of the repository and of a corpus, and prints which changes of meaning the linter finds.
//   node scripts/lint-mutations.ts [--count 500] [--seed 1] [--misses 40] [--write] [folder …]
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { judgeFile, readFolder, type Verdict } from '../test/lint/mutations/judge-mutations.ts'
import { mutationKinds } from '../test/lint/mutations/mutate-text.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    misses: { type: 'string', default: '40' },
    write: { type: 'boolean', default: false },
  },
})
const count = Number(values.count)
const seed = Number(values.seed)
const folders =
  positionals.length > 0
    ? positionals
    : [...connectorsIn(join(root, 'connectors')), ...connectorsIn(join(root, '../shared/corpus'))]

const rows: string[] = []
const all: Verdict[] = []
for (const folder of folders) {
  const { texts } = readFolder(folder)
  const ownConnector = folder.startsWith(join(root, 'connectors'))
  // The connectors of the repository are judged as a whole, files of the corpus each by itself.
  const share = ownConnector ? Math.ceil(count / texts.size) : count
  for (const file of texts.keys()) {
    const verdicts = judgeFile(folder, file, share, seed)
    all.push(...verdicts)
    rows.push(row(`${basename(folder)}/${basename(file)}`, verdicts))
    process.stderr.write('.')
  }
}
process.stderr.write('\n')
const kinds = mutationKinds.map((kind) =>
  row(
    kind,
    all.filter(({ mutation }) => mutation.kind === kind),
  ),
)
const missed = all.filter(({ found }) => !found)
const groups = [...Map.groupBy(missed, ({ mutation }) => groupOf(mutation.what))].toSorted(
  ([, one], [, other]) => other.length - one.length,
)
const report = [
  '| Where | Mutations | Found | First finding at the place |',
  '|---|---|---|---|',
  ...rows,
  row('**All**', all),
  '',
  '| Kind | Mutations | Found | First finding at the place |',
  '|---|---|---|---|',
  ...kinds,
  '',
  'What is not found, by the key it was done to:',
  '',
  ...groups.slice(0, Number(values.misses)).map(
    ([group, verdicts]) =>
      `- ${group} (${verdicts.length}): ${verdicts
        .slice(0, 3)
        .map(({ mutation }) => `${mutation.kind}, ${mutation.what}`)
        .join('; ')}`,
  ),
].join('\n')
process.stdout.write(`${report}\n`)
if (values.write) writeFileSync(join(root, 'docs/reference/lint-mutations.md'), `${intro()}\n\n${report}\n`)

function row(name: string, verdicts: readonly Verdict[]): string {
  const found = verdicts.filter((verdict) => verdict.found)
  const placed = found.filter((verdict) => verdict.placed)
  return `| ${name} | ${verdicts.length} | ${percent(found.length, verdicts.length)} | ${percent(placed.length, found.length)} |`
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`
}

function groupOf(what: string): string {
  const key = /`(?:- )?([\w$-]+):/.exec(what)?.[1]
  return key === undefined ? 'an item of a list' : `\`${key}\``
}

function connectorsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())
}

function intro(): string {
  return `# How much the linter finds

<!-- Made by node scripts/lint-mutations.ts --write. -->

Seeded single mutations (a typo in a key, value or path, a line dropped, moved or duplicated, a wrong indentation, a value
of another type, a broken expression) of the connectors of the repository and of three published ones. Counted are those
that change what the connector does; texts for people and keys that the format calls informative are left out. *Found* is a finding that the original does not have;
*at the place* means that the first one stands on the mutated line, on the first line of the thing that lacks something, or
names the line as related. Command: \`node scripts/lint-mutations.ts --count ${count} --seed ${seed} --write\`.`
}
