import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startTestHub, type TestHub } from '../start-hub.ts'
import { type Page, Visitor } from './visitor.ts'

const actor = { kind: 'system' } as const
let running: TestHub
let operator: Visitor

beforeAll(async () => {
  running = await startTestHub()
  operator = await new Visitor(running.url).signIn(running)
})

afterAll(() => running.close())

function fieldsOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`field.${key}`, value]))
}

async function openLink(wish: object = {}): Promise<{ path: string; token: string }> {
  const { linkToken, token } = await running.hub.services.connectSessions.create(
    'default',
    { originOwnerId: 'owner-1', originOwnerName: 'Acme Talent', provider: 'clockwork', ...wish },
    actor,
  )
  return { path: `/connect/${linkToken}`, token }
}

async function link(wish: object = {}): Promise<Page> {
  const { path } = await openLink(wish)
  const person = new Visitor(running.url)
  return person.submit(await person.go(path), '/connect/', fieldsOf(running.credentials))
}

async function onlyAccountOf(ownerId: string) {
  const found = await running.hub.services.accounts.list(
    'default',
    { originOwnerIds: [ownerId] },
    { limit: 10, offset: 0 },
  )
  expect(found).toHaveLength(1)
  const [only] = found
  if (only === undefined) throw new Error('No account')
  return only
}

