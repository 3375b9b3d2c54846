import { contentWords } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

export const descriptionRestatesName = defineRule({
  code: 'lint/description-restates-name',
  severity: 'info',
  title: 'A description that only repeats the name',
  why: '"Person id" says of `person_id` nothing that the name does not: not where the value comes from, nor what it looks like.',
  remedy: 'Say where the value comes from, what it looks like, or what the action gives back.',
  bad: { part: 'input', yaml: 'name: person_id\ntype: string\nin: query\ndescription: The person ID' },
  good: {
    part: 'input',
    yaml: 'name: person_id\ntype: string\nin: query\ndescription: Id of the person (a UUID), as list_people gives it.',
  },
  visit: {
    input({ map, name, parent }, report) {
      const node = asScalar(memberOf(map, 'description'))
      if (node !== undefined && parent === undefined && saysNothing(textOf(node) ?? '', [name]))
        report(node, { message: `The description of "${name}" only repeats its name.` })
    },
    action({ map, id, flow }, report) {
      const node = asScalar(memberOf(map, 'description'))
      if (
        node !== undefined &&
        flow === 'action' &&
        saysNothing(textOf(node) ?? '', [id, textOf(memberOf(map, 'label')) ?? ''])
      )
        report(node, { message: `The description of "${id}" only repeats its name.` })
    },
  },
})

function saysNothing(description: string, names: readonly string[]): boolean {
  const words = contentWords(description)
  const known = new Set(names.flatMap(contentWords))
  return words.length > 0 && words.every((word) => known.has(word))
}
