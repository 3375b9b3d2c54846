import { defineRule } from '../../rule.ts'
import { asScalar, memberAt, textOf } from '../../view/read-tree.ts'

export const invalidPattern = defineRule({
  code: 'lint/invalid-pattern',
  severity: 'error',
  title: 'A pattern that is no regular expression',
  why: 'A pattern that does not compile checks nothing, or refuses every value.',
  remedy: 'Mend the regular expression; quote it in single quotes so that backslashes stay.',
  bad: {
    part: 'input',
    yaml: "name: code\ntype: string\nin: query\ndescription: Code of the team.\nrules:\n  pattern: '^[A-Z'",
  },
  good: {
    part: 'input',
    yaml: "name: code\ntype: string\nin: query\ndescription: Code of the team.\nrules:\n  pattern: '^[A-Z]+$'",
  },
  visit: {
    input({ map }, report) {
      const node = asScalar(memberAt(map, 'rules', 'pattern'))
      const pattern = textOf(node)
      if (node === undefined || pattern === undefined) return
      try {
        new RegExp(pattern, 'u')
      } catch (error) {
        if (compilesLoosely(pattern)) return
        report(node, { message: `The pattern is not a valid regular expression: ${reasonOf(error)}.` })
      }
    },
  },
})

function compilesLoosely(pattern: string): boolean {
  try {
    new RegExp(pattern)
    return true
  } catch {
    return false
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(': ').at(-1) ?? '').toLowerCase() : 'it cannot be read'
}
