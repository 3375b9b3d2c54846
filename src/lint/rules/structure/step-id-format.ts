import { defineRule } from '../../rule.ts'

/** `steps.get-person.output` is a subtraction. */
export const stepIdFormat = defineRule({
  code: 'lint/step-id-format',
  severity: 'warning',
  title: 'A step id that expressions cannot spell',
  why: 'Expressions read a step by its id. In a program or a hole, `steps.get-person` is `steps.get` minus `person`, and an id with a space or a dot cannot be written at all.',
  remedy: 'Use letters, digits and underscores: `get_person`.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: get-person\n    stepFunction:\n      functionName: request\n      parameters: {url: /me, method: get}',
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: get_person\n    stepFunction:\n      functionName: request\n      parameters: {url: /me, method: get}',
  },
  visit: {
    step({ id, idNode }, report) {
      if (id === '' || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(id)) return
      report(idNode, { message: `The step id "${id}" cannot be written as a name in an expression.` })
    },
  },
})
