import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const refreshWithoutToken = defineRule({
  code: 'lint/refresh-without-token',
  severity: 'error',
  title: 'A refresh that gives no access token',
  why: 'What the refresh action gives is merged into the credentials under its own names. Without `accessToken` the old token stays, and every call after its end fails.',
  remedy: 'Map the token of the provider to `accessToken`.',
  bad: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization: {type: oauth2, token: $.credentials.accessToken}\nrefreshAuthentication:\n  action:\n    actionId: refresh\n    actionType: refresh_token\n    steps:\n      - stepId: exchange\n        stepFunction: {functionName: request, parameters: {url: /token, method: post}}\n      - stepId: map\n        stepFunction:\n          functionName: map_fields\n          version: "2"\n          parameters:\n            dataSource: $.steps.exchange.output.data\n            fields:\n              - {targetFieldKey: access_token, type: string, expression: $.access_token}\n    result:\n      data: $.steps.map.output.data',
  },
  good: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization: {type: oauth2, token: $.credentials.accessToken}\nrefreshAuthentication:\n  action:\n    actionId: refresh\n    actionType: refresh_token\n    steps:\n      - stepId: exchange\n        stepFunction: {functionName: request, parameters: {url: /token, method: post}}\n      - stepId: map\n        stepFunction:\n          functionName: map_fields\n          version: "2"\n          parameters:\n            dataSource: $.steps.exchange.output.data\n            fields:\n              - {targetFieldKey: accessToken, type: string, expression: $.access_token}\n    result:\n      data: $.steps.map.output.data',
  },
  visit: {
    action({ flow, steps, method }, report) {
      if (flow !== 'refresh') return
      // Other schemes may keep their token under another name, which the method then reads.
      const wanted = tokenName(textOf(memberOf(method?.authorization, 'token')))
      const mapping = steps
        .flatMap(({ calls }) => calls)
        .find(({ functionName }) => functionName === 'map_fields')
      const fields = mapsOf(memberOf(mapping?.parameters, 'fields'))
      const targets = fields.map((field) => memberOf(field, 'targetFieldKey'))
      if (fields.length === 0 || targets.some((target) => textOf(target) === wanted)) return
      report(
        targets[0] ?? fields[0] ?? { file: mapping?.map.file ?? { name: '', text: '' }, start: 0, end: 0 },
        {
          message: `The refresh gives no \`${wanted}\`.`,
        },
      )
    },
  },
})

function tokenName(token: string | undefined): string {
  return /credentials\.([A-Za-z_]\w*)/.exec(token ?? '')?.[1] ?? 'accessToken'
}
