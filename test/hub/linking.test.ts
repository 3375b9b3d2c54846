import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { clockworkSandbox, startTestHub, type TestHub } from './start-hub.ts'

let running: TestHub

beforeAll(async () => {
  running = await startTestHub()
})

afterAll(() => running.close())

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function call(method: string, path: string, body?: unknown, headers: object = {}): Promise<Reply> {
  const response = await fetch(`${running.url}${path}`, {
    method,
    headers: {
      ...running.authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

async function openSession(wish: object = {}): Promise<{ 'x-hub-session-token': string }> {
  const { status, body } = await call('POST', '/connect_sessions', {
    origin_owner_id: 'customer-1',
    origin_owner_name: 'Customer One',
    provider: 'clockwork',
    ...wish,
  })
  expect({ status, body }).toMatchObject({ status: 201 })
  return { 'x-hub-session-token': String(body['token']) }
}

function linkWith(headers: object, changes: object = {}): Promise<Reply> {
  const credentials = { ...running.credentials, ...changes }
  return call('POST', '/hub/accounts', { integration_id: clockworkSandbox, credentials }, headers)
}

describe('linking with the token of a connect session', () => {
  test('offers the sandbox, gives the form, links, and shows the account', async () => {
    const session = await openSession()
    expect((await call('GET', '/hub/connectors', undefined, session)).body).toMatchObject({
      integrations: [
        { active: true, name: 'Clockwork Recruiting (Sandbox)', integration_id: clockworkSandbox },
      ],
    })
    const form = await call('GET', `/hub/connectors/${clockworkSandbox}`, undefined, session)
    expect(form.body).toMatchObject({
      config: {
        type: 'custom',
        configFields: [
          { key: 'firmName', secret: false },
          { key: 'apiKey', type: 'password', secret: true },
          { key: 'apiSecret' },
          { key: 'firmServiceKey' },
        ],
      },
    })
    const linked = await linkWith(session)
    expect(linked).toMatchObject({ status: 201, body: { provider: 'clockwork' } })
    const account = await call('GET', `/accounts/${linked.body['id']}`)
    expect(account.body).toMatchObject({
      provider: 'clockwork',
      status: 'active',
      type: 'test',
      origin_owner_id: 'customer-1',
      setup_information: { firmName: 'acme' },
    })
  })

  test('linking the same owner again keeps the id', async () => {
    const session = await openSession({ origin_owner_id: 'again' })
    const first = await linkWith(session)
    const second = await linkWith(session)
    expect(second.body['id']).toBe(first.body['id'])
  })

  test.each([
    ['apiSecret', 'API Key, API Secret or Firm Name'],
    ['firmServiceKey', 'Firm Service Key'],
  ])('a wrong %s is named, without 401 or 403, and nothing is stored', async (key, label) => {
    const session = await openSession({ origin_owner_id: `wrong-${key}` })
    const refused = await linkWith(session, { [key]: 'certainly-wrong' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'hub/not-linked', statusCode: 422 } })
    expect(refused.body['message']).toContain(label)
    expect(JSON.stringify(refused.body)).not.toContain('certainly-wrong')
    const { body } = await call('GET', `/accounts?origin_owner_id=wrong-${key}`)
    expect(body).toEqual([])
  })
})
