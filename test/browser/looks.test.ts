import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { BrowserSession, fillCredentials, findBarriers } from './browser-session.ts'
import { browserTest } from './browser-test.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
/** Sums up how far things move that nobody has touched. */
const watchShifts = `
  window.shifted = 0
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value
  }).observe({ type: 'layout-shift', buffered: true })
`
let session: BrowserSession
let accountId: string

beforeAll(async () => {
  session = (await BrowserSession.start()) as BrowserSession
  if (session === undefined) return
  const result = await session.running.hub.services.linking.link(
    { projectId: 'default', actor: { kind: 'system' }, owner: { id: 'shown', name: 'Northwind Search' } },
    { integrationId: 'clockwork.api_key.sandbox', values: session.running.credentials },
  )
  if (!result.linked) throw new Error('The account was not linked')
  accountId = result.account.id
})

afterEach(() => session?.endTest())
afterAll(() => session?.close())

async function pathsOfAll(): Promise<readonly string[]> {
  const { link } = await session.createLink()
  const { link: reconnect } = await session.createLink({ accountId })
  return [
    '/accounts',
    '/accounts?search=nobody',
    `/accounts/${accountId}`,
    `/accounts/${accountId}/disconnect`,
    '/accounts/link',
    '/accounts/link/invite',
    '/accounts/link/embed',
    '/catalog',
    '/catalog?search=people',
    '/catalog?search=nothing-of-the-kind',
    '/catalog/clockwork',
    '/catalog/clockwork?tab=guide',
    '/catalog/clockwork?tab=linking',
    '/api',
    '/audit',
    '/audit?verify=yes',
    '/confirmations',
    '/settings',
    '/settings/webhooks',
    '/settings/look',
    '/settings/origins',
    link,
    reconnect,
    '/connect/link_long-gone',
    '/login',
    '/login?token=used',
    '/nowhere',
  ]
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  browserTest(`no page has a barrier that axe-core finds (${colorScheme})`, async () => {
    const page = await session.openDashboard({ colorScheme })
    for (const path of await pathsOfAll()) {
      await page.goto(path)
      // Closed parts have contrasts too.
      await page.evaluate(
        `document.querySelectorAll('details.action, details.tip').forEach((one, at) => { one.open = at < 2 })`,
      )
      expect([path, await findBarriers(page, colorScheme)]).toEqual([path, []])
    }
  })

  browserTest(`neither have a refused form and the confirmation (${colorScheme})`, async () => {
    const { link } = await session.createLink({ originOwnerId: `axe-${colorScheme}` })
    const page = await session.openPage({ colorScheme })
    await page.goto(link)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('API Key is required.').waitFor()
    expect(await findBarriers(page, colorScheme)).toEqual([])
    await fillCredentials(page, { ...session.running.credentials, apiKey: 'wrong' })
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('alert').waitFor()
    expect(await findBarriers(page, colorScheme)).toEqual([])
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await findBarriers(page, colorScheme)).toEqual([])
  })
})

describe('on a phone', () => {
  browserTest(
    'no page is wider than the screen, nothing moves while it loads, and the menu opens',
    async () => {
      const page = await session.openDashboard(phone)
      await page.addInitScript(watchShifts)
      for (const path of await pathsOfAll()) {
        await page.goto(path)
        const width = await page.evaluate('document.documentElement.scrollWidth')
        expect([path, width]).toEqual([path, 360])
        // A hundredth of what counts as good: text set anew by a late font moves by less than a pixel.
        const shifted = Number(await page.evaluate('window.shifted'))
        expect({ path, moves: shifted > 0.001 }).toEqual({ path, moves: false })
      }
      await page.goto('/accounts')
      await page.locator('summary[aria-label="Menu"]').tap()
      await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Catalog' }).tap()
      await page.getByRole('heading', { name: 'Catalog' }).waitFor()
    },
  )

  browserTest('an account is linked with the thumb', async () => {
    const { link } = await session.createLink({ originOwnerId: 'phone' })
    const page = await session.openPage(phone)
    await page.goto(link)
    await page.getByRole('link', { name: 'Where do I find these values?' }).tap()
    await page.getByRole('link', { name: 'Firm Name', exact: true }).first().tap()
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).tap()
    await page.getByRole('dialog').waitFor()
    expect(await session.accountsOf('phone')).toHaveLength(1)
  })
})

