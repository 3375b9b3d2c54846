import { rules } from '../../src/lint/generated/rule-registry.ts'
import { type DocumentedRule, documentedRules } from '../../src/lint/rule-codes.ts'
import { rulePage } from '../../src/lint/rule-page.ts'
import type { Generator } from './generator.ts'

const note = '<!-- Made from src/lint/ by scripts/generate.ts. -->'

/** A page for each rule, and the table of them all. */
export const rulePages: readonly Generator[] = [
  { path: 'docs/rules/README.md', generate: () => overview(documentedRules()) },
  ...documentedRules().map((rule) => ({
    path: `docs/rules/${rule.code}.md`,
    generate: () => `${rulePage(rule).replace('\n\n', `\n\n${note}\n\n`)}\n`,
  })),
]

function overview(all: readonly DocumentedRule[]): string {
  const rows = all.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`)
  return `${[
    '# Rules of the linter',
    note,
    `\`mainspring lint\` checks connectors by ${rules.length} rules, and shows what is found when a definition is loaded. The level can be changed in \`mainspring.config.yaml\`; see [how the linter is used](../reference/lint.md).`,
    ['| Code | Level | What it finds |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')}\n`
}
