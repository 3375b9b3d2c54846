import type { Hub } from '../../../src/hub/index.ts'
import type { ProviderSandbox } from '../../../src/sandbox/index.ts'

const actor = { kind: 'system' } as const

/**
 * Links an account of a sandbox as a person does: by the values of the form, or by the way to the consent page and back.
 * What an operator registers at the provider is registered first. Gives the id of the account.
 */
export async function linkAccount(
  hub: Hub,
  sandbox: ProviderSandbox,
  owner = 'journey',
  method?: string,
): Promise<string> {
  const { integrations, linking } = hub.services
  const offered = await integrations.ofConnector('default', sandbox.connector)
  const integration = offered.find(({ id }) => method === undefined || id.split('.')[1] === method)
  if (integration === undefined) throw new Error(`${sandbox.connector} is not offered`)
  const asked = Object.fromEntries(
    integration.method.setupFields.flatMap(({ key }) => {
      const value = sandbox.setup[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
  if (Object.keys(asked).length > 0) await integrations.saveSetup('default', integration.id, asked, actor)
  if (integration.method.oauth?.hasAuthorizationUrl === true) return consent(hub, integration.id, owner)
  const values = Object.fromEntries(
    integration.method.configFields.flatMap(({ key }) => {
      const value = sandbox.credentials[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
  const result = await linking.link(
    { projectId: 'default', owner: { id: owner, name: owner }, actor },
    { integrationId: integration.id, values },
  )
  if (!result.linked) throw new Error(`Not linked: ${result.failure.headline}`)
  return result.account.id
}

/** What the embedded component and its popup do, with the redirects and cookies of a browser. */
async function consent(hub: Hub, integrationId: string, owner: string): Promise<string> {
  const { token } = await hub.services.connectSessions.create(
    'default',
    { originOwnerId: owner, originOwnerName: owner },
    actor,
  )
  const headers = { 'x-hub-session-token': token, 'content-type': 'application/json' }
  const begun = await fetch(`${hub.url}/hub/connection_attempts`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  })
  const { id } = (await begun.json()) as { id: string }
  const query = new URLSearchParams({
    token,
    connection_attempt_id: id,
    redirect_uri: 'http://localhost:9/x',
  })
  await browse(hub, `${hub.url}/connect/oauth2/${integrationId}?${query}`)
  const seen = await fetch(`${hub.url}/hub/connection_attempts/${id}`, {
    headers: { 'x-hub-session-token': token },
  })
  const { account, error } = (await seen.json()) as { account: { id: string } | null; error: unknown }
  if (account === null) throw new Error(`Not linked: ${JSON.stringify(error)}`)
  return account.id
}

async function browse(hub: Hub, address: string): Promise<void> {
  const cookies = new Map<string, string>()
  let url = address
  for (let hops = 0; hops < 8; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: url.startsWith(hub.url) ? { cookie } : {},
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return
    url = new URL(location, url).href
  }
  throw new Error('too many redirects')
}
