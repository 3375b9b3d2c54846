import { defineRule } from '../../rule.ts'
import { asScalar, textOf } from '../../view/read-tree.ts'

/** `present(x)` guards the sending of x. */
export const conditionOfOtherInput = defineRule({
  code: 'lint/condition-of-other-input',
  severity: 'warning',
  title: 'A condition about another input than the one that is sent',
  why: 'An argument that is sent only where an input is present nearly always sends that input. Where it sends another one, the condition was copied and not changed: the value goes missing, or an empty one goes out.',
  remedy: 'Name the same input in the condition and in the value.',
  bad: {
    part: 'arg',
    yaml: "name: team\nin: query\nvalue: $.inputs.team_id\ncondition: '{{present($.inputs.person_id)}}'",
  },
  good: {
    part: 'arg',
    yaml: "name: team\nin: query\nvalue: $.inputs.team_id\ncondition: '{{present($.inputs.team_id)}}'",
  },
  visit: {
    arg({ condition, value, name, call }, report) {
      const guarded = /^\{\{\s*\(?\s*present\(\s*(?:\$\.)?inputs\.(\w+)(?:\.\w+)*\s*\)\s*\)?\s*\}\}$/.exec(
        (textOf(condition) ?? '').trim(),
      )?.[1]
      if (guarded === undefined || value === undefined || condition === undefined) return
      const text = value.file.text.slice(value.start, value.end)
      if (text.split(/\W+/).includes(guarded)) return
      const scalar = asScalar(value)
      const sendsInput = /inputs\.\w/.test(text)
      // A constant that is sent with an input is a thing of its own, unless all the others of the call send theirs.
      const others = call.args.filter((arg) => arg.condition !== undefined && arg.name !== name)
      if (
        !sendsInput &&
        (scalar === undefined ||
          others.length < 2 ||
          others.some((arg) => !/inputs\./.test(textOf(asScalar(arg.value)) ?? '')))
      )
        return
      report(value, {
        message: `"${name}" is sent where the input "${guarded}" is present, and sends something else.`,
        related: [{ message: 'The condition.', at: condition }],
      })
    },
  },
})