describe('the connect page', () => {
  test('shows what the definition says: title, fields, guide with the warning first, scopes of none', async () => {
    const { path } = await openLink()
    const { text, html, status } = await new Visitor(running.url).go(path)
    expect(status).toBe(200)
    const inOrder = [
      'Connect Clockwork Recruiting with API Key',
      'Firm Name',
      'API Key',
      'API Secret',
      'Firm Service Key',
      'Keep the API Key, the API Secret and the Firm Service Key in a safe place.',
      'Find your Firm Name',
      'Identify the subdomain',
      'Generate API credentials',
      'Open the API settings',
      'Copy the credentials',
      'Link the account from the Hub',
      'Click Connect',
    ]
    let from = 0
    for (const words of inOrder) {
      const at = text.indexOf(words, from)
      expect([words, at >= from]).toEqual([words, true])
      from = at
    }
    expect(html).toMatch(/<input type="password" autocomplete="off"[^>]* id="field-apiSecret"/)
    expect(html).toContain('placeholder="acme"')
    expect(html).toContain('href="#field-firmServiceKey"')
  })

  test('links without a script: a pasted address and capitals are forgiven, then a page confirms', async () => {
    const { path } = await openLink({ originOwnerId: 'no-script' })
    const person = new Visitor(running.url)
    const done = await person.submit(
      await person.go(path),
      '/connect/',
      fieldsOf({
        ...running.credentials,
        firmName: ` https://${running.credentials.firmName.toUpperCase()}.clockworkrecruiting.com/people `,
      }),
    )
    expect(done.path).toContain('/done?form=')
    expect(done.text).toContain('Clockwork Recruiting is connected')
    // An end user has no dashboard to go to.
    expect(done.html).not.toContain('href="/accounts')
    expect(await onlyAccountOf('no-script')).toMatchObject({
      status: 'active',
      type: 'test',
      setupInformation: { firmName: running.credentials.firmName },
    })
  })

  test('says what is wrong with each field in the words of the definition, before anything is sent', async () => {
    const before = running.sandbox.requests.length
    const { path } = await openLink()
    const person = new Visitor(running.url)
    const again = await person.submit(await person.go(path), '/connect/', {
      ...fieldsOf({ ...running.credentials, firmName: 'no such name', apiKey: '' }),
    })
    expect(again.status).toBe(422)
    expect(again.text).toContain('Enter the subdomain alone: at most 63 letters, digits and hyphens')
    expect(again.text).toContain('API Key is required.')
    expect(again.html).toContain('value="no such name"')
    expect(running.sandbox.requests).toHaveLength(before)
  })

  test('a refusal names the likely field, keeps what is no secret, and forgets the secrets', async () => {
    const { path } = await openLink({ originOwnerId: 'refused' })
    const person = new Visitor(running.url)
    const again = await person.submit(await person.go(path), '/connect/', {
      ...fieldsOf({ ...running.credentials, apiSecret: 'canary-wrong-secret' }),
    })
    expect(again.status).toBe(422)
    expect(again.text).toMatch(/Look again at API Key , API Secret or Firm Name/)
    expect(again.html).toMatch(/class="field is-suspect" data-field="field.apiSecret"/)
    expect(again.html).toContain(`value="${running.credentials.firmName}"`)
    expect(again.html).not.toContain('canary-wrong-secret')
    expect(again.html).not.toContain(running.credentials.firmServiceKey)
  })

  test('connecting again keeps the id, and secrets that are not typed again', async () => {
    await link({ originOwnerId: 'again' })
    const account = await onlyAccountOf('again')
    const { path } = await openLink({ originOwnerId: 'again', accountId: account.id })
    const person = new Visitor(running.url)
    const form = await person.go(path)
    expect(form.text).toContain('Re-connect Clockwork Recruiting')
    expect(form.html).toContain('Stored; leave empty to keep it')
    expect(form.html).not.toContain(running.credentials.apiSecret)
    const done = await person.submit(form, '/connect/', { 'field.firmName': running.credentials.firmName })
    expect(done.text).toContain('is connected again')
    expect((await onlyAccountOf('again')).id).toBe(account.id)
  })

  test('a form that is sent twice links once, also for an owner who may have several', async () => {
    const { path } = await openLink({ originOwnerId: 'twice', multiple: true })
    const person = new Visitor(running.url)
    const form = await person.go(path)
    const sent = [1, 2].map(() => person.submit(form, '/connect/', fieldsOf(running.credentials)))
    for (const done of await Promise.all(sent)) expect(done.text).toContain('is connected')
    await onlyAccountOf('twice')
  })

  test('a session confirms only what it linked itself', async () => {
    await link({ originOwnerId: 'mine' })
    const { path } = await openLink({ originOwnerId: 'other' })
    const { status } = await new Visitor(running.url).go(`${path}/done?form=form_invented`)
    expect(status).toBe(404)
  })

  test('a link that is unknown or too old has a page of its own', async () => {
    const { status, text } = await new Visitor(running.url).go('/connect/link_invented')
    expect(status).toBe(410)
    expect(text).toContain('This link is no longer valid')
  })

  test('white label: name, colours and logo are the project’s, and the guide is silent about the hub', async () => {
    const { settings } = running.hub.services
    await settings.update(
      'default',
      { hubName: 'Acme <Links>', accentColor: '#0a7d5a', hideHubSections: true },
      actor,
    )
    try {
      const { path } = await openLink()
      const person = new Visitor(running.url)
      const { text, html } = await person.go(path)
      expect(text).toContain('Acme <Links>')
      expect(html).toContain('Acme &lt;Links&gt;')
      expect(text).not.toContain('Link the account from the Hub')
      expect(text).toContain('Generate API credentials')
      expect((await person.go('/assets/theme/0a7d5a-own.css')).html).toContain('--accent-light: #0a7d5a')
    } finally {
      await settings.update(
        'default',
        { hubName: 'Mainspring', accentColor: null, hideHubSections: false },
        actor,
      )
    }
  })
})

