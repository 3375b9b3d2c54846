import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { connectorsFolder, startTestHub, type TestHub } from '../hub/start-hub.ts'
import { findChromium, launchChromium } from './chromium.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** One browser and one hub for a file of tests; each test has a context of its own. */
export class BrowserSession {
  readonly running: TestHub
  readonly #browser: Browser
  readonly #contexts: BrowserContext[] = []
  readonly #complaints: string[] = []

  private constructor(running: TestHub, browser: Browser) {
    this.running = running
    this.#browser = browser
  }

  /**
   * A hub with Clockwork alone, unless the options name other connectors: with several, people choose one first.
   *
   * @returns undefined where there is no browser: the tests are skipped then
   */
  static async start(options: Parameters<typeof startTestHub>[0] = {}): Promise<BrowserSession | undefined> {
    if (findChromium() === undefined) return undefined
    const [running, browser] = await Promise.all([
      startTestHub({ connectors: join(connectorsFolder, 'clockwork'), ...options }),
      launchChromium(),
    ])
    return new BrowserSession(running, browser)
  }

  async openPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.running.url,
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(10_000)
    this.#contexts.push(context)
    context.on('page', (page) => this.#listen(page))
    return context.newPage()
  }

  /** A page of the dashboard, signed in. */
  async openDashboard(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.openPage(options)
    await page.goto(await this.running.createLoginUrl())
    return page
  }

  /** An auth link for an owner; `token` is what an embedding page is given. */
  async createLink(wish: object = {}): Promise<{ readonly link: string; readonly token: string }> {
    const { linkToken, token } = await this.running.hub.services.connectSessions.create(
      'default',
      { originOwnerId: 'acme', originOwnerName: 'Acme Talent', provider: 'clockwork', ...wish },
      { kind: 'system' },
    )
    return { link: `/connect/${linkToken}`, token }
  }

  async accountsOf(originOwnerId: string) {
    const { accounts } = this.running.hub.services
    return accounts.list('default', { originOwnerIds: [originOwnerId] }, { limit: 100, offset: 0 })
  }

  /** What the scripts have complained of so far, where a test expects them to; the end of the test forgets it. */
  takeComplaints(): readonly string[] {
    return this.#complaints.splice(0)
  }

  /** Ends a test: its contexts close, and scripts that failed or broke the content policy fail the test. */
  async endTest(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()))
    expect(this.takeComplaints()).toEqual([])
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.running.close()
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.#complaints.push(String(error)))
    page.on('console', (message) => {
      // A refused form is answered with 4xx, which the console calls an error.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.#complaints.push(message.text())
    })
  }
}

/** Fills the form of Clockwork by the labels that a person reads. */
export async function fillCredentials(
  page: Pick<Page, 'getByLabel'>,
  credentials: Readonly<Record<string, string>>,
): Promise<void> {
  const labels = {
    firmName: 'Firm Name',
    apiKey: 'API Key',
    apiSecret: 'API Secret',
    firmServiceKey: 'Firm Service Key',
  }
  for (const [key, label] of Object.entries(labels))
    await page.getByLabel(label, { exact: true }).fill(credentials[key] ?? '')
}

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe-core finds wrong with a page: WCAG 2.2 AA and below, and its best practices. In dark colours only the
 * colours are looked at: all else is the same page.
 */
export async function findBarriers(page: Page, colours: 'light' | 'dark'): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  const runOnly = colours === 'light' ? levels : { type: 'rule', values: ['color-contrast'] }
  const options = { runOnly, resultTypes: ['violations'] }
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  )
}
