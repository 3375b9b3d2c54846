import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { runCli } from '../cli/run-cli.ts'
import { findBarriers } from './browser-session.ts'
import { browserTest } from './browser-test.ts'
import { findChromium, launchChromium } from './chromium.ts'

let folder: string
let browser: Browser | undefined
const contexts: BrowserContext[] = []
const complaints: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-site-'))
  const built = await runCli(['catalog', 'build', 'connectors', '--html', join(folder, 'site')])
  expect(built).toMatchObject({ exit: 0 })
  if (findChromium() !== undefined) browser = await launchChromium()
})

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
  expect(complaints.splice(0)).toEqual([])
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

/** A page from the disk; whatever it complains of, or asks the network for, fails the test. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (browser as Browser).newContext({ reducedMotion: 'reduce', ...options })
  contexts.push(context)
  context.setDefaultTimeout(10_000)
  context.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) complaints.push(request.url())
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  // What a page no longer waits for when it is left has not failed.
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`)
  })
  await page.goto(addressOf(path))
  return page
}

function addressOf(path: string): string {
  return new URL(path, `${pathToFileURL(join(folder, 'site'))}/`).href
}

describe('opened from a disk', () => {
  browserTest('a search finds an action, and its link opens it', async () => {
    const page = await open('index.html')
    await page.keyboard.press('/')
    await page.keyboard.type('list peo')
    const link = page.getByRole('link', { name: /^List People/ })
    await link.waitFor()
    await link.click()
    await page.getByRole('heading', { name: 'Clockwork Recruiting', level: 1 }).waitFor()
    const action = page.locator('#clockwork_list_people')
    expect(await action.getAttribute('open')).not.toBeNull()
    await action.getByText('mainspring run clockwork_list_people').waitFor()
  })

  browserTest('a search keeps the connectors that hold every word, and says when there is none', async () => {
    const page = await open('index.html')
    const search = page.getByRole('searchbox')
    await search.fill('clockwork')
    expect(await page.locator('.tile:visible').count()).toBe(1)
    await search.fill('zzz-nothing')
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
    expect(await page.locator('.tile:visible').count()).toBe(0)
    await search.fill('')
    expect(await page.locator('.tile:visible').count()).toBeGreaterThan(0)
    // The words stay in the address, so that the way back finds them again.
    await search.fill('phone number')
    await page.waitForURL(/#phone%20number$/)
    await page.reload()
    expect(await page.getByRole('searchbox').inputValue()).toBe('phone number')
    expect(await page.locator('.found').count()).toBeGreaterThan(0)
  })

  browserTest('everything can be read without scripts', async () => {
    const page = await open('index.html', { javaScriptEnabled: false })
    expect(await page.getByRole('searchbox').count()).toBe(0)
    await page.getByRole('link', { name: 'Clockwork Recruiting' }).click()
    await page.locator('#clockwork_create_person > summary').click()
    await page.getByText('look before you send it again').first().waitFor()
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0)
    await page.getByRole('heading', { name: 'Linking an account' }).waitFor()
  })

  browserTest('an action is opened with the keyboard', async () => {
    const page = await open('connectors/clockwork.html#clockwork_list_tags')
    const summary = page.locator('#clockwork_list_people > summary')
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('#clockwork_list_people').getAttribute('open')).not.toBeNull()
  })

  browserTest('no page is wider than a phone', async () => {
    for (const path of ['index.html', 'connectors/clockwork.html']) {
      const page = await open(path, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true })
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true })`)
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360])
    }
  })

  for (const colours of ['light', 'dark'] as const)
    browserTest(`axe finds no barrier in ${colours} colours`, async () => {
      for (const path of ['index.html', 'index.html#people', 'connectors/clockwork.html']) {
        const page = await open(path, { colorScheme: colours })
        await page.evaluate(
          `document.querySelectorAll('details.action').forEach((one, at) => { one.open = at < 4 })`,
        )
        expect(complaints).toEqual([])
        expect([path, await findBarriers(page, colours)]).toEqual([path, []])
        // axe reads stylesheets again, which the policy of the pages forbids it.
        complaints.length = 0
      }
    })
})
