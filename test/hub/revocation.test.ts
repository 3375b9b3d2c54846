import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createTransport } from '../../src/engine/index.ts'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { startDropboxSandbox } from '../../src/sandbox/index.ts'
import { startLinearSandbox } from '../../src/sandbox/linear/linear-sandbox.ts'
import { loopback } from '../fixtures/loopback.ts'
import { type OAuthProvider, type ProviderGrant, startOAuthProvider } from './oauth-provider.ts'
import { connectorsFolder, testApiKey } from './start-hub.ts'
import { account } from './store/store-contract.ts'

const actor = { kind: 'system' } as const
const integrationId = 'consent.oauth.production'
const setup = { clientId: 'client-1', clientSecret: 'client-secret-1' }
const authorization = `Basic ${btoa(`${testApiKey}:`)}`
const logged: string[] = []
let provider: OAuthProvider
let hub: Hub
let owners = 0

beforeAll(async () => {
  provider = await startOAuthProvider()
  hub = await createHub({
    connectors: provider.connectors,
    apiKey: testApiKey,
    logLevel: 'warn',
    logStream: { write: (line) => void logged.push(line) },
    transport: createTransport({ network: loopback }),
  })
  await hub.services.integrations.saveSetup('default', integrationId, setup, actor)
})
afterAll(async () => {
  await hub.close()
  await provider.close()
})
beforeEach(() => {
  logged.length = 0
})

async function link(grant: ProviderGrant, more: Record<string, string> = {}): Promise<string> {
  const { accessToken, refreshToken } = grant
  const integration = await hub.services.integrations.get('default', integrationId)
  const owner = { id: `owner-${++owners}`, name: 'Owner' }
  const result = await hub.services.linking.complete({ projectId: 'default', owner, actor }, integration, {
    credentials: { accessToken, refreshToken },
    ...more,
  })
  if (!result.linked) throw new Error(result.failure.headline)
  return result.account.id
}

/** @returns the answer, and what the audit says of it */
async function disconnect(id: string) {
  const { revocations } = provider
  const before = revocations.length
  const response = await hub.app.inject({
    method: 'DELETE',
    url: `/accounts/${id}`,
    headers: { authorization },
  })
  const [entry] = await hub.services.store.audit.list('default', { limit: 1, subject: `account:${id}` })
  expect(
    await hub.services.store.vault.get({ projectId: 'default', kind: 'account', subjectId: id }),
  ).toBeUndefined()
  return {
    status: response.statusCode,
    revocation: (response.json() as { revocation?: unknown }).revocation,
    audit: { action: entry?.action, ...(entry?.detail as object) },
    text: response.body,
    sent: revocations.slice(before),
  }
}

