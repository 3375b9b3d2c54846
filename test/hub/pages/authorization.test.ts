import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type OAuthProvider, startOAuthProvider } from '../oauth-provider.ts'
import { startTestHub, type TestHub } from '../start-hub.ts'
import { type Page, Visitor } from './visitor.ts'

const consent = 'consent.oauth.production'
let provider: OAuthProvider
let running: TestHub
let now = new Date('2026-03-12T10:00:00Z')

beforeAll(async () => {
  provider = await startOAuthProvider()
  running = await startTestHub({ connectors: provider.connectors, integrations: [], clock: () => now })
})

afterAll(async () => {
  await running.close()
  await provider.close()
})

async function openForm(ownerId: string, person: Visitor): Promise<Page> {
  const { linkToken } = await running.hub.services.connectSessions.create(
    'default',
    { originOwnerId: ownerId, originOwnerName: 'Acme Talent', provider: 'consent' },
    { kind: 'system' },
  )
  return person.go(`/connect/${linkToken}`)
}

/** Where the page sends the person. */
function providerOf(page: Page): URL {
  const [, href = ''] = /<a href="([^"]+)"[^>]*id="continue"/.exec(page.html) ?? []
  return new URL(href.replaceAll('&amp;', '&'))
}

async function accountsOf(ownerId: string) {
  const { accounts } = running.hub.services
  return accounts.list('default', { originOwnerIds: [ownerId] }, { limit: 10, offset: 0 })
}

test('before the set-up is done, the form says whose turn it is', async () => {
  const person = new Visitor(running.url)
  const refused = await person.submit(await openForm('early', person), '/connect/')
  expect([refused.status, refused.text.includes('Consent cannot be connected yet.')]).toEqual([422, true])
})

test('the operator sets the integration up on its page, and the secret is not shown again', async () => {
  const operator = await new Visitor(running.url).signIn(running)
  const page = await operator.go('/catalog/consent?tab=linking')
  expect(page.text).toContain('Needs set-up')
  expect(page.text).toContain(`Redirect address ${running.url}/connect/oauth2/consent/callback`)
  expect(page.text).toContain('Register an application of the kind “web”.')
  expect(page.html).toContain(
    '<a href="https://docs.example/setup" rel="noreferrer" target="_blank">Read the guide</a>',
  )
  const action = `/catalog/integrations/${consent}/setup`
  const refused = await operator.submit(page, action, { 'field.clientId': 'client-1' })
  expect(refused.status).toBe(422)
  const saved = await operator.submit(page, action, {
    'field.clientId': 'client-1',
    'field.clientSecret': 'client-secret-1',
  })
  expect(saved.text).not.toContain('Needs set-up')
  expect(saved.html).toContain('value="client-1"')
  expect(saved.html).not.toContain('client-secret-1')
  // Left empty, the secret stays.
  await operator.submit(saved, action, { 'field.clientId': 'client-1' })
})

test('without a script, a person goes to the provider, allows, and comes back to the confirmation', async () => {
  const person = new Visitor(running.url)
  const form = await openForm('allows', person)
  expect(form.text).toContain('Continue to Consent')
  expect(form.html).toMatch(
    /Ask us\. Press <strong>Allow<\/strong>\. <a href="https:\/\/help\.example"[^>]*>Get help/,
  )
  const departure = await person.submit(form, '/connect/')
  expect(departure.html).toContain('http-equiv="refresh"')
  const url = providerOf(departure)
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  const back = await person.go(url)
  expect(back.text).toContain('Consent is connected')
  expect(await accountsOf('allows')).toMatchObject([{ provider: 'consent', status: 'active' }])
  for (const token of provider.accessTokens) expect(back.html).not.toContain(token)
})

test('a person who does not allow it is told so, and can begin again', async () => {
  const person = new Visitor(running.url)
  const url = providerOf(await person.submit(await openForm('denies', person), '/connect/'))
  provider.refuseNext()
  const back = await person.go(url)
  expect(back.text).toContain('You did not allow the access at Consent.')
  const again = providerOf(await person.submit(back, '/connect/'))
  expect((await person.go(again)).text).toContain('Consent is connected')
})

test('a return that comes too late, or in another browser, links nothing', async () => {
  const person = new Visitor(running.url)
  const late = providerOf(await person.submit(await openForm('late', person), '/connect/'))
  now = new Date(now.getTime() + 20 * 60_000)
  expect((await person.go(late)).text).toContain('That took too long.')

  const other = providerOf(await person.submit(await openForm('other', person), '/connect/'))
  const stranger = await new Visitor(running.url).go(other)
  expect(stranger.status).toBeGreaterThanOrEqual(400)
  expect([...(await accountsOf('late')), ...(await accountsOf('other'))]).toEqual([])
})

test('an attempt is shown to the session that began it alone', async () => {
  const person = new Visitor(running.url)
  const back = await person.go(providerOf(await person.submit(await openForm('mine', person), '/connect/')))
  const attempt = new URL(back.path, running.url).searchParams.get('attempt') ?? ''
  const foreign = await openForm('foreign', person)
  const { status } = await person.go(`${foreign.path}/returned?attempt=${attempt}`)
  expect(status).toBe(404)
})
