import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { BrowserSession, findBarriers } from './browser-session.ts'
import { browserTest } from './browser-test.ts'

let session: BrowserSession
let accountId: string

beforeAll(async () => {
  session = (await BrowserSession.start()) as BrowserSession
  if (session === undefined) return
  const result = await session.running.hub.services.linking.link(
    { projectId: 'default', actor: { kind: 'system' }, owner: { id: 'runs', name: 'Northwind Search' } },
    { integrationId: 'clockwork.api_key.sandbox', values: session.running.credentials },
  )
  if (!result.linked) throw new Error('The account was not linked')
  accountId = result.account.id
})
afterEach(() => session?.endTest())
afterAll(() => session?.close())

browserTest('the request follows what is typed; the run shows rows, timing and the next page', async () => {
  const page = await session.openDashboard()
  await page.goto(`/try?account=${accountId}&action=clockwork_list_people`)
  await page.getByLabel('page_size').fill('4')
  await page.locator('#request').getByText('limit=4').waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('heading', { name: 'Result' }).waitFor()
  expect(await page.getByRole('region', { name: 'Rows' }).locator('tbody tr').count()).toBe(4)
  const firstId = await page.getByRole('region', { name: 'Rows' }).locator('tbody td').first().innerText()
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.locator('#request').getByText('offset=4').waitFor()
  expect(await page.getByRole('region', { name: 'Rows' }).locator('tbody td').first().innerText()).not.toBe(
    firstId,
  )
  await page.goto('/logs?source=try-it')
  await page.getByRole('link', { name: 'clockwork_list_people' }).first().click()
  await page.getByRole('heading', { name: 'Timing' }).waitFor()
})

browserTest('a policy that is set keeps the action away, here as everywhere', async () => {
  const page = await session.openDashboard()
  await page.goto('/policies')
  await page.getByRole('link', { name: 'Everybody' }).click()
  await page.getByLabel(/Reading alone/).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('status').getByText('Saved.').waitFor()
  try {
    await page.goto(`/try?account=${accountId}&action=clockwork_create_person`)
    expect(await page.getByRole('heading', { name: 'Create Person' }).count()).toBe(0)
  } finally {
    await session.running.hub.services.policies.reset('default', 'project', { kind: 'system' })
  }
})

browserTest('no page has a barrier that axe-core finds, and none is wider than a phone', async () => {
  const { services } = session.running.hub
  const caller = {
    projectId: 'default',
    actor: { kind: 'system' },
    accountId: null,
    canWrite: true,
    agent: false,
  } as const
  const failed = { accountId, action: 'clockwork_list_person_notes', inputs: { person_id: 'x' } }
  await services.runs.run(caller, { ...failed, source: 'rpc', requestId: 'req_axe' }).catch(() => undefined)
  const paths = [
    '/try',
    `/try?account=${accountId}&action=clockwork_create_person`,
    '/logs',
    '/logs?source=proxy',
    '/logs/req_axe',
    '/policies',
    '/policies/project',
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await session.openDashboard({ colorScheme, viewport: { width: 360, height: 740 } })
    for (const path of paths) {
      await page.goto(path)
      expect([path, await findBarriers(page, colorScheme)]).toEqual([path, []])
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360])
    }
    await page.goto(`/try?account=${accountId}&action=clockwork_list_people`)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    expect(await findBarriers(page, colorScheme)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  }
})
