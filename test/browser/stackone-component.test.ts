import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { clockworkSandbox } from '../hub/start-hub.ts'
import { BrowserSession, fillCredentials } from './browser-session.ts'
import { browserTest } from './browser-test.ts'
import { findChromium } from './chromium.ts'
import { fetchStackoneComponent, stackonePackage, startStackoneProduct } from './stackone-component.ts'

// The client that exists, unchanged, in a page of a product that is not the hub's: what it asks for is what we serve.
// Asked for here, not in beforeAll: the names below tell what is skipped.
const component = findChromium() === undefined ? { missing: 'no Chromium' } : await fetchStackoneComponent()
let session: BrowserSession
let product: Awaited<ReturnType<typeof startStackoneProduct>>

beforeAll(async () => {
  if (!('script' in component)) return
  session = (await BrowserSession.start()) as BrowserSession
  product = await startStackoneProduct(component.script)
})

afterEach(() => session?.endTest())

afterAll(async () => {
  product?.server.closeAllConnections()
  product?.server.close()
  await session?.close()
})

/** Skipped by name where the component or the browser is missing; in CI it fails. */
function componentTest(name: string, run: () => Promise<void>): void {
  if ('script' in component || findChromium() === undefined) browserTest(name, run)
  else if (process.env['CI'] === undefined)
    test.skip(`${name} (skipped: npm pack ${stackonePackage} has to work here; it needs a registry or its cache)`, () => {})
  else
    test(name, () => {
      throw new Error(component.missing)
    })
}

/** As the product's own server does. */
async function createToken(wish: object): Promise<string> {
  const { url, authorization } = session.running
  const response = await fetch(`${url}/connect_sessions`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ origin_owner_name: 'Acme Talent', provider: 'clockwork', ...wish }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { token: string }).token
}

interface Opened {
  readonly page: Page
  /** Sent to the hub with a body. */
  readonly sent: { readonly method: string; readonly path: string; readonly body: unknown }[]
  readonly origins: Set<string>
}

async function openComponent(token: string): Promise<Opened> {
  const page = await session.openPage()
  const opened: Opened = { page, sent: [], origins: new Set() }
  page.on('request', (request) => {
    const { origin, pathname, protocol } = new URL(request.url())
    if (protocol !== 'data:') opened.origins.add(origin)
    const body = request.postDataJSON() as unknown
    if (body !== null) opened.sent.push({ method: request.method(), path: pathname, body })
  })
  await page.goto(`${product.origin}/?token=${token}&hub=${session.running.url}`)
  return opened
}

const connect = (page: Page) => page.getByRole('button', { name: 'Connect', exact: true }).click()

async function heardBy(page: Page): Promise<unknown> {
  await page.getByText('Connection Successful').waitFor()
  return page.evaluate('window.heard')
}

async function listAccounts(originOwnerId: string): Promise<{ readonly id: string }[]> {
  const { url, authorization } = session.running
  const response = await fetch(`${url}/accounts?origin_owner_id=${originOwnerId}`, { headers: authorization })
  return (await response.json()) as { id: string }[]
}

async function listPeople(accountId: string): Promise<{ readonly status: number; readonly rows: number }> {
  const { url, authorization } = session.running
  const response = await fetch(`${url}/actions/rpc`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json', 'x-account-id': accountId },
    body: JSON.stringify({ action: 'clockwork_list_people', query: { page_size: 2 } }),
  })
  const { data = [] } = (await response.json()) as { data?: unknown[] }
  return { status: response.status, rows: data.length }
}

componentTest('StackOne’s component links an account, and its page hears of it', async () => {
  const { page, origins } = await openComponent(await createToken({ origin_owner_id: 'component' }))
  await fillCredentials(page, session.running.credentials)
  await connect(page)
  const heard = await heardBy(page)
  const accounts = await listAccounts('component')
  expect(accounts).toMatchObject([
    { provider: 'clockwork', status: 'active', origin_owner_name: 'Acme Talent' },
  ])
  const id = accounts[0]?.id ?? ''
  expect(heard).toEqual([{ type: 'success', detail: { id, provider: 'clockwork' } }])
  expect(await listPeople(id)).toEqual({ status: 200, rows: 2 })
  expect([...origins].sort()).toEqual([product.origin, session.running.url].sort())

  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.waitForFunction('window.heard.length === 2')
  expect(await page.evaluate('window.heard[1].type')).toBe('close')
})

