import { beforeAll, expect, test } from '@jest/globals'
import {
  type ConnectorPlan,
  type CredentialSource,
  type CredentialState,
  refreshCredentials,
  runAction,
  type StoredCredentials,
  type Transport,
} from '../../../src/index.ts'
import { makePlan } from './make-plan.ts'

/** A refresh action whose first step spends the refresh token, and whose second looks up where the tenant lives. */
const method = `- custom:
    type: custom
    label: Two steps
    configFields:
      - { key: refreshToken, label: Token, type: password, required: true, secret: true }
    environments: [{ key: production, name: Production }]
    authorization: { type: bearer, token: $.credentials.accessToken }
    refreshAuthentication:
      action:
        actionId: renew
        label: Renew
        description: Renews.
        categories: [internal]
        actionType: refresh_token
        steps:
          - stepId: token
            description: d
            stepFunction:
              functionName: request
              parameters:
                url: /token
                method: post
                authorization: { type: none }
                args: [{ name: refresh_token, value: $.credentials.refreshToken, in: body }]
          - stepId: tenant
            description: d
            stepFunction:
              functionName: request
              parameters: { url: /tenant, method: get, authorization: { type: none } }
        result:
          data:
            accessToken: $.steps.token.output.data.access
            refreshToken: $.steps.token.output.data.refresh
            tenant: https://\${steps.tenant.output.data.host}`

let plan: ConnectorPlan
beforeAll(async () => {
  plan = await makePlan('https://api.example.com', method)
})

/** Each refresh token works once. */
class Provider implements Transport {
  generation = 1
  refreshes = 0
  reused = 0
  /** What the second step is answered with. */
  tenant: { readonly status: number; readonly body: unknown } = { status: 200, body: { host: 'eu.example' } }
  beforeTenant: () => void = () => undefined

  async send(request: Parameters<Transport['send']>[0]): ReturnType<Transport['send']> {
    const { status, body } = this.#answer(request)
    const headers = { 'content-type': 'application/json' }
    return { status, headers, text: JSON.stringify(body), url: request.url, attempts: 1 }
  }

  #answer({ url, body, headers }: Parameters<Transport['send']>[0]) {
    if (url.endsWith('/tenant')) {
      this.beforeTenant()
      return this.tenant
    }
    if (url.endsWith('/people')) {
      const isValid = headers['authorization'] === `Bearer access-${this.generation}`
      return isValid ? { status: 200, body: { people: [] } } : { status: 401, body: {} }
    }
    if (!String(body).includes(`refresh-${this.generation}"`)) {
      this.reused += 1
      return { status: 400, body: { error: 'invalid_grant' } }
    }
    this.generation += 1
    this.refreshes += 1
    return {
      status: 200,
      body: { access: `access-${this.generation}`, refresh: `refresh-${this.generation}` },
    }
  }

  close(): void {}
}

let accounts = 0
function scene() {
  const provider = new Provider()
  const recorded: (string | undefined)[] = []
  let stored: StoredCredentials = {
    version: 1,
    credentials: { accessToken: 'ended', refreshToken: 'refresh-1' },
  }
  const source: CredentialSource = {
    key: `refresh-steps-${++accounts}`,
    read: async () => stored,
    async record(next) {
      recorded.push(next.credentials['refreshToken'] as string)
    },
    async update(next: CredentialState, expected) {
      if (stored.version !== expected) return undefined
      stored = { ...next, version: Number(expected) + 1 }
      return stored
    },
  }
  let nowMs = Date.parse('2026-01-02T00:00:00Z')
  const run = () =>
    runAction(plan, 'list_people', { credentials: source, transport: provider, now: () => nowMs })
  return {
    provider,
    recorded,
    run,
    credentials: () => stored.credentials,
    state: () => stored,
    wait: (ms: number) => {
      nowMs += ms
    },
  }
}

test('the new token of the first step is written down before the second step sends anything', async () => {
  const { provider, recorded, run, credentials } = scene()
  provider.beforeTenant = () => expect(recorded).toEqual(['refresh-2'])
  await run()
  expect(recorded).toEqual(['refresh-2', 'refresh-2'])
  expect(credentials()).toEqual({
    accessToken: 'access-2',
    refreshToken: 'refresh-2',
    tenant: 'https://eu.example',
  })
})

test.each([
  ['fails for now', 503],
  ['is refused as a bad token would be', 401],
])('a later step that %s loses no token, asks for no person, and is made up for', async (_, status) => {
  const { provider, run, credentials, state, wait } = scene()
  provider.tenant = { status, body: {} }
  await expect(run()).rejects.toMatchObject({
    code: 'auth/refresh-failed',
    step: 'tenant',
    message: expect.stringContaining('renewed and is kept'),
  })
  expect(credentials()).toEqual({ accessToken: 'ended', refreshToken: 'refresh-2' })
  expect(state().reconnectNeeded).toBeUndefined()
  // The endpoint is left in peace first, as after any failure.
  await expect(run()).rejects.toMatchObject({ code: 'auth/refresh-failed' })
  expect(provider.refreshes).toBe(1)
  provider.tenant = { status: 200, body: { host: 'eu.example' } }
  wait(60_000)
  await run()
  expect(credentials()).toEqual({
    accessToken: 'access-3',
    refreshToken: 'refresh-3',
    tenant: 'https://eu.example',
  })
  expect([provider.refreshes, provider.reused]).toEqual([2, 0])
})

test('who renews without a source is given the token, too', async () => {
  const provider = new Provider()
  provider.tenant = { status: 500, body: {} }
  const given: unknown[] = []
  const renewing = refreshCredentials(plan, {
    credentials: { accessToken: 'ended', refreshToken: 'refresh-1' },
    transport: provider,
    onRotated: async (credentials) => void given.push(credentials),
  })
  await expect(renewing).rejects.toMatchObject({ code: 'auth/refresh-failed' })
  expect(given).toEqual([{ accessToken: 'ended', refreshToken: 'refresh-2' }])
})
