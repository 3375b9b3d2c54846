// Takes the pictures in docs/images: `npm run screenshots`. Clock, data and ids are fixed, so that only a change of the
// pages changes a picture. Names given as arguments take these alone.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { runCli } from '../cli/run-cli.ts'
import { startTestHub, type TestHub } from '../hub/start-hub.ts'
import { launchChromium } from './chromium.ts'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const today = Date.parse('2026-03-12T10:30:00Z')
const hourMs = 3_600_000
const looks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const

interface Shot {
  readonly name: string
  readonly path: string
  /** Brings the page into the state of the picture. */
  readonly prepare?: (page: Page) => Promise<void>
}

let now = today
const actor = { kind: 'system' } as const

async function seed(running: TestHub): Promise<string> {
  const { services } = running.hub
  const owners = [
    ['Blue Ridge Executive Search', 900, null],
    ['Tidewater Partners', 400, 'Boston office'],
    ['Harbor Foods Talent', 150, null],
    ['Northwind Search', 30, null],
    ['Acme Talent', 2, 'Acme · Retained search'],
  ] as const
  const ids: string[] = []
  for (const [at, [name, hoursAgo, label]] of owners.entries()) {
    now = today - hoursAgo * hourMs
    const { linked, ...rest } = await services.linking.link(
      {
        projectId: 'default',
        actor: { kind: 'connect', id: '1' },
        owner: { id: `customer-${40 + at}`, name },
        label,
      },
      { integrationId: 'clockwork.api_key.sandbox', values: running.credentials },
    )
    if (!linked || !('account' in rest)) throw new Error(`${name} was not linked`)
    ids.push(rest.account.id)
  }
  now = today - 20 * hourMs
  running.sandbox.setFaults([{ fault: { kind: 'status', status: 401 } }])
  await services.linking.testAccount('default', ids[2] ?? '')
  running.sandbox.setFaults([])
  now = today - hourMs / 4
  for (const at of [1, 3, 4]) await services.linking.testAccount('default', ids[at] ?? '')
  await services.accounts.update('default', ids[0] ?? '', { status: 'inactive' }, actor)
  await services.keys.create('default', { name: 'Nightly import', scopes: ['read'] }, actor)
  await seedRuns(running, ids[4] ?? '')
  await seedEvents(running, ids[4] ?? '')
  await seedWebhook(running)
  now = today
  return ids[4] ?? ''
}

async function seedEvents({ hub }: TestHub, accountId: string): Promise<void> {
  const { subscriptions, deliveries } = hub.services
  now = today - hourMs
  const { webhookUrl } = await subscriptions.add('default', { accountId }, actor)
  now = today - 120_000
  const candidacy = { id: 'c1', project_id: 'p1', stoplight_status: 'green' }
  await hub.app.inject({
    method: 'POST',
    url: new URL(webhookUrl).pathname,
    payload: { event_name: 'candidacy_updated', candidacy },
  })
  await deliveries.handleDue()
}

/** Told as if a server had been there: nothing is sent from here. */
async function seedWebhook({ hub }: TestHub): Promise<void> {
  const { store } = hub.services
  const createdAt = new Date(today - 60 * hourMs).toISOString()
  const webhook = { id: 'whk_shown', projectId: 'default', url: 'https://app.example.com/hooks/mainspring' }
  await store.webhooks.add({
    ...webhook,
    events: ['account.created', 'account.updated'],
    active: true,
    createdAt,
  })
  const events = (await store.webhooks.listEvents('default', 4)).filter(({ event }) =>
    event.startsWith('account'),
  )
  await store.webhooks.addDeliveries(
    events.map(({ id, createdAt: at }, index) => ({
      id: `del_${index}`,
      projectId: 'default',
      webhookId: webhook.id,
      eventId: id,
      status: index === 1 ? 'failed' : 'delivered',
      attempts: index === 1 ? 14 : 1,
      nextAt: at,
      createdAt: at,
      deliveredAt: index === 1 ? null : at,
      lastError: index === 1 ? 'answered 503' : null,
    })),
  )
}

async function seedRuns(running: TestHub, accountId: string): Promise<void> {
  const { runs, policies } = running.hub.services
  const calls = [
    ['clockwork_list_people', { page_size: 5 }, 'rpc', 'req_people'],
    ['clockwork_list_projects', {}, 'mcp', 'req_projects'],
    ['clockwork_create_person', { name: 'Ines Okafor' }, 'try-it', 'req_created'],
    ['clockwork_list_person_notes', { person_id: 'no-such-person' }, 'rpc', 'req_failed'],
  ] as const
  for (const [at, [action, inputs, source, requestId]] of calls.entries()) {
    now = today - (4 - at) * 240_000
    const caller = { projectId: 'default', actor, accountId: null, canWrite: true, agent: false }
    await runs.run(caller, { accountId, action, inputs, source, requestId }).catch(() => undefined)
  }
  const { rules } = await policies.get('default', 'agents')
  await policies.save('default', 'agents', { ...rules, readOnly: true, methods: ['GET'] }, actor)
}

