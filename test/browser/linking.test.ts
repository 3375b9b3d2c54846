import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import { BrowserSession, fillCredentials } from './browser-session.ts'
import { browserTest } from './browser-test.ts'
import { startProduct } from './product.ts'

let session: BrowserSession

beforeAll(async () => {
  // Without a browser every test below is skipped.
  session = (await BrowserSession.start()) as BrowserSession
})

afterEach(() => session?.endTest())
afterAll(() => session?.close())

describe('three ways to link, from an empty hub', () => {
  browserTest('from the dashboard: the account shows at once', async () => {
    const page = await session.openDashboard()
    await page.getByRole('heading', { name: 'No account yet' }).waitFor()
    await page.getByRole('link', { name: 'Link an account' }).click()
    await page.getByLabel('Owner’s name').fill('Acme Talent')
    await page.getByLabel('Owner’s id').fill('dashboard')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Connect Clockwork Recruiting with API Key' }).waitFor()
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: 'Clockwork Recruiting is connected' }).waitFor()
    await dialog.getByRole('link', { name: 'Open the account' }).click()
    await page.getByRole('heading', { name: 'Acme Talent', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Accounts', exact: true }).first().click()
    await page.getByRole('link', { name: 'Acme Talent' }).waitFor()
    expect(await session.accountsOf('dashboard')).toMatchObject([{ status: 'active', type: 'test' }])
  })

  browserTest('by an auth link, copied from the dashboard and opened by somebody else', async () => {
    const page = await session.openDashboard()
    await page.goto('/accounts/link/invite')
    await page.getByLabel('Owner’s name').fill('Harbor Partners')
    await page.getByLabel('Owner’s id').fill('auth-link')
    await page.getByRole('button', { name: 'Create the link' }).click()
    const link = await page.locator('.copy-block code').innerText()
    const other = await session.openPage()
    await other.goto(link)
    await other.getByText('For Harbor Partners').waitFor()
    await fillCredentials(other, session.running.credentials)
    await other.getByRole('button', { name: 'Connect', exact: true }).click()
    await other.getByRole('dialog').getByText('You can close this page now.').waitFor()
    expect(await session.accountsOf('auth-link')).toHaveLength(1)
  })

  browserTest('inside another product: success and close reach its page, and only its page', async () => {
    const product = await startProduct()
    try {
      await session.running.hub.services.settings.update(
        'default',
        { allowedOrigins: [product.origin] },
        { kind: 'system' },
      )
      const { token } = await session.createLink({ originOwnerId: 'embedded' })
      const page = await session.openPage()
      await page.goto(`${product.origin}/?token=${token}&hub=${session.running.url}`)
      const frame = page.frameLocator('mainspring-connect iframe')
      await fillCredentials(frame as never, session.running.credentials)
      await frame.getByRole('button', { name: 'Connect', exact: true }).click()
      await frame.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
      await page.waitForFunction('window.heard.length === 2')
      const [account] = await session.accountsOf('embedded')
      expect(await page.evaluate('window.heard')).toEqual([
        { type: 'success', detail: { id: account?.id, provider: 'clockwork' } },
        { type: 'close', detail: null },
      ])
    } finally {
      await session.running.hub.services.settings.update(
        'default',
        { allowedOrigins: [] },
        { kind: 'system' },
      )
      product.server.close()
    }
  })

  browserTest('inside another product, an expired session is an error event', async () => {
    const product = await startProduct()
    try {
      const page = await session.openPage()
      await page.goto(`${product.origin}/?token=cs_invented&hub=${session.running.url}`)
      await page.waitForFunction('window.heard.length === 1')
      expect(await page.evaluate('window.heard[0]')).toEqual({
        type: 'error',
        detail: { code: 'hub/session-expired', message: 'This link is no longer valid' },
      })
    } finally {
      product.server.close()
    }
  })
})

