import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { oauthCredentials } from '../../knowledge/state-roots.ts'
import { defineRule } from '../../rule.ts'
import { isWritten, spanOfSegment } from '../../span-of-segment.ts'
import type { ConnectorView, MethodView } from '../../view/connector-view.ts'
import { asMap, mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const unknownCredential = defineRule({
  code: 'lint/unknown-credential',
  severity: 'error',
  title: 'An expression that reads a credential that nobody gives',
  why: 'The form never asks for it and no token exchange adds it: requests go out without it, or not at all.',
  remedy: 'Correct the name, or declare the field under `configFields` or `setupFields`.',
  bad: { part: 'method', yaml: 'authorization:\n  type: bearer\n  token: $.credentials.apikey' },
  good: { part: 'method', yaml: 'authorization:\n  type: bearer\n  token: $.credentials.apiKey' },
  visit: {
    expression(expression, report) {
      const { compiled, method, connector, scope } = expression
      if (scope === 'body') return
      for (const read of compiled?.reads ?? []) {
        const name = read.segments[1]
        if (read.segments[0] !== 'credentials' || typeof name !== 'string') continue
        const methods = method === undefined ? connector.methods : [method]
        const known = methods.flatMap((one) => credentialsOf(one, connector))
        // Without any method there is nothing to compare with.
        if (methods.length === 0 || known.includes(name)) continue
        const meant = nearestName(name, known)
        const at = spanOfSegment(expression, read, 1)
        const field = methods.flatMap(({ fields }) => fields).find(({ key }) => key === meant)
        report(at, {
          message: `There is no credential "${name}".`,
          hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
          related: field === undefined ? undefined : [{ message: 'Declared here.', at: field.keyNode }],
          fix:
            meant === undefined || !isWritten(expression, read, 1)
              ? undefined
              : replaceSpan(`Write ${meant}`, at, meant),
        })
      }
    },
  },
})

/** Everything that is there once an account is linked: fields, tokens, and what a refresh adds. */
function credentialsOf(method: MethodView, connector: ConnectorView): readonly string[] {
  const { authorization, fields, type } = method
  const refresh = connector.flows.find((flow) => flow.flow === 'refresh' && flow.method === method)
  const exchanges =
    refresh !== undefined || type === 'oauth2' || textOf(memberOf(authorization, 'type')) === 'oauth2'
  const mapped = (refresh?.steps ?? []).flatMap((step) =>
    step.calls.flatMap((call) =>
      mapsOf(memberOf(call.parameters, 'fields')).map(
        (field) => textOf(memberOf(field, 'targetFieldKey')) ?? '',
      ),
    ),
  )
  const callback = asMap(memberOf(authorization, 'callbackParams'))?.entries.map(
    ({ value }) => textOf(value) ?? '',
  )
  return [
    ...fields.map(({ key }) => key),
    ...(exchanges ? oauthCredentials : []),
    ...(asMap(memberOf(authorization, 'additionalTokenFields'))?.entries.map(({ name }) => name) ?? []),
    ...(callback ?? []),
    ...mapped,
  ]
}
