import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { clockworkSandbox, startTestHub, type TestHub, testApiKey } from './start-hub.ts'

let running: TestHub
let id: string
let session: { readonly 'x-hub-session-token': string }

beforeAll(async () => {
  running = await startTestHub()
  const { connectSessions, linking } = running.hub.services
  const linked = await linking.link(
    { projectId: 'default', actor: { kind: 'system' }, owner: { id: 'o1', name: 'One' }, label: 'First' },
    { integrationId: clockworkSandbox, values: running.credentials },
  )
  if (!linked.linked) throw new Error('not linked')
  id = linked.account.id
  const { token } = await connectSessions.create(
    'default',
    { originOwnerId: 'o1', originOwnerName: 'One', accountId: id },
    { kind: 'system' },
  )
  session = { 'x-hub-session-token': token }
})

afterAll(() => running.close())

async function inject(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS',
  url: string,
  more: object = {},
) {
  const answer = await running.hub.app.inject({ method, url, headers: { ...running.authorization }, ...more })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body === '' ? undefined : answer.json(),
  }
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('errors', () => {
  test.each([
    ['GET', '/accounts/acc_nothing', 404, 'hub/account-unknown'],
    ['GET', '/accounts?page_size=1000', 400, 'hub/invalid-request'],
    ['GET', '/connectors/meta/nothing', 404, 'connector/unknown'],
    ['GET', '/nothing', 404, 'hub/not-found'],
    ['POST', '/connect_sessions', 400, 'hub/invalid-request'],
  ] as const)('%s %s answers %i with all that clients need', async (method, url, status, code) => {
    const { body, headers } = await inject(method, url, method === 'POST' ? { payload: {} } : {})
    expect(body).toMatchObject({
      statusCode: status,
      code,
      message: expect.any(String),
      timestamp: expect.stringMatching(isoDate),
      request_id: headers['x-request-id'],
    })
  })

  test('a wrong key is 401, a key without the scope 403', async () => {
    const with_ = (key: string) => ({ headers: { authorization: `Basic ${btoa(`${key}:`)}` } })
    expect((await inject('GET', '/accounts', with_('msk_wrong'))).status).toBe(401)
    expect((await inject('GET', '/accounts', { headers: {} })).status).toBe(401)
    const { keys } = running.hub.services
    const { key, record } = await keys.create('default', { name: 'r', scopes: ['read'] }, { kind: 'system' })
    expect((await inject('GET', '/accounts', with_(key))).status).toBe(200)
    expect((await inject('DELETE', `/accounts/${id}`, with_(key))).status).toBe(403)
    await keys.revoke('default', record.id, { kind: 'system' })
    expect((await inject('GET', '/accounts', with_(key))).status).toBe(401)
  })
})

describe('an account', () => {
  test('has ISO dates, and is changed by what is said alone', async () => {
    const before = (await inject('GET', `/accounts/${id}`)).body
    for (const field of ['created_at', 'updated_at']) expect(before[field]).toMatch(isoDate)
    const sent = { label: {}, secrets: {}, credentials: {}, origin_owner_name: {}, type: 'production' }
    const { status, body } = await inject('PATCH', `/accounts/${id}`, { payload: sent })
    expect({ status, body }).toMatchObject({ status: 200, body: { label: 'First', type: 'production' } })
    expect((await inject('PATCH', `/accounts/${id}`, { payload: { label: 'Second' } })).body.label).toBe(
      'Second',
    )
    expect((await inject('PATCH', `/accounts/${id}`, { payload: { label: null } })).body.label).toBeNull()
    expect((await inject('PATCH', `/accounts/${id}`, { payload: { secrets: { apiKey: 'x' } } })).status).toBe(
      400,
    )
    const { run } = await running.hub.services.accounts.open('default', id)
    expect(run.credentials).toEqual(running.credentials)
  })

  test('is found by every filter of the clients, repeated or with commas', async () => {
    for (const query of [
      `account_ids=${id}&account_ids=x`,
      `account_ids=x,${id}`,
      'provider=clockwork',
      'providers=clockwork&status=active',
      'origin_owner_id=o1&page=1&page_size=1',
    ])
      expect((await inject('GET', `/accounts?${query}`)).body).toMatchObject([{ id }])
    expect((await inject('GET', '/accounts?provider=other')).body).toEqual([])
    expect((await inject('GET', '/accounts?page=2')).body).toEqual([])
  })

  test('is edited in place: empty and masked secrets keep what is stored', async () => {
    const { body } = await inject('GET', `/hub/accounts/${id}`, { headers: session })
    expect(body).toMatchObject({
      secureId: id,
      setupInformation: { firmName: 'acme' },
      secrets: { apiKey: expect.stringMatching(/^__secretvalue:\*\*redacted\*\*$/) },
    })
    const payload = { credentials: { firmName: 'acme', apiKey: '', apiSecret: body.secrets.apiSecret } }
    const edited = await inject('PATCH', `/hub/accounts/${id}`, { headers: session, payload })
    expect(edited).toMatchObject({ status: 200, body: { id } })
    const { run } = await running.hub.services.accounts.open('default', id)
    expect(run.credentials).toEqual(running.credentials)
  })
})

