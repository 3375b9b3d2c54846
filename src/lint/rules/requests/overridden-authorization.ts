import { defineRule } from '../../rule.ts'
import { memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const overriddenAuthorization = defineRule({
  code: 'lint/overridden-authorization',
  severity: 'warning',
  title: 'An Authorization header that loses',
  why: 'The header of the method comes last and takes the place of the one written here, which is never sent.',
  remedy: 'Remove the argument, or set `authorization: {type: none}` on the step.',
  bad: { part: 'arg', yaml: "name: Authorization\nin: headers\nvalue: 'Token ${credentials.apiKey}'" },
  good: { part: 'arg', yaml: "name: X-Api-Key\nin: headers\nvalue: '${credentials.apiKey}'" },
  visit: {
    arg({ name, nameNode, in: where, call }, report) {
      if (where !== 'headers' || name.toLowerCase() !== 'authorization') return
      const own = textOf(memberAt(call.parameters, 'authorization', 'type'))
      const { action } = call.step
      const methods = action.method === undefined ? action.connector.methods : [action.method]
      const types =
        own === undefined
          ? methods.map(({ authorization }) => textOf(memberOf(authorization, 'type')))
          : [own]
      if (
        types.length > 0 &&
        types.every((type) => type === 'basic' || type === 'bearer' || type === 'oauth2')
      )
        report(nameNode, {
          message: `The method's own ${types[0]} authorization takes the place of this header.`,
        })
    },
  },
})
