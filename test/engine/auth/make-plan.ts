import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectorPlan, compileConnector, loadConnector } from '../../../src/index.ts'

/** A plan of a connector with this `authentication`, whose one action reads `/people` of the base URL. */
export async function makePlan(
  baseUrl: string,
  authentication: string,
  more = '',
  action = actionText,
): Promise<ConnectorPlan> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-auth-'))
  const text = `StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: d }
baseUrl: ${baseUrl}
authentication:
${authentication.replace(/^/gm, '  ')}
${more}
actions:
${action}
`
  try {
    await writeFile(join(folder, 'acme.connector.s1.yaml'), text)
    const { model, diagnostics } = await loadConnector(folder)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (model === null || errors.length > 0) throw new Error(JSON.stringify(errors, null, 1))
    return compileConnector(model)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const actionText = `  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction:
          functionName: request
          parameters: { url: /people, method: get, response: { dataKey: people } }
    result: { data: $.steps.get.output.data }`

/** An `oauth2` method of the authorization code grant at this server. */
export function oauthMethod(issuer: string, flow = '', rest = ''): string {
  return `- oauth:
    type: oauth2
    label: OAuth
    grantType: authorization_code
    setupFields:
      - { key: clientId, label: Client id, type: text, required: true, secret: false }
      - { key: clientSecret, label: Client secret, type: password, required: true, secret: true }
    environments: [{ key: production, name: Production }]
    authorization:
      type: oauth2
      token: $.credentials.accessToken
      authorizationUrl: ${issuer}/auth
      authorizationParams:
        response_type: code
        client_id: $.credentials.clientId
        redirect_uri: \${apiHostUri}/connect/oauth2/acme/callback
        scope: openid offline_access people.read
        prompt: consent
      tokenUrl: ${issuer}/token
      pkce: true
${flow.replace(/^(?=.)/gm, '      ')}
${rest.replace(/^(?=.)/gm, '    ')}`
}