async function listShots(running: TestHub, accountId: string): Promise<readonly Shot[]> {
  const createLink = async () => {
    const wish = { originOwnerId: 'customer-45', originOwnerName: 'Acme Talent', provider: 'clockwork' }
    const { linkToken } = await running.hub.services.connectSessions.create('default', wish, actor)
    return `/connect/${linkToken}`
  }
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [key, value] of Object.entries(values)) await page.locator(`#field-${key}`).fill(value)
    await page.locator('#submit').click()
  }
  return [
    { name: 'connect', path: await createLink() },
    {
      name: 'connect-refused',
      path: await createLink(),
      prepare: async (page) => {
        await fill(page, { ...running.credentials, apiSecret: 'wrong' })
        await page.locator('#failure').waitFor()
      },
    },
    {
      name: 'connected',
      path: await createLink(),
      prepare: async (page) => {
        await fill(page, running.credentials)
        await page.locator('dialog[open]').waitFor()
      },
    },
    { name: 'connect-expired', path: '/connect/link_of-long-ago' },
    { name: 'accounts', path: '/accounts' },
    { name: 'account', path: `/accounts/${accountId}` },
    {
      name: 'account-events',
      path: `/accounts/${accountId}`,
      prepare: (page) =>
        page.getByRole('heading', { name: 'Events' }).evaluate((element) => element.scrollIntoView()),
    },
    {
      name: 'disconnect',
      path: `/accounts/${accountId}`,
      prepare: (page) => page.locator('[data-dialog="disconnect"]').click(),
    },
    { name: 'link-here', path: '/accounts/link' },
    {
      name: 'auth-link',
      path: '/accounts/link/invite',
      prepare: async (page) => {
        await page.locator('select[name="provider"]').selectOption('clockwork')
        await page.locator('#owner-name').fill('Acme Talent')
        await page.locator('#owner-id').fill('customer-45')
        await page.locator('.card button[type="submit"]').click()
        await page.locator('.copy-block').waitFor()
      },
    },
    { name: 'embed', path: '/accounts/link/embed' },
    { name: 'catalog', path: '/catalog' },
    {
      name: 'connector',
      path: '/catalog/clockwork',
      prepare: (page) => page.locator('#clockwork_list_people > summary').click(),
    },
    { name: 'connector-linking', path: '/catalog/clockwork?tab=linking' },
    { name: 'connector-setup', path: '/catalog/lever?tab=linking' },
    { name: 'api', path: '/api' },
    {
      name: 'try-it',
      path: `/try?account=${accountId}&action=clockwork_list_people`,
      prepare: async (page) => {
        await page.getByLabel('page_size').fill('4')
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await page.getByRole('heading', { name: 'Result' }).waitFor()
        await page.evaluate('scrollTo(0, 0)')
      },
    },
    { name: 'request-log', path: '/logs' },
    { name: 'request-log-entry', path: '/logs/req_failed' },
    { name: 'policies', path: '/policies' },
    { name: 'policy', path: '/policies/agents' },
    { name: 'settings-keys', path: '/settings' },
    { name: 'settings-webhooks', path: '/settings/webhooks' },
    { name: 'settings-look', path: '/settings/look' },
    { name: 'settings-origins', path: '/settings/origins' },
    { name: 'sign-in', path: '/login?token=used' },
    { name: 'not-found', path: '/nowhere' },
  ]
}

/** The static catalog, opened from the disk. */
async function listSiteShots(site: string): Promise<readonly Shot[]> {
  await runCli(['catalog', 'build', 'connectors', '--html', site])
  const address = (path: string) => new URL(path, `${pathToFileURL(site)}/`).href
  return [
    {
      name: 'static-catalog',
      path: address('index.html'),
      prepare: (page) => page.locator('#search').fill('list people'),
    },
    { name: 'static-connector', path: address('connectors/clockwork.html#clockwork_create_person') },
  ]
}

/** What is made by chance shows as something fixed. */
const settle = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    node.data = node.data
      .replace(/(acc|req)_[a-z0-9]{20,}/g, '$1_k3x7mq2vbd5nw6tz4hjy9rpc')
      .replace(/(link|cs)_[\\w-]{20,}/g, '$1_7Qm2xV9tLw4Rz8Kc1Np5Yd3Hs6Bf0Jg')
      .replace(/127\\.0\\.0\\.1:\\d+/g, '127.0.0.1:4400')
      .replace(/\\b\\d+ ms/g, '12 ms')
      .replace(/msk_[\\w-]{6}…/g, 'msk_x7Qm2v…')
  }
  document.getElementById('toasts')?.replaceChildren()
  document.activeElement?.blur?.()
})()`

async function take(browser: Browser, running: TestHub, shots: readonly Shot[]): Promise<void> {
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext({ ...options, baseURL: running.url, reducedMotion: 'reduce' })
    const page = await context.newPage()
    // The browser's clock is not the hub's: a cookie with an end would be over.
    const signedIn = await fetch(await running.createLoginUrl(), { redirect: 'manual' })
    const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '') ?? []
    await context.addCookies([{ name, value, url: running.url }])
    for (const { name, path, prepare } of shots) {
      await page.goto(path)
      await prepare?.(page)
      await page.evaluate(settle)
      await page.screenshot({ path: `${folder}${name}-${look}.png`, animations: 'disabled' })
    }
    await context.close()
  }
}

mkdirSync(folder, { recursive: true })
const running = await startTestHub({ clock: () => new Date(now) })
const browser = await launchChromium()
const temporary = mkdtempSync(join(tmpdir(), 'mainspring-pictures-'))
try {
  const wanted = process.argv.slice(2)
  const isWanted = ({ name }: Shot) => wanted.length === 0 || wanted.includes(name)
  await take(browser, running, [{ name: 'accounts-empty', path: '/accounts' }].filter(isWanted))
  const shots = await listShots(running, await seed(running))
  await take(browser, running, shots.filter(isWanted))
  const siteShots = await listSiteShots(join(temporary, 'catalog'))
  await take(browser, running, siteShots.filter(isWanted))
} finally {
  await browser.close()
  await running.close()
  rmSync(temporary, { recursive: true })
}
