import { addEntry, replaceScalar } from '../../edit-text.ts'
import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, entryOf } from '../../view/read-tree.ts'

/** A path has no place for nothing. */
export const optionalPathInput = defineRule({
  code: 'lint/optional-path-input',
  severity: 'warning',
  title: 'A path input that may be left out',
  why: 'Where it is left out, the path has a hole: the original sends the text `${inputs.id}` as it stands, and this engine refuses the call in the middle of the action.',
  remedy: 'Write `required: true`.',
  bad: {
    part: 'input',
    yaml: 'name: id\ntype: string\nin: path\nrequired: false\ndescription: Id of the person.',
  },
  good: {
    part: 'input',
    yaml: 'name: id\ntype: string\nin: path\nrequired: true\ndescription: Id of the person.',
  },
  visit: {
    input({ map, name, in: where, required, parent }, report) {
      if (where !== 'path' || required || parent !== undefined) return
      const entry = entryOf(map, 'required')
      const node = asScalar(entry?.value)
      if (entry === undefined && !lacksKey(map, 'required')) return
      report(entry?.value ?? firstLine(map), {
        message: `The path input "${name}" is optional.`,
        fix:
          node === undefined
            ? addEntry('Make it required', map, 'required', 'true')
            : replaceScalar('Make it required', node, 'true'),
      })
    },
  },
})
