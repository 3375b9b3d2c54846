import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

export const entrypointParameter = defineRule({
  code: 'lint/entrypoint-parameter',
  severity: 'warning',
  title: 'A parameter of the entry point without an input',
  why: '`entrypointUrl` tells callers the path of the action. A `:name` in it is filled from the input of that name.',
  remedy: 'Declare the input with `in: path`, or correct the name in the URL.',
  bad: { part: 'action', yaml: 'entrypointUrl: /people/:id' },
  good: { part: 'action', yaml: 'entrypointUrl: /people/:person_id' },
  visit: {
    action({ map, inputs }, report) {
      const node = asScalar(memberOf(map, 'entrypointUrl'))
      const names = inputs.map(({ name }) => name)
      for (const [whole, name = ''] of (textOf(node) ?? '').matchAll(/:([A-Za-z_]\w*)/g)) {
        if (node === undefined || names.includes(name)) continue
        const meant = nearestName(name, names)
        report(spanOfText(node, whole), {
          message: `The entry point names "${name}", and the action has no such input.`,
          hint: meant === undefined ? undefined : `Did you mean \`:${meant}\`?`,
        })
      }
    },
  },
})
