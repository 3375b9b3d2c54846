import { differences } from '../../../src/plan/exact/differences.ts'
import type { Generator } from '../generator.ts'

/** The page of deliberate differences. */
export const differencesReference: Generator = {
  path: 'docs/reference/differences.md',
  generate() {
    const sections = Object.entries(differences).map(([code, { title, original, ours, why, exact }]) =>
      [
        `## ${code}`,
        `**${title}.**`,
        `*The original:* ${original}`,
        `*Here:* ${ours} ${why}`,
        exact ? '`compat: exact` brings the original back.' : 'The same with `compat: exact`.',
      ].join('\n\n'),
    )
    return `${[intro, ...sections].join('\n\n')}\n`
  },
}

const intro = `# Differences from the original runtime

<!-- Made from src/plan/exact/differences.ts by scripts/generate.ts. -->

Definitions of the published format run here with the semantics their authors saw: mapping, conditions, paging and results
are the same. Where safety or plain sense demands it, Mainspring does something else. \`explain\` names such places of
a request in its \`notes\`. Who needs the old behaviour bit by bit writes

\`\`\`yaml
x-mainspring: { compat: exact }
\`\`\`

at the connector or at one action; \`compat: safe\` at an action takes it out again. The authentication of a connector is in
the mode of the connector. How the expression language differs stands on
[its own page](expression-differences.md).`
