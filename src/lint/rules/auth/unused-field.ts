import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import type { ConnectorView, FieldView } from '../../view/connector-view.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

/** Credentials that parts of the engine read by their name. */
const readByName: Readonly<Record<string, readonly string[]>> = {
  aws4: ['accessKeyId', 'secretAccessKey', 'sessionToken', 'region'],
  hmac: ['secretKey'],
  soap: ['username', 'password'],
  oauth2: ['clientId', 'clientSecret'],
}

export const unusedField = defineRule({
  code: 'lint/unused-field',
  severity: 'warning',
  title: 'A field that is asked for and never used',
  why: 'People look for a value, or hand out a secret, that no request needs; or a request goes out without what it needs.',
  remedy: 'Use it in an expression as `$.credentials.<key>`, or remove it.',
  bad: {
    part: 'method',
    yaml: 'configFields:\n  - {key: apiKey, label: API Key, type: password, required: true, secret: true}\n  - {key: region, label: Region, type: text}',
  },
  good: {
    part: 'method',
    yaml: 'configFields:\n  - {key: apiKey, label: API Key, type: password, required: true, secret: true}',
  },
  visit: {
    connector(connector, report) {
      const read = new Set(
        connector.expressions.flatMap(({ compiled }) =>
          (compiled?.reads ?? [])
            .filter(({ segments }) => segments[0] === 'credentials')
            .map(({ segments }) => segments[1]),
        ),
      )
      // The whole of the credentials is passed on.
      if (read.has(undefined)) return
      for (const field of connector.methods.flatMap(({ fields }) => fields)) {
        if (read.has(field.key) || implicit(field, connector)) continue
        const meant = nearestName(field.key, [...read].map(String))
        // Read under a misspelt name: a finding of its own.
        if (meant !== undefined && !field.method.fields.some(({ key }) => key === meant)) continue
        report(field.keyNode, { message: `The field "${field.key}" is never used.` })
      }
    },
  },
})

function implicit({ key, map, method }: FieldView, connector: ConnectorView): boolean {
  if (memberOf(map, 'externalSystemAccountIdentifier') !== undefined) return true
  const signing = textOf(memberOf(memberOf(method.authorization, 'signing'), 'strategy'))
  const soap = connector.actions.some((action) =>
    action.steps.some(({ calls }) => calls.some(({ functionName }) => functionName.startsWith('soap'))),
  )
  const oauth = method.type === 'oauth2' || textOf(memberOf(method.authorization, 'type')) === 'oauth2'
  const kinds = [signing, soap ? 'soap' : undefined, oauth ? 'oauth2' : undefined]
  return kinds.some(
    (kind) =>
      kind !== undefined && Object.hasOwn(readByName, kind) && readByName[kind]?.includes(key) === true,
  )
}
