import { expect, test } from '@jest/globals'
import { summarizeConnector } from '../../../src/catalog/summarize.ts'
import type { PageContext } from '../../../src/hub/pages/layout/index.ts'
import { connectView } from '../../../src/hub/pages/views/connect-view.ts'
import { makePlan } from '../../engine/auth/make-plan.ts'

const authentication = `- key:
    type: custom
    label: Key
    environments: [{ key: production, name: Production }]
    authorization: { type: none }
    configFields:
      - { key: region, label: Region, type: text, value: eu-central-1, readOnly: true }
      - { key: site, label: Site, type: text, value: preset }
    configNotices:
      - { type: warning, description: Ask <b>an administrator</b>. }
      - { type: info, description: That is all., position: bottom }`
const context: PageContext = {
  brand: { name: 'Hub', themeHref: '/theme.css' },
  assets: { stylesheet: '/style.css', script: (entry) => ({ href: `/${entry}.js`, imports: [] }) },
  sandboxes: [],
  now: new Date(0),
}

test('the form shows notices in their places, and values that the definition presets', async () => {
  const [method] = summarizeConnector(
    await makePlan('https://api.example.com', authentication),
  ).authentications
  if (method === undefined) throw new Error('There is no method.')
  const connector = { key: 'acme', title: 'Acme' }
  const page = String(
    connectView(context, {
      connector,
      method,
      action: '/connect',
      ownerName: 'Owner',
      whiteLabel: false,
      sandbox: false,
      methods: [],
      environments: [],
      nonce: 'n',
      values: { site: 'typed' },
      redirects: false,
    }),
  )
  const places = [
    /Ask &lt;b&gt;an administrator/,
    /value="eu-central-1"[^>]* readonly/,
    /value="typed"/,
    /That is all\./,
  ]
  const found = places.map((text) => page.search(text))
  expect(found).not.toContain(-1)
  expect(found).toEqual(found.toSorted((a, b) => a - b))
  expect(page).not.toMatch(/value="typed"[^>]* readonly/)
})
