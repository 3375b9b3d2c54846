import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { disableRules } from '../../src/lint/comments/disable-rules.ts'
import { coreRules } from '../../src/lint/core-rules.ts'
import type { Rule } from '../../src/lint/rule.ts'
import type { DocumentedRule } from '../../src/lint/rule-codes.ts'
import { rulePage } from '../../src/lint/rule-page.ts'
import type { Generator } from './generator.ts'

const note = '<!-- Made from src/lint/ by scripts/generate.ts. -->'
const folder = fileURLToPath(new URL('../../src/lint/rules/', import.meta.url))

// From the files themselves: the registry may be about to be written anew.
const rules = await Promise.all(
  globSync('*/*.ts', { cwd: folder })
    .toSorted()
    .map(async (file) => Object.values((await import(`${folder}${file}`)) as Record<string, Rule>)[0]),
)
const documented: readonly DocumentedRule[] = [
  ...coreRules,
  ...rules.filter((rule) => rule !== undefined),
  ...Object.values(disableRules),
]

/** A page for each rule, and the table of them all. */
export const rulePages: readonly Generator[] = [
  { path: 'docs/rules/README.md', generate: overview },
  ...documented.map((rule) => ({
    path: `docs/rules/${rule.code}.md`,
    generate: () => `${rulePage(rule).replace('\n\n', `\n\n${note}\n\n`)}\n`,
  })),
]

function overview(): string {
  const rows = documented.map(
    ({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`,
  )
  return `${[
    '# Rules of the linter',
    note,
    `\`mainspring lint\` checks connectors by ${rules.length} rules, and shows what is found when a definition is loaded. The level can be changed in \`mainspring.config.yaml\`; see [how the linter is used](../reference/lint.md).`,
    ['| Code | Level | What it finds |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')}\n`
}
