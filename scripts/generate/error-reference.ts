import { errorCatalogue } from '../../src/errors/index.ts'
import type { Generator } from './generator.ts'

/** The page of all error codes. */
export const errorReference: Generator = {
  path: 'docs/reference/errors.md',
  generate() {
    const sections = Object.entries(errorCatalogue).map(([code, { title, meaning, remedy, retryable }]) =>
      [
        `## ${code}`,
        `**${title}.** ${meaning}`,
        `*What to do:* ${remedy}`,
        retryable ? 'The same call may simply be made again.' : 'Repeating the same call does not help.',
      ].join('\n\n'),
    )
    return `${[intro, ...sections].join('\n\n')}\n`
  },
}

const intro = `# Error codes

<!-- Made from src/errors/catalogue.ts by scripts/generate.ts. -->

Every error and every finding of the linter has one of these codes. They are stable: match on them, not on messages.
An error may say otherwise than its page whether the call can be repeated; \`retryable\` of the error itself counts.`
