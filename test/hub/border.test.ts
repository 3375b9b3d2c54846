import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { Visitor } from './pages/visitor.ts'

let hub: LinkedHub
let now = Date.parse('2026-05-01T09:00:00.000Z')
const refusalsPerMinute = 8

beforeAll(async () => {
  hub = await startLinkedHub({ clock: () => new Date(now), visitorLimits: { refusalsPerMinute } })
})
afterAll(() => hub.close())

const from = (remoteAddress: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  hub.hub.app.inject({ method: 'GET', url: path, remoteAddress, headers })

describe('limits by address', () => {
  test.each([
    ['signing in', '/login?token=guess', 401],
    ['auth links', '/connect/link_guess', 410],
    ['the calls of the component', '/hub/settings', 401],
  ])('%s: guesses are held back, others are not, and a minute later all is well', async (_, path, status) => {
    const address = `198.51.100.${path.length}`
    const headers = { accept: 'text/html', 'x-hub-session-token': 'guess' }
    for (let count = 0; count < refusalsPerMinute; count++)
      expect((await from(address, path, headers)).statusCode).toBe(status)
    const held = await from(address, path, headers)
    expect(held.statusCode).toBe(429)
    expect(Number(held.headers['retry-after'])).toBeGreaterThan(0)
    expect((await from('203.0.113.9', '/login')).statusCode).toBe(200)
    expect((await from(address, '/health')).statusCode).toBe(200)
    now += 61_000
    expect((await from(address, path, headers)).statusCode).toBe(status)
  })
})

describe('headers', () => {
  test.each([
    ['/accounts', 200],
    ['/accounts/nobody', 404],
    ['/openapi.json', 200],
    ['/nowhere', 404],
    ['/health', 200],
  ])('%s (%i) can do nothing in a browser and is kept by no shared cache', async (path, status) => {
    const answer = await hub.call('GET', path)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-cache',
    })
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  test('a hub that is reached by https tells browsers to stay with it, and its cookie does', async () => {
    const secure = await startLinkedHub({ baseUrl: 'https://hub.example' })
    try {
      expect((await secure.call('GET', '/health')).headers['strict-transport-security']).toMatch(/^max-age=/)
      const token = await secure.hub.services.login.createLinkToken('default')
      const cookie = (await secure.call('GET', `/login?token=${token}`)).headers['set-cookie']
      expect(String(cookie)).toMatch(/HttpOnly; Secure; SameSite=Lax/)
    } finally {
      await secure.close()
    }
  })

  test('no page has a script or a style of its own in it, and its policy allows none', async () => {
    const visitor = await new Visitor(hub.url).signIn(hub)
    const pages = [
      '/accounts',
      `/accounts/${hub.accountId}`,
      '/catalog',
      '/try',
      '/logs',
      '/policies',
      '/settings',
    ]
    for (const path of [...pages, '/api', '/accounts/link', '/catalog/clockwork']) {
      const { html, headers } = await visitor.go(path)
      expect({ path, policy: headers.get('content-security-policy') }).toMatchObject({
        policy: expect.stringMatching(/default-src 'none'; script-src 'self'; style-src 'self';/),
      })
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      for (const inline of [/<script(?![^>]*\bsrc=)/, /<style/, /\sstyle=/, /\son\w+=/, /javascript:/])
        expect({ path, found: inline.exec(html)?.[0] }).toEqual({ path, found: undefined })
    }
  })
})

describe('frames', () => {
  const linkOf = async () => {
    const { services } = hub.hub
    const owner = { originOwnerId: 'framed', originOwnerName: 'Framed' }
    const { linkToken } = await services.connectSessions.create('default', owner, { kind: 'system' })
    return `/connect/${linkToken}`
  }
  const policyOf = async (path: string) => {
    const answer = await hub.hub.app.inject({ url: path, headers: { accept: 'text/html' } })
    const policy = String(answer.headers['content-security-policy'])
    return { status: answer.statusCode, frames: /frame-ancestors ([^;]+)/.exec(policy)?.[1] }
  }

  test('only a page that was declared may show the connect page', async () => {
    await hub.hub.services.settings.update(
      'default',
      { allowedOrigins: ['https://app.example'] },
      { kind: 'system' },
    )
    const link = await linkOf()
    expect(await policyOf(link)).toEqual({ status: 200, frames: "'none'" })
    expect(await policyOf(`${link}?embed=https://app.example`)).toEqual({
      status: 200,
      frames: 'https://app.example',
    })
    for (const origin of [
      'https://other.example',
      'https://app.example.evil.example',
      'http://localhost:3000',
    ])
      expect(await policyOf(`${link}?embed=${origin}`)).toEqual({ status: 403, frames: "'none'" })
  })

  test('a hub of the internet trusts no page of this machine while none is declared', async () => {
    const far = await startLinkedHub({ baseUrl: 'https://hub.example' })
    try {
      const origin = 'http://localhost:3000'
      const answer = await far.call('GET', '/accounts', { headers: { origin } })
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    } finally {
      await far.close()
    }
  })
})
