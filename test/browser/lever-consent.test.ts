import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { type LeverSandbox, startLeverSandbox } from '../../src/sandbox/index.ts'
import { connectorsFolder } from '../hub/start-hub.ts'
import { BrowserSession } from './browser-session.ts'
import { browserTest } from './browser-test.ts'
import { findChromium } from './chromium.ts'

let provider: LeverSandbox
let session: BrowserSession

beforeAll(async () => {
  if (findChromium() === undefined) return
  provider = await startLeverSandbox({ port: 0 })
  session = (await BrowserSession.start({
    connectors: connectorsFolder,
    integrations: [{ connector: 'lever', environment: 'sandbox', origin: provider.origin }],
  })) as BrowserSession
  const { integrations } = session.running.hub.services
  await integrations.saveSetup('default', 'lever.oauth2.sandbox', { ...provider.setup }, { kind: 'system' })
})

afterEach(() => session?.endTest())

afterAll(async () => {
  await session?.close()
  await provider?.close()
})

browserTest('a person allows the access at Lever, and the account runs', async () => {
  const { link } = await session.createLink({ originOwnerId: 'recruiter', provider: 'lever' })
  const page = await session.openPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Continue to Lever' }).click()
  await page.getByRole('heading', { name: 'Lever is connected' }).waitFor()
  const [account] = await session.accountsOf('recruiter')
  const { url, authorization } = session.running
  const answer = await fetch(`${url}/actions/rpc`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json', 'x-account-id': account?.id ?? '' },
    body: JSON.stringify({ action: 'lever_unified_list_jobs', query: { page_size: 2 } }),
  })
  const { data } = (await answer.json()) as { data: object[] }
  expect(data).toHaveLength(2)
})
