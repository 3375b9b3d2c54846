import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTransport } from '../../src/engine/index.ts'
import { loopback } from '../fixtures/loopback.ts'
import { type OAuthProvider, startOAuthProvider } from './oauth-provider.ts'
import { Visitor } from './pages/visitor.ts'
import { startTestHub, type TestHub } from './start-hub.ts'

// What everybody sees of an account that its provider no longer renews, and what the provider sees of it.

const actor = { kind: 'system' } as const
const integrationId = 'consent.oauth.production'
let provider: OAuthProvider
let running: TestHub

beforeAll(async () => {
  provider = await startOAuthProvider()
  running = await startTestHub({
    connectors: provider.connectors,
    integrations: [],
    transport: createTransport({ network: loopback }),
  })
  const setup = { clientId: 'client-1', clientSecret: 'client-secret-1' }
  await running.hub.services.integrations.saveSetup('default', integrationId, setup, actor)
})
afterAll(async () => {
  await running.close()
  await provider.close()
})

/** An account whose token has ended, and whose consent was taken back at the provider. */
async function linkRefused(owner: string) {
  const { integrations, linking } = running.hub.services
  const integration = await integrations.get('default', integrationId)
  const grant = provider.grant()
  const { accessToken, refreshToken } = grant
  const result = await linking.complete(
    { projectId: 'default', owner: { id: owner, name: owner }, actor },
    integration,
    { credentials: { accessToken, refreshToken } },
  )
  if (!result.linked) throw new Error(result.failure.headline)
  provider.expire()
  grant.revoked = true
  return { id: result.account.id, grant }
}

async function rpc(id: string) {
  const response = await running.hub.app.inject({
    method: 'POST',
    url: '/actions/rpc',
    headers: { ...running.authorization, 'x-account-id': id },
    payload: { action: 'consent_list_people' },
  })
  return {
    status: response.statusCode,
    body: response.json() as Record<string, unknown>,
    text: response.body,
  }
}

async function mcp(id: string) {
  const response = await running.hub.app.inject({
    method: 'POST',
    url: `/mcp?x-account-id=${id}`,
    headers: { ...running.authorization, accept: 'application/json' },
    payload: {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'consent_list_people', arguments: {} },
    },
  })
  return response.body
}

test('the caller is told what to do, by RPC and by MCP, and the provider is asked once, however many call', async () => {
  const { id, grant } = await linkRefused('refused')
  const before = provider.tokenCalls
  const first = await Promise.all([rpc(id), rpc(id), rpc(id), rpc(id)])
  for (const { status, body } of first) {
    expect(body).toMatchObject({ code: 'auth/reconnect-needed' })
    expect(String(body['hint'])).toContain('link the account again')
    expect(status).toBe(first[0]?.status)
  }
  expect(provider.tokenCalls - before).toBe(1)
  const calls = provider.calls
  for (let call = 0; call < 10; call++) {
    expect((await rpc(id)).body).toMatchObject({ code: 'auth/reconnect-needed' })
    const tool = await mcp(id)
    expect(tool).toContain('auth/reconnect-needed')
    expect(tool).toContain('link the account again')
    expect(tool).toContain('"isError":true')
  }
  // Neither the token endpoint nor the API hears of those.
  expect([provider.tokenCalls - before, provider.calls - calls, grant.refused]).toEqual([1, 0, 1])
})

test('the API and the pages show it, and say so until a person links the account again', async () => {
  const { id, grant } = await linkRefused('shown')
  await rpc(id)
  const get = async () =>
    (
      await running.hub.app.inject({ url: `/accounts/${id}`, headers: running.authorization })
    ).json() as Record<string, unknown>
  expect(await get()).toMatchObject({
    status: 'error',
    status_reasons: [{ code: 'auth/reconnect-needed' }],
    last_error: { code: 'auth/reconnect-needed' },
  })
  const operator = await new Visitor(running.url).signIn(running)
  const listed = await operator.go('/accounts?status=error')
  expect(listed.text).toContain('shown')
  expect(listed.text).toContain('Re-connect needed')
  const page = await operator.go(`/accounts/${id}`)
  expect(page.text).toContain('Re-connect needed')
  expect(page.html).toContain(`action="/accounts/${id}/reconnect"`)
  for (const token of [grant.accessToken, grant.refreshToken])
    expect(JSON.stringify(await get()) + listed.html + page.html).not.toContain(token)

  // The way that the button leads: a session for this very account, and the provider's consent.
  const { connectSessions, authorizations, integrations } = running.hub.services
  const { token } = await connectSessions.create(
    'default',
    { originOwnerId: 'shown', originOwnerName: 'shown', provider: 'consent', accountId: id },
    actor,
  )
  await integrations.get('default', integrationId)
  const form = await new Visitor(running.url).go(`/connect/${token}`)
  expect(form.status).toBe(200)
  const begun = await authorizations.begin(
    { projectId: 'default', owner: { id: 'shown', name: 'shown' }, accountId: id, actor },
    { integrationId, values: {}, returnTo: '/' },
  )
  if (!begun.begun) throw new Error(begun.failure.headline)
  const agreed = await fetch(begun.url, { redirect: 'manual' })
  const { searchParams } = new URL(agreed.headers.get('location') ?? '')
  await authorizations.complete(searchParams, begun.browserToken)
  expect((await rpc(id)).status).toBe(200)
  expect(await get()).toMatchObject({ id, status: 'active', status_reasons: [], last_error: null })
  expect((await operator.go(`/accounts/${id}`)).text).not.toContain('Re-connect needed')
})