describe('what goes wrong', () => {
  browserTest('a wrong secret is named and asked for again; the rest is corrected and links', async () => {
    const { link } = await session.createLink({ originOwnerId: 'wrong-secret' })
    const page = await session.openPage()
    await page.goto(link)
    await fillCredentials(page, { ...session.running.credentials, apiSecret: 'not-the-secret' })
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('alert').getByText('does not accept these credentials').waitFor()
    expect(await page.getByLabel('Firm Name', { exact: true }).inputValue()).toBe(
      session.running.credentials.firmName,
    )
    expect(await page.getByLabel('API Secret', { exact: true }).inputValue()).toBe('')
    expect(await page.content()).not.toContain('not-the-secret')
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await session.accountsOf('wrong-secret')).toHaveLength(1)
  })

  browserTest('the form is checked before anything is sent, in the words of the definition', async () => {
    const before = session.running.sandbox.requests.length
    const { link } = await session.createLink()
    const page = await session.openPage()
    await page.goto(link)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('API Key is required.').waitFor()
    const firmName = page.getByLabel('Firm Name', { exact: true })
    expect(await page.evaluate(`document.activeElement.id`)).toBe('field-firmName')
    await firmName.fill('-not-a-name-')
    await firmName.blur()
    await page.getByText('Enter the subdomain alone', { exact: false }).waitFor()
    expect(session.running.sandbox.requests).toHaveLength(before)
  })

  browserTest('a pasted address becomes the firm name, with a word about it', async () => {
    const { link } = await session.createLink()
    const page = await session.openPage()
    await page.goto(link)
    const firmName = page.getByLabel('Firm Name', { exact: true })
    await firmName.focus()
    await page.evaluate(`
      document.execCommand('insertText', false, 'https://acme.clockworkrecruiting.com/people')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { bubbles: true }))
    `)
    await page.getByText('Taken from the address you pasted: acme').waitFor()
    expect(await firmName.inputValue()).toBe('acme')
  })

  browserTest('a secret can be looked at, and is hidden again', async () => {
    const { link } = await session.createLink()
    const page = await session.openPage()
    await page.goto(link)
    const secret = page.getByLabel('API Secret', { exact: true })
    await page.getByRole('button', { name: 'Show API Secret' }).click()
    expect(await secret.getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Show API Secret' }).click()
    expect(await secret.getAttribute('type')).toBe('password')
  })

  browserTest('an expired link says what to do', async () => {
    const page = await session.openPage()
    const response = await page.goto('/connect/link_long-gone')
    expect(response?.status()).toBe(410)
    await page.getByText('Ask the person who sent it for a new one').waitFor()
  })

  browserTest('two clicks on Connect link one account', async () => {
    const { link } = await session.createLink({ originOwnerId: 'double', multiple: true })
    const page = await session.openPage()
    await page.goto(link)
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).dblclick()
    await page.getByRole('dialog').waitFor()
    expect(await session.accountsOf('double')).toHaveLength(1)
  })

  browserTest('the back button brings an empty form again, and no second account', async () => {
    const { link } = await session.createLink({ originOwnerId: 'back' })
    const page = await session.openPage({ javaScriptEnabled: false })
    await page.goto(link)
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'Clockwork Recruiting is connected' }).waitFor()
    await page.goBack()
    expect(await page.getByLabel('API Secret', { exact: true }).inputValue()).toBe('')
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'Clockwork Recruiting is connected' }).waitFor()
    expect(await session.accountsOf('back')).toHaveLength(1)
  })

  browserTest('the same link in two tabs links one account of the owner', async () => {
    const { link } = await session.createLink({ originOwnerId: 'tabs' })
    const first = await session.openPage()
    const second = await first.context().newPage()
    await Promise.all([first.goto(link), second.goto(link)])
    for (const page of [first, second]) await fillCredentials(page, session.running.credentials)
    await Promise.all(
      [first, second].map(async (page) => {
        await page.getByRole('button', { name: 'Connect', exact: true }).click()
        await page.getByRole('dialog').waitFor()
      }),
    )
    expect(await session.accountsOf('tabs')).toHaveLength(1)
  })
})

describe('a linked account', () => {
  browserTest('is connected again in place, and disconnected after a question', async () => {
    const page = await session.openDashboard()
    const { link } = await session.createLink({ originOwnerId: 'life', originOwnerName: 'Tidewater Search' })
    await page.goto(link)
    await fillCredentials(page, session.running.credentials)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Open the account' }).click()
    const [before] = await session.accountsOf('life')

    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByRole('status').getByText('The connection works.').waitFor()
    expect(page.url()).not.toContain('said=')

    await page.getByRole('button', { name: 'Re-connect' }).click()
    await page.getByRole('heading', { name: 'Re-connect Clockwork Recruiting' }).waitFor()
    await page.getByLabel('API Secret', { exact: true }).fill(session.running.credentials.apiSecret)
    await page.getByRole('button', { name: 'Re-connect' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Open the account' }).click()
    expect((await session.accountsOf('life'))[0]?.id).toBe(before?.id)

    await page.getByRole('link', { name: 'Disconnect…' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('link', { name: 'Disconnect…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('status').getByText('The account is disconnected').waitFor()
    expect(await session.accountsOf('life')).toEqual([])
  })
})