describe('without a mouse', () => {
  browserTest('an account is linked, renamed and disconnected with the keyboard alone', async () => {
    const page = await session.openDashboard()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#content')
    await tabTo(page, 'Link an account')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Link an account' }).waitFor()
    await tabTo(page, 'Owner’s name')
    await page.keyboard.type('Keyboard & Co')
    await tabTo(page, 'Owner’s id')
    await page.keyboard.type('keyboard')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Connect Clockwork Recruiting with API Key' }).waitFor()
    const { firmName, apiKey, apiSecret, firmServiceKey } = session.running.credentials
    for (const [label, value] of [
      ['Firm Name', firmName],
      ['API Key', apiKey],
      ['API Secret', apiSecret],
      ['Firm Service Key', firmServiceKey],
    ] as const) {
      await tabTo(page, label)
      await page.keyboard.type(value)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, 'Open the account')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Keyboard & Co' }).waitFor()
    await tabTo(page, 'Label')
    await page.keyboard.type('By hand')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'By hand', level: 1 }).waitFor()
    await tabTo(page, 'Disconnect…')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await tabTo(page, 'Disconnect…')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Disconnect')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('The account is disconnected').waitFor()
    expect(await session.accountsOf('keyboard')).toEqual([])
  })
})

describe('without scripts', () => {
  browserTest('an account is linked, tested and disconnected', async () => {
    const page = await session.openDashboard({ javaScriptEnabled: false })
    await page.goto('/accounts/link')
    await page.getByLabel('Owner’s name').fill('Plain Forms')
    await page.getByLabel('Owner’s id').fill('plain')
    await page.getByRole('button', { name: 'Continue' }).click()
    // What needs a script is not there.
    expect(await page.getByRole('button', { name: 'Show API Secret' }).count()).toBe(0)
    await fillCredentials(page, { ...session.running.credentials, apiSecret: 'wrong' })
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('does not accept these credentials').waitFor()
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('link', { name: 'Open the account' }).click()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText('The connection works.').waitFor()
    await page.getByRole('link', { name: 'Disconnect…' }).click()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByText('The account is disconnected').waitFor()
    expect(await session.accountsOf('plain')).toEqual([])
  })
})

describe('white label', () => {
  browserTest('name, colours and guide follow the settings', async () => {
    const page = await session.openDashboard()
    await page.goto('/settings/look')
    await page.getByLabel('Name').fill('Acme Links')
    await page.locator('#accent').fill('#0a7d5a')
    await page.getByLabel(/Leave out what guides say/).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('status').getByText('Saved.').waitFor()
    try {
      const { link } = await session.createLink()
      await page.goto(link)
      expect(await page.title()).toBe('Connect Clockwork Recruiting with API Key · Acme Links')
      expect(await page.getByText('Link the account from the Hub').count()).toBe(0)
      const colour = await page.evaluate(
        `getComputedStyle(document.querySelector('#submit')).backgroundColor`,
      )
      expect(colour).toBe('rgb(10, 125, 90)')
    } finally {
      await session.running.hub.services.settings.update(
        'default',
        { hubName: 'Mainspring', accentColor: null, hideHubSections: false },
        { kind: 'system' },
      )
    }
  })
})

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(`(() => {
      const { activeElement: element } = document
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? ''
      return label.trim().replace(/\\s+optional$/, '')
    })()`)
    if (focused === name) return
  }
  throw new Error(`Tab does not lead to "${name}"`)
}