describe('an account that is disconnected', () => {
  test('has its tokens taken back by the provider, the refresh token first', async () => {
    const grant = provider.grant()
    const id = await link(grant)
    const { status, revocation, audit, text, sent } = await disconnect(id)
    expect({ status, revocation }).toEqual({
      status: 200,
      revocation: { outcome: 'revoked', code: null, message: null },
    })
    expect(sent).toEqual([grant.refreshToken, grant.accessToken])
    expect(grant).toMatchObject({ revoked: true, lives: false })
    expect(audit).toMatchObject({ action: 'account.deleted', revocation: 'revoked' })
    for (const token of sent) expect(text + JSON.stringify(audit)).not.toContain(token)
  })

  test('has the newest tokens taken back, also those that a process had only written ahead', async () => {
    const grant = provider.grant()
    const { accessToken, refreshToken } = grant
    const id = await link(grant)
    const { store, vault } = hub.services
    const subject = { projectId: 'default', subjectId: id } as const
    const stored = await vault.read(store, { ...subject, kind: 'account' })
    const newer = provider.grant()
    await vault.write(
      store,
      { ...subject, kind: 'renewal' },
      {
        next: { credentials: { accessToken: newer.accessToken, refreshToken: newer.refreshToken } },
        replaces: stored?.version ?? 0,
        spent: refreshToken,
      },
    )
    const { sent } = await disconnect(id)
    expect(sent).toEqual([newer.refreshToken, newer.accessToken])
    expect(sent).not.toContain(accessToken)
  })

  test('goes although the provider fails, after three attempts, and that is told', async () => {
    const grant = provider.grant()
    const id = await link(grant)
    const mend = provider.failAt('/revoke', 503)
    const before = provider.revocationCalls
    const { status, revocation, audit } = await disconnect(id)
    mend()
    expect(status).toBe(200)
    expect(revocation).toMatchObject({ outcome: 'failed', code: 'auth/revocation-failed' })
    expect(audit).toMatchObject({ revocation: 'failed', revocationCode: 'auth/revocation-failed' })
    expect(provider.revocationCalls - before).toBe(3)
    expect(grant.revoked).toBe(false)
    expect(logged.join('')).toContain('tokens were not revoked')
    for (const token of [grant.refreshToken, grant.accessToken, setup.clientSecret])
      expect(logged.join('') + JSON.stringify(revocation)).not.toContain(token)
  })

  test('a refusal for good is sent once', async () => {
    const id = await link(provider.grant())
    const mend = provider.failAt('/revoke', 403)
    const before = provider.revocationCalls
    expect(await disconnect(id)).toMatchObject({ status: 200, revocation: { outcome: 'failed' } })
    mend()
    expect(provider.revocationCalls - before).toBe(1)
  })

  test.each([
    ['allows reading alone', { readOnly: true }],
    ['leaves out the connector', { connectors: ['another'] }],
    ['allows no POST', { methods: ['GET'] }],
  ])('under a policy that %s nothing is sent, and the account goes', async (why, rules) => {
    const id = await link(provider.grant())
    const { policies } = hub.services
    const { rules: former } = await policies.get('default', `account:${id}`)
    await policies.save('default', `account:${id}`, { ...former, ...rules }, actor)
    const before = provider.revocationCalls
    const { status, revocation, audit } = await disconnect(id)
    expect({ status, revocation }).toMatchObject({
      status: 200,
      revocation: { outcome: 'refused', message: expect.stringContaining(why) },
    })
    expect(audit).toMatchObject({ revocation: 'refused' })
    expect(provider.revocationCalls - before).toBe(0)
  })

  test('where the network rules forbid the address, nothing is sent, and the account goes', async () => {
    const strict = await createHub({
      connectors: provider.connectors,
      apiKey: testApiKey,
      // Reached by others, so that what is on its own machine is none of its business.
      baseUrl: 'https://hub.example.com',
    })
    try {
      const { integrations, store, vault, disconnect: end } = strict.services
      await integrations.saveSetup('default', integrationId, setup, actor)
      const row = account({ id: 'acc_strict', projectId: 'default', integrationId, provider: 'consent' })
      await store.accounts.link(row)
      const { accessToken, refreshToken } = provider.grant()
      const subject = { projectId: 'default', kind: 'account', subjectId: row.id } as const
      await vault.write(store, subject, { credentials: { accessToken, refreshToken } })
      const before = provider.revocationCalls
      expect((await end('default', row.id, actor)).revocation).toMatchObject({
        outcome: 'refused',
        code: 'policy/address-not-allowed',
      })
      expect(provider.revocationCalls - before).toBe(0)
    } finally {
      await strict.close()
    }
  })

  test('an unknown account is told as before, and sends nothing', async () => {
    const before = provider.revocationCalls
    const response = await hub.app.inject({
      method: 'DELETE',
      url: '/accounts/acc_nobody',
      headers: { authorization },
    })
    expect([response.statusCode, provider.revocationCalls - before]).toEqual([404, 0])
  })
})

describe.each([
  ['linear', startLinearSandbox, '/oauth/revoke', 2],
  ['dropbox', startDropboxSandbox, '/2/auth/token/revoke', 1],
] as const)('an account of %s', (connector, start, path, requests) => {
  test('is taken back in its own way, also when its access token has ended', async () => {
    const sandbox = await start({ port: 0 })
    const own = await createHub({
      connectors: connectorsFolder,
      apiKey: testApiKey,
      baseUrl: 'http://127.0.0.1:9',
      integrations: [{ connector, environment: 'sandbox', origin: sandbox.origin }],
    })
    try {
      const { integrations, authorizations, accounts } = own.services
      const all = await integrations.ofConnector('default', connector)
      const id =
        all.find(({ method, origin }) => method.oauth !== undefined && origin !== undefined)?.id ?? ''
      await integrations.saveSetup('default', id, sandbox.setup as Record<string, string>, actor)
      const begun = await authorizations.begin(
        { projectId: 'default', owner: { id: 'owner', name: 'Owner' }, actor },
        { integrationId: id, values: {}, returnTo: '/' },
      )
      if (!begun.begun) throw new Error(begun.failure.headline)
      const agreed = await fetch(begun.url, { redirect: 'manual' })
      const { searchParams } = new URL(agreed.headers.get('location') ?? '')
      const { result } = await authorizations.complete(searchParams, begun.browserToken)
      if (!result?.linked) throw new Error('Not linked')
      const { run } = await accounts.open('default', result.account.id)
      const control = connector === 'linear' ? 'expire-tokens' : 'tokens/expire'
      await fetch(`${sandbox.origin}/__sandbox/${control}`, { method: 'POST' })
      const { revocation } = await own.services.disconnect('default', result.account.id, actor)
      expect(revocation).toEqual({ outcome: 'revoked' })
      const seen = sandbox.requests.filter((request) => request.path === path)
      const taken = seen.filter(({ status }) => status === 200)
      expect([taken.length, seen.length]).toEqual([1, requests + (connector === 'dropbox' ? 1 : 0)])
      const renewal = await fetch(
        `${sandbox.origin}${connector === 'linear' ? '/oauth/token' : '/oauth2/token'}`,
        {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: String(run.credentials['refreshToken']),
            client_id: String(sandbox.setup['clientId']),
            client_secret: String(sandbox.setup['clientSecret']),
          }),
        },
      )
      expect(renewal.status).toBe(400)
    } finally {
      await own.close()
      await sandbox.close()
    }
  })
})
