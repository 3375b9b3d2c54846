import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTransport, runAction } from '../../src/engine/index.ts'
import { loopback } from '../fixtures/loopback.ts'
import { type OAuthProvider, startOAuthProvider } from './oauth-provider.ts'
import { startTestHub, type TestHub } from './start-hub.ts'

const integrationId = 'consent.oauth.production'
let provider: OAuthProvider
let running: TestHub
let now = new Date()

beforeAll(async () => {
  provider = await startOAuthProvider()
  running = await startTestHub({ connectors: provider.connectors, integrations: [], clock: () => now })
  await running.hub.services.integrations.saveSetup(
    'default',
    integrationId,
    { clientId: 'client-1', clientSecret: 'client-secret-1' },
    { kind: 'system' },
  )
})

afterAll(async () => {
  await running.close()
  await provider.close()
})

interface Attempt {
  readonly id: string
  readonly status: string
  readonly account: { readonly id: string; readonly provider: string } | null
  readonly error: { readonly code: string } | null
}

/** What the component does: a session, an attempt to watch, and the address of the popup. */
async function announce(owner: string) {
  const { token } = await running.hub.services.connectSessions.create(
    'default',
    { originOwnerId: owner, originOwnerName: owner, provider: 'consent' },
    { kind: 'system' },
  )
  const headers = { 'x-hub-session-token': token }
  const call = async (method: string, path: string, body?: object): Promise<Attempt> => {
    const response = await fetch(`${running.url}/hub/connection_attempts${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as Attempt
  }
  const { id } = await call('POST', '', { token })
  const query = new URLSearchParams({
    token,
    connection_attempt_id: id,
    redirect_uri: 'http://localhost:9/x',
  })
  return {
    popup: `${running.url}/connect/oauth2/${integrationId}?${query}`,
    poll: () => call('GET', `/${id}`),
    cancel: () => call('DELETE', `/${id}`),
  }
}

/** Follows redirects as a browser does, with the cookies of the hub. */
async function browse(address: string, cookies = new Map<string, string>()) {
  let url = address
  const visited: string[] = []
  for (let hops = 0; hops < 6; hops++) {
    visited.push(new URL(url).pathname)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: url.startsWith(running.url) ? { cookie } : {},
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return { response, text: await response.text(), visited, cookies, url }
    url = new URL(location, url).href
  }
  throw new Error('too many redirects')
}

test('a person goes to the provider and comes back with a linked account that runs', async () => {
  const { popup, poll } = await announce('consenting')
  expect(await poll()).toMatchObject({ status: 'pending', account: null })
  const { response, text, visited } = await browse(popup)
  expect(visited).toEqual([
    `/connect/oauth2/${integrationId}`,
    '/auth',
    '/connect/oauth2/consent/callback',
    '/connect/oauth2/done',
  ])
  expect(response.status).toBe(200)
  expect(text).toContain('AccountConnected')
  const { status, account } = await poll()
  expect({ status, account }).toMatchObject({ status: 'authenticated', account: { provider: 'consent' } })
  const opened = await running.hub.services.accounts.open('default', account?.id ?? '')
  const { data } = await runAction(opened.integration.connector, 'list_people', {
    ...opened.run,
    credentials: opened.source,
    transport: createTransport({ network: loopback }),
  })
  expect(data).toEqual([{ id: '1' }])
  for (const token of provider.accessTokens) expect(text).not.toContain(token)
})

test('who says no at the provider has cancelled, and nothing is linked', async () => {
  const { popup, poll } = await announce('refusing')
  provider.refuseNext()
  await browse(popup)
  expect(await poll()).toMatchObject({ status: 'cancelled', account: null, error: { code: 'auth/denied' } })
  const { accounts } = running.hub.services
  expect(await accounts.count('default', { originOwnerIds: ['refusing'] })).toBe(0)
})

test('another browser cannot end what this one has begun', async () => {
  const { popup, poll } = await announce('lured')
  const begun = await fetch(popup, { redirect: 'manual' })
  const { response } = await browse(begun.headers.get('location') ?? '')
  expect(response.status).toBe(401)
  expect(await poll()).toMatchObject({ status: 'pending', account: null })
})

test('a return is taken once', async () => {
  const { popup } = await announce('twice')
  const cookies = new Map<string, string>()
  const begun = await fetch(popup, { redirect: 'manual' })
  const [cookie = ''] = begun.headers.getSetCookie()
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
  cookies.set(name, value)
  const consent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
  const callback = consent.headers.get('location') ?? ''
  expect((await browse(callback, new Map(cookies))).response.status).toBe(200)
  expect((await browse(callback, new Map(cookies))).response.status).toBe(401)
})

test('one that was given up or waited for too long links nothing any more', async () => {
  const given = await announce('given-up')
  expect(await given.cancel()).toMatchObject({ status: 'cancelled' })
  expect((await browse(given.popup)).response.status).toBe(401)

  const late = await announce('late')
  const begun = await fetch(late.popup, { redirect: 'manual' })
  expect(begun.status).toBe(303)
  const before = now
  now = new Date(now.getTime() + 16 * 60_000)
  expect(await late.poll()).toMatchObject({ status: 'expired' })
  now = before
})

test('the attempts of another session are not there', async () => {
  const mine = await announce('mine')
  const yours = await announce('yours')
  const id = (await mine.poll()).id
  const token = new URL(yours.popup).searchParams.get('token') ?? ''
  const response = await fetch(`${running.url}/hub/connection_attempts/${id}`, {
    headers: { 'x-hub-session-token': token },
  })
  expect(response.status).toBe(404)
})
