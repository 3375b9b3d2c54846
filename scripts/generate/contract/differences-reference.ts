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

<!-- Made from src/plan/exact/differences.ts by scripts/generate.ts. -->`
