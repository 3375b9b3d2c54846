import { defineRule } from '../rule.ts'

/** Findings about the comments that turn findings off. */
export const disableRules = {
  withoutReason: defineRule({
    code: 'lint/disable-without-reason',
    severity: 'error',
    title: 'A finding turned off without a reason',
    why: 'Whoever reads the file later cannot tell whether the finding was wrong, or in the way.',
    remedy:
      'Write the reason behind two dashes: `# mainspring-disable-line lint/… -- The provider gives all rows at once.`',
    bad: {
      part: 'action',
      yaml: '# mainspring-disable-next-line lint/action-id-format\nactionId: getPerson',
    },
    good: {
      part: 'action',
      yaml: '# mainspring-disable-next-line lint/action-id-format -- Callers know it by this name.\nactionId: getPerson',
    },
    visit: {},
  }),
  unused: defineRule({
    code: 'lint/unused-disable',
    severity: 'warning',
    title: 'A comment that turns nothing off',
    why: 'The finding it speaks of is gone. Left in place, the comment hides the next one.',
    remedy: 'Remove the comment.',
    bad: {
      part: 'action',
      yaml: '# mainspring-disable-next-line lint/action-id-format -- Callers know it by this name.\nactionId: get_person',
    },
    good: { part: 'action', yaml: 'actionId: get_person' },
    visit: {},
  }),
  unknown: defineRule({
    code: 'lint/unknown-disable',
    severity: 'warning',
    title: 'A comment that turns off what does not exist',
    why: 'A misspelt code turns nothing off, and nobody sees why.',
    remedy: 'Name a code that the linter reports.',
    bad: {
      part: 'action',
      yaml: '# mainspring-disable-next-line lint/action-id-fromat -- Callers know it by this name.\nactionId: get_person',
    },
    good: {
      part: 'action',
      yaml: '# mainspring-disable-next-line lint/action-id-format -- Callers know it by this name.\nactionId: getPerson',
    },
    visit: {},
  }),
} as const