componentTest('StackOne’s component shows what we say of a wrong secret, and links after it', async () => {
  const { page } = await openComponent(await createToken({ origin_owner_id: 'component-wrong' }))
  await fillCredentials(page, { ...session.running.credentials, apiSecret: 'canary-not-the-secret' })
  await connect(page)
  await page
    .getByText(
      'Clockwork Recruiting does not accept these credentials. Most likely wrong: API Key, API Secret',
    )
    .waitFor()
  // The component writes the answer to the console, and would write a secret in it as well.
  const complaints = session.takeComplaints()
  expect(complaints).toEqual([expect.stringContaining('"code":"hub/not-linked"')])
  expect(complaints.join()).not.toContain('canary')
  expect(await listAccounts('component-wrong')).toEqual([])

  await fillCredentials(page, session.running.credentials)
  await connect(page)
  await heardBy(page)
  expect(await listAccounts('component-wrong')).toHaveLength(1)
})

componentTest('StackOne’s component repairs an account in place: only the new secret is typed', async () => {
  const { hub, credentials } = session.running
  const owner = { id: 'component-edit', name: 'Acme Talent' }
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner, actor: { kind: 'system' } },
    { integrationId: clockworkSandbox, values: credentials },
  )
  if (!linked.linked) throw new Error(linked.failure.headline)
  const { id } = linked.account
  // The provider has got another secret since.
  await hub.services.vault.write(
    hub.services.store,
    { projectId: 'default', kind: 'account', subjectId: id },
    { credentials: { ...credentials, apiSecret: 'the-former-secret' } },
  )
  expect(await listPeople(id)).toEqual({ status: 401, rows: 0 })

  const { page, sent } = await openComponent(await createToken({ origin_owner_id: owner.id, account_id: id }))
  const secret = page.getByLabel('API Secret', { exact: true })
  await secret.waitFor()
  expect(await page.getByLabel('Firm Name', { exact: true }).inputValue()).toBe(credentials.firmName)
  expect(await secret.inputValue()).toMatch(/^•+$/)
  // The three secrets are locked, each with a button after it.
  await page.getByRole('button', { name: 'Edit', exact: true }).nth(1).click()
  await secret.fill(credentials.apiSecret)
  await connect(page)
  expect(await heardBy(page)).toEqual([{ type: 'success', detail: { id, provider: 'clockwork' } }])

  const changed = { firmName: credentials.firmName, apiSecret: credentials.apiSecret }
  expect(sent).toEqual([
    {
      method: 'PATCH',
      path: `/hub/accounts/${id}`,
      body: { integration_id: clockworkSandbox, credentials: changed },
    },
  ])
  expect(await listAccounts(owner.id)).toMatchObject([
    { id, status: 'active', setup_information: { firmName: credentials.firmName } },
  ])
  expect(await listPeople(id)).toEqual({ status: 200, rows: 2 })
})

componentTest('StackOne’s component changes a plain value and keeps all stored secrets', async () => {
  const { hub, credentials } = session.running
  const owner = { id: 'component-plain', name: 'Acme Talent' }
  const linked = await hub.services.linking.link(
    { projectId: 'default', owner, actor: { kind: 'system' } },
    { integrationId: clockworkSandbox, values: credentials },
  )
  if (!linked.linked) throw new Error(linked.failure.headline)
  const { id } = linked.account
  const { page } = await openComponent(await createToken({ origin_owner_id: owner.id, account_id: id }))
  const firmName = page.getByLabel('Firm Name', { exact: true })
  // Another firm's name does not go with the stored secrets: the account stays as it was.
  await firmName.fill('borealis')
  await connect(page)
  await page.getByText('does not accept these credentials').waitFor()
  expect(session.takeComplaints()).toHaveLength(1)
  expect(await listAccounts(owner.id)).toMatchObject([
    { id, setup_information: { firmName: credentials.firmName } },
  ])

  await firmName.fill(`https://${credentials.firmName}.clockworkrecruiting.com/people`)
  await connect(page)
  expect(await heardBy(page)).toEqual([{ type: 'success', detail: { id, provider: 'clockwork' } }])
  expect(await listAccounts(owner.id)).toMatchObject([
    { id, status: 'active', setup_information: { firmName: credentials.firmName } },
  ])
  expect(await listPeople(id)).toEqual({ status: 200, rows: 2 })
})