describe('in a frame', () => {
  test('only pages of allowed origins may show the form', async () => {
    const { settings } = running.hub.services
    await settings.update('default', { allowedOrigins: ['https://app.example.com'] }, actor)
    try {
      const { token } = await openLink()
      const person = new Visitor(running.url)
      const allowed = await person.go(`/connect/${token}?embed=https://app.example.com`)
      expect(allowed.status).toBe(200)
      expect(allowed.headers.get('content-security-policy')).toContain(
        'frame-ancestors https://app.example.com',
      )
      expect(allowed.html).toContain('data-parent-origin="https://app.example.com"')
      const refused = await person.go(`/connect/${token}?embed=https://evil.example.com`)
      expect(refused.status).toBe(403)
      expect(refused.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      const plain = await person.go(`/connect/${token}`)
      expect(plain.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    } finally {
      await settings.update('default', { allowedOrigins: [] }, actor)
    }
  })

  test('the web component is one file without imports, and is not sent again while it is the same', async () => {
    const person = new Visitor(running.url)
    const { html, headers } = await person.go('/connect.js')
    expect(html).toContain("customElements.define('mainspring-connect'")
    expect(html).not.toMatch(/^\s*import\b.*from/m)
    const etag = headers.get('etag') ?? ''
    expect((await person.go('/connect.js', { 'if-none-match': etag })).status).toBe(304)
  })
})

describe('the dashboard', () => {
  test('is closed to everybody who is not signed in, and a login link works once', async () => {
    const url = await running.createLoginUrl()
    const first = new Visitor(running.url)
    expect((await first.go('/accounts')).path).toBe('/login')
    expect((await first.go(new URL(url))).path).toBe('/accounts')
    const second = await new Visitor(running.url).go(new URL(url))
    expect([second.status, second.text.includes('not valid any more')]).toEqual([401, true])
  })

  test('a form without the token of the session changes nothing', async () => {
    await link({ originOwnerId: 'csrf' })
    const { id } = await onlyAccountOf('csrf')
    const page = await operator.go(`/accounts/${id}`)
    const refused = await operator.submit(page, `/accounts/${id}/disconnect`, { csrf: 'invented' })
    expect(refused.status).toBe(403)
    expect((await onlyAccountOf('csrf')).id).toBe(id)
  })

  test('an account is subscribed to the events of its provider, and no longer', async () => {
    await link({ originOwnerId: 'events', originOwnerName: 'Event Partners' })
    const { id } = await onlyAccountOf('events')
    const page = await operator.go(`/accounts/${id}`)
    expect(page.text).toContain('Have the provider deliver what changes')
    const subscribed = await operator.submit(page, `/accounts/${id}/subscribe`)
    expect(subscribed.text).toContain('The provider now delivers the events of this account.')
    expect(subscribed.text).toContain('nothing delivered yet')
    expect(subscribed.html).not.toMatch(/whin_/)
    const ended = await operator.submit(subscribed, `/accounts/${id}/unsubscribe`)
    expect(ended.text).toContain('no longer delivers')
    expect(running.sandbox.requests.slice(-2)).toMatchObject([{ method: 'POST' }, { method: 'DELETE' }])
  })

  test('an account is found, tested, renamed and disconnected, and its secrets are nowhere', async () => {
    await link({ originOwnerId: 'whole-life', originOwnerName: 'Harbor Partners' })
    const { id } = await onlyAccountOf('whole-life')
    const list = await operator.go('/accounts?search=harbor+PARTNERS')
    expect(list.html).toContain(`href="/accounts/${id}"`)
    expect(list.text).toMatch(/1–1 of 1 account\b/)
    expect((await operator.go('/accounts?status=error')).html).not.toContain(id)

    const page = await operator.go(`/accounts/${id}`)
    for (const secret of [
      running.credentials.apiKey,
      running.credentials.apiSecret,
      running.credentials.firmServiceKey,
    ])
      expect(page.html).not.toContain(secret)
    expect(page.text).toContain('Linked on the connect page')
    const tested = await operator.submit(page, `/accounts/${id}/test`)
    expect(tested.text).toContain('The connection works.')
    const renamed = await operator.submit(tested, `/accounts/${id}/rename`, { label: 'Berlin <office>' })
    expect(renamed.html).toContain('Berlin &lt;office&gt;')

    const paused = await operator.submit(renamed, `/accounts/${id}/pause`)
    expect(paused.text).toContain('Inactive')
    const resumed = await operator.submit(paused, `/accounts/${id}/resume`)
    expect(resumed.text).toContain('The account is on again.')

    running.sandbox.setFaults([{ fault: { kind: 'status', status: 401 } }])
    const broken = await operator.submit(resumed, `/accounts/${id}/test`)
    running.sandbox.setFaults([])
    expect(broken.text).toContain('Clockwork Recruiting does not accept')
    expect(broken.text).toContain('Needs attention')

    const asked = await operator.go(`/accounts/${id}/disconnect`)
    expect(asked.text).toContain('Disconnect Berlin <office>?')
    const gone = await operator.submit(asked, `/accounts/${id}/disconnect`)
    expect(gone.text).toContain('its credentials are removed')
    expect((await operator.go(`/accounts/${id}`)).status).toBe(404)
  })

  test('creates an auth link for one owner, to copy or to send', async () => {
    const asked = await operator.go('/accounts/link/invite')
    const made = await operator.submit(asked, '/accounts/link/invite', {
      ownerName: 'Acme & Sons',
      ownerId: 'sons',
      provider: 'clockwork',
    })
    const [url = ''] = /http:\/\/127[^"\s<]*\/connect\/link_[\w-]+/.exec(made.html) ?? []
    expect(made.html).toContain('href="mailto:?subject=Connect%20Clockwork%20Recruiting')
    const opened = await new Visitor(running.url).go(new URL(url))
    expect(opened.text).toContain('For Acme & Sons')
  })

  test('shows a new API key once, and revokes it', async () => {
    const made = await operator.submit(await operator.go('/settings'), '/settings/keys', {
      name: 'Nightly import',
      scopes: 'read',
    })
    const [, key = ''] = /data-copy="(msk_[^"]+)"/.exec(made.html) ?? []
    expect(await running.hub.services.keys.verify(key)).toMatchObject({ scopes: ['read'] })
    const again = await operator.go('/settings')
    expect(again.html).not.toContain(key)
    const [, action = ''] = /action="(\/settings\/keys\/[^"]+\/revoke)"[^>]*Nightly/.exec(again.html) ?? []
    await operator.submit(again, action)
    expect(await running.hub.services.keys.verify(key)).toBeUndefined()
  })

  test('an allowed origin is checked, and a trailing slash forgiven', async () => {
    const page = await operator.go('/settings/origins')
    const refused = await operator.submit(page, '/settings/origins', { origins: 'not an origin' })
    expect([refused.status, refused.text.includes('such as https://app.example.com')]).toEqual([422, true])
    const saved = await operator.submit(page, '/settings/origins', { origins: 'https://APP.example.com/' })
    expect(saved.html).toContain('https://app.example.com</textarea>')
    await operator.submit(saved, '/settings/origins', { origins: '' })
  })

  test('the catalog is searched, and a connector shows its actions with evidence, stage and inputs', async () => {
    const found = await operator.go('/catalog?search=webhook')
    expect(found.html).toContain('href="/catalog/clockwork#clockwork_create_webhook"')
    const { text, html } = await operator.go('/catalog/clockwork')
    expect(html).toContain('id="clockwork_list_people"')
    expect(text).toContain('Preview: off unless a caller asks for preview actions.')
    expect(html).toContain('<span class="mark mark-A"')
    expect((await operator.go('/catalog/clockwork?tab=guide')).text).toContain('Identify the subdomain')
  })

  test('the page of the API has every operation of the OpenAPI document', async () => {
    const { text } = await operator.go('/api')
    const document = (await (await fetch(`${running.url}/openapi.json`)).json()) as { paths: object }
    const paths = Object.keys(document.paths)
    expect(paths.length).toBeGreaterThan(5)
    for (const path of paths) expect(text).toContain(path)
    expect(text).toMatch(/origin_owner_id required body string/)
  })

  test('every page says that the sandbox is one, holds nothing inline, and is kept by no cache', async () => {
    const paths = ['/accounts', '/accounts/link', '/accounts/link/invite', '/accounts/link/embed', '/catalog']
    paths.push('/catalog/clockwork', '/settings', '/settings/look', '/settings/origins', '/login', '/nowhere')
    for (const path of paths) {
      const { html, text, headers } = await operator.go(path)
      expect([path, text.includes('points at a sandbox here')]).toEqual([path, true])
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="/)
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      )
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test('the same address answers programs in JSON', async () => {
    const response = await fetch(`${running.url}/accounts`, { headers: running.authorization })
    expect(response.headers.get('content-type')).toContain('application/json')
  })
})
