import type { SourceNode } from '../../../definition/index.ts'
import { nearestName } from '../../../errors/index.ts'
import { wordsOf } from '../../knowledge/words.ts'
import { defineRule, type ReportFinding } from '../../rule.ts'
import { asScalar, textOf } from '../../view/read-tree.ts'

/** An argument that passes an input on mostly has its name: what differs by a letter is a slip of one of them. */
export const misspeltArg = defineRule({
  code: 'lint/misspelt-arg',
  severity: 'warning',
  title: 'An argument that is nearly called like the input it carries',
  why: 'The provider knows one of the two names. The other one is ignored without an error.',
  remedy: 'Correct the name of the argument, or of the input.',
  bad: { part: 'arg', yaml: 'name: persn_id\nin: query\nvalue: $.inputs.person_id' },
  good: { part: 'arg', yaml: 'name: person_id\nin: query\nvalue: $.inputs.person_id' },
  visit: {
    arg({ name, nameNode, value }, report) {
      check(name, nameNode, value, report)
    },
  },
})

/** An argument, or a key within the body, and the input it carries. */
function check(name: string, node: SourceNode, value: SourceNode | undefined, report: ReportFinding): void {
  if (value?.kind === 'map')
    for (const entry of value.entries) check(entry.name, entry.key, entry.value, report)
  const read = /^\$\.inputs\.(?:\w+\.)*([A-Za-z_]\w*)$/.exec(textOf(asScalar(value)) ?? '')?.[1]
  if (read === undefined || name.length < 4 || sameWords(name, read)) return
  if (nearestName(name, [read]) === undefined || Math.abs(name.length - read.length) > 1) return
  if (lettersChanged(name, read) > 2) return
  report(node, {
    message: `The argument is called "${name}", and carries the input "${read}".`,
    hint: `Did you mean \`${read}\`?`,
  })
}

/** Other case, other separators, or a plural: two spellings on purpose. */
function sameWords(one: string, other: string): boolean {
  const plain = (text: string) =>
    wordsOf(text)
      .map((word) => word.replace(/s$/, ''))
      .join('')
  return plain(one) === plain(other)
}

function lettersChanged(one: string, other: string): number {
  const count = (text: string, letter: string) => text.split(letter).length - 1
  const letters = new Set([...one, ...other])
  let changed = 0
  for (const letter of letters) changed += Math.abs(count(one, letter) - count(other, letter))
  return changed
}
