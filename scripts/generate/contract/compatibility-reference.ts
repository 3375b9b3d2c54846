import { differences } from '../../../src/plan/exact/differences.ts'
import { arguedRows } from '../../../test/contract/argued-rows.ts'
import { contractSections } from '../../../test/contract/rows.ts'
import type { Generator } from '../generator.ts'
import { findProofs, type Proof } from './find-proofs.ts'

/** The page that says of every fact of the format whether it holds here, and which test proves it. */
export const compatibilityReference: Generator = {
  path: 'docs/reference/compatibility.md',
  generate() {
    const proofs = Map.groupBy(findProofs(), ({ row }) => row)
    const sections = contractSections.map(({ id, title, rows }) => {
      const lines = Object.entries(rows).map(([key, fact]) => line(`${id}/${key}`, fact, proofs))
      return [`## ${id} ${title}`, [...tableHead, ...lines].join('\n')].join('\n\n')
    })
    return `${[intro, ...sections].join('\n\n')}\n`
  },
}

const tableHead = ['| Row | Fact | Here | Proof |', '|---|---|---|---|']

function line(row: string, fact: string, proofs: ReadonlyMap<string, readonly Proof[]>): string {
  const found = proofs.get(row) ?? []
  const argued = (arguedRows as Readonly<Record<string, string | undefined>>)[row]
  const differs = Object.entries(differences)
    .filter(([, difference]) => (difference.rows as readonly string[]).includes(row))
    .map(([code]) => `[${code}](differences.md#${code})`)
  const state = argued !== undefined ? 'not supported' : found.length === 0 ? 'not yet' : 'supported'
  const here = differs.length > 0 && state === 'supported' ? `differs: ${differs.join(', ')}` : state
  const proof = argued ?? found.map(({ sentence, file }) => `${sentence} (\`${file}\`)`).join('; ')
  return `| ${[`\`${row}\``, fact, here, proof].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const intro = `# Compatibility

<!-- Made from test/contract and the tests by scripts/generate.ts. -->

Every fact of the published format that we know of and every key of our own for a step, whether it holds here, and the
test that proves it. *Differs* links to
what is done instead and why: [differences.md](differences.md), which also lists what loading refuses and what it only
warns of. *Not supported* loads and does nothing: the last column says why.`