describe('what belongs to somebody else', () => {
  test('a key of one account sees and changes no other', async () => {
    const { keys } = running.hub.services
    const { key } = await keys.create(
      'default',
      { name: 'bound', accountId: 'acc_other' },
      { kind: 'system' },
    )
    const headers = { authorization: `Basic ${btoa(`${key}:`)}` }
    expect((await inject('GET', '/accounts', { headers })).body).toEqual([])
    for (const [method, url] of [
      ['GET', `/accounts/${id}`],
      ['PATCH', `/accounts/${id}`],
      ['DELETE', `/accounts/${id}`],
      ['GET', `/accounts/${id}/meta`],
    ] as const)
      expect(
        (await inject(method, url, { headers, ...(method === 'PATCH' ? { payload: {} } : {}) })).status,
      ).toBe(404)
  })

  test('a key of another project sees nothing of this one', async () => {
    const { keys, store } = running.hub.services
    await store.projects.ensure('other', new Date().toISOString())
    const { key } = await keys.create('other', { name: 'o', scopes: ['admin'] }, { kind: 'system' })
    const headers = { authorization: `Basic ${btoa(`${key}:`)}` }
    expect((await inject('GET', '/accounts', { headers })).body).toEqual([])
    expect((await inject('GET', `/accounts/${id}`, { headers })).status).toBe(404)
    expect((await inject('DELETE', `/accounts/${id}`, { headers })).status).toBe(404)
    const token = session['x-hub-session-token']
    const read = await inject('POST', '/connect_sessions/authenticate', { headers, payload: { token } })
    expect(read.status).toBe(401)
  })

  test('a session of another owner cannot read or edit the account', async () => {
    const { token } = await running.hub.services.connectSessions.create(
      'default',
      { originOwnerId: 'o2', originOwnerName: 'Two' },
      { kind: 'system' },
    )
    const headers = { 'x-hub-session-token': token }
    expect((await inject('GET', `/hub/accounts/${id}`, { headers })).status).toBe(404)
    expect((await inject('PATCH', `/hub/accounts/${id}`, { headers, payload: {} })).status).toBe(404)
  })
})

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    inject('OPTIONS', '/hub/accounts', {
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'content-type,x-hub-session-token,x-hub-version',
      },
    })

  test('may call while they are of this machine and nobody is named, on errors too', async () => {
    const { status, headers } = await preflight('http://localhost:3000')
    expect(status).toBe(204)
    expect(headers['access-control-allow-origin']).toBe('http://localhost:3000')
    expect(headers['access-control-allow-methods']).toContain('PATCH')
    expect(headers['access-control-allow-headers']).toMatch(/x-hub-session-token.*x-hub-version/)
    const refused = await inject('GET', '/hub/settings', { headers: { origin: 'http://localhost:3000' } })
    expect(refused.status).toBe(401)
    expect(refused.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  })

  test('of anybody else may not, until they are named; then this machine may not either', async () => {
    expect(
      (await preflight('https://app.example.com')).headers['access-control-allow-origin'],
    ).toBeUndefined()
    const { settings } = running.hub.services
    await settings.update('default', { allowedOrigins: ['https://app.example.com'] }, { kind: 'system' })
    expect((await preflight('https://app.example.com')).headers['access-control-allow-origin']).toBe(
      'https://app.example.com',
    )
    expect((await preflight('http://localhost:3000')).headers['access-control-allow-origin']).toBeUndefined()
    await settings.update('default', { allowedOrigins: [] }, { kind: 'system' })
  })
})

test('the document of the API names every JSON route, in OpenAPI 3.1', async () => {
  const { body } = await inject('GET', '/openapi.json')
  expect(body.openapi).toMatch(/^3\.1\./)
  for (const path of ['/accounts', '/accounts/{id}', '/connect_sessions', '/hub/accounts', '/ready'])
    expect(Object.keys(body.paths)).toContain(path)
})

test('a process that lives and a database that answers are told', async () => {
  expect((await inject('GET', '/health', { headers: {} })).body).toEqual({ status: 'ok' })
  expect((await inject('GET', '/ready', { headers: {} })).status).toBe(200)
  expect(testApiKey).toMatch(/^msk_/)
})
