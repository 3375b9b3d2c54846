import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { type OAuthProvider, startOAuthProvider } from '../hub/oauth-provider.ts'
import { BrowserSession } from './browser-session.ts'
import { browserTest } from './browser-test.ts'
import { findChromium } from './chromium.ts'
import { startProduct } from './product.ts'

const actor = { kind: 'system' } as const
let provider: OAuthProvider
let session: BrowserSession

beforeAll(async () => {
  if (findChromium() === undefined) return
  provider = await startOAuthProvider()
  session = (await BrowserSession.start({
    connectors: provider.connectors,
    integrations: [],
  })) as BrowserSession
  const setup = { clientId: 'client-1', clientSecret: 'client-secret-1' }
  await session.running.hub.services.integrations.saveSetup(
    'default',
    'consent.oauth.production',
    setup,
    actor,
  )
})

afterEach(() => session?.endTest())

afterAll(async () => {
  await session?.close()
  await provider?.close()
})

browserTest('a person goes to the provider’s page and comes back to the confirmation', async () => {
  const { link } = await session.createLink({ originOwnerId: 'full-page', provider: 'consent' })
  const page = await session.openPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Continue to Consent' }).click()
  await page.getByRole('heading', { name: 'Consent is connected' }).waitFor()
  expect(await session.accountsOf('full-page')).toHaveLength(1)
})

browserTest('a person who does not allow it begins again', async () => {
  const { link } = await session.createLink({ originOwnerId: 'denied', provider: 'consent' })
  const page = await session.openPage()
  await page.goto(link)
  provider.refuseNext()
  await page.getByRole('button', { name: 'Continue to Consent' }).click()
  await page.getByRole('alert').getByText('You did not allow the access at Consent.').waitFor()
  expect(await session.accountsOf('denied')).toEqual([])
  await page.getByRole('button', { name: 'Continue to Consent' }).click()
  await page.getByRole('heading', { name: 'Consent is connected' }).waitFor()
})

browserTest(
  'from the frame of another product, the provider’s page opens in a window that closes again',
  async () => {
    const product = await startProduct()
    const { settings } = session.running.hub.services
    try {
      await settings.update('default', { allowedOrigins: [product.origin] }, actor)
      const { token } = await session.createLink({ originOwnerId: 'popup', provider: 'consent' })
      const page = await session.openPage()
      await page.goto(`${product.origin}/?token=${token}&hub=${session.running.url}`)
      const frame = page.frameLocator('mainspring-connect iframe')
      const opening = page.waitForEvent('popup')
      await frame.getByRole('button', { name: 'Continue to Consent' }).click()
      const popup = await opening
      if (!popup.isClosed()) await popup.waitForEvent('close')
      await frame.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
      await page.waitForFunction('window.heard.length === 2')
      const [account] = await session.accountsOf('popup')
      expect(await page.evaluate('window.heard')).toEqual([
        { type: 'success', detail: { id: account?.id, provider: 'consent' } },
        { type: 'close', detail: null },
      ])
    } finally {
      await settings.update('default', { allowedOrigins: [] }, actor)
      product.server.close()
    }
  },
)
