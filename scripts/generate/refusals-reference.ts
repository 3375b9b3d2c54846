import { type Entrance, entrances, type Refusal } from '../../test/border/refusals/index.ts'
import type { Generator } from './generator.ts'

/** The page of everything hostile that is tried, from the rows that the test runs. */
export const refusalsReference: Generator = {
  path: 'docs/reference/refusals.md',
  generate: () => `${[intro, ...entrances.map(section)].join('\n\n')}\n`,
}

const intro = `# What is refused

<!-- Made from test/border/refusals/ by scripts/generate.ts. -->

What somebody hostile may type, write or answer, by where it enters, and what becomes of it. Each example is a case of
\`test/border/refusals.test.ts\`, which also counts what was sent: nothing, unless a number says otherwise (the requests that had
to go out before there was an answer to refuse). What is harmless as data is sent as data, and the test holds what the provider
sees against what is said here. The codes are explained in [errors.md](errors.md). That host and path never change, whatever
the values are, is shown for random ones too (\`test/border/host-and-path.test.ts\`).

Under \`compat: exact\` URLs are joined as in the original, and the host alone is guarded.`

function section({ title, about, refusals }: Entrance): string {
  const rows = refusals.map(
    (row) => `| ${cell(row.what)} | ${row.examples.map(shown).join(' ')} | ${outcome(row)} |`,
  )
  return [
    `## ${title}`,
    about,
    ['| What | For example | Comes to |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

function outcome({ comesTo, sentBefore = 0 }: Refusal): string {
  if (typeof comesTo !== 'string') return cell(comesTo.harmless)
  const code = `[\`${comesTo}\`](errors.md#${comesTo.replaceAll('/', '')})`
  return sentBefore === 0 ? code : `${code}, after ${sentBefore}`
}

const longest = 60

/** An example as it would stand in a program: what cannot be seen is spelled. */
function shown(example: unknown): string {
  const text = typeof example === 'number' ? String(example) : JSON.stringify(example)
  const spelled = text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const short =
    spelled.length <= longest
      ? spelled
      : `${spelled.slice(0, longest / 2)}…${spelled.slice(-5)} (${spelled.length.toLocaleString('en')} characters)`
  const fence = short.includes('`') ? '``' : '`'
  return `${fence}${cell(short)}${fence}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
