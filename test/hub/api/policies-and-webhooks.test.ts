import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

let hub: LinkedHub
let now = Date.parse('2026-05-01T09:00:00.000Z')

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Answers with the statuses of the list, then with 200. */
const statuses: number[] = []
const received: Received[] = []
let receiver: Server
let receiverUrl = ''

beforeAll(async () => {
  hub = await startLinkedHub({ clock: () => new Date(now), requestsPerMinute: 100_000 })
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(statuses.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
})
afterAll(async () => {
  await hub.close()
  receiver.close()
})

describe('policies', () => {
  afterEach(async () => {
    for (const subject of ['project', 'agents'] as const)
      await hub.hub.services.policies.reset('default', subject, { kind: 'system' })
  })
  const create = (headers: Readonly<Record<string, string>> = {}) =>
    hub.rpc('clockwork_create_person', { body: { name: 'A' } }, headers)
  const list = (headers: Readonly<Record<string, string>> = {}) =>
    hub.rpc('clockwork_list_people', { query: { page_size: 1 } }, headers)
  const refused = { status: 403, body: { code: 'policy/action-not-allowed', statusCode: 403 } }

  test.each([
    [
      'PUT',
      '/policies/project',
      { readonly: true },
      'body must not have "readonly" (did you mean "read_only"?)',
    ],
    ['POST', '/keys', { name: 'k', account: 'acc_1' }, 'body must not have "account"'],
    ['POST', '/webhooks', { url: 'https://x.example', event: [] }, 'did you mean "events"?'],
    ['POST', '/event-subscriptions', { account_id: 'a', secrets: 'x' }, 'did you mean "secret"?'],
  ] as const)('%s %s refuses a name that it does not know', async (method, path, body, words) => {
    const before = await hub.call('GET', '/policies')
    const answer = await hub.call(method, path, { body })
    expect(answer).toMatchObject({ status: 400, body: { code: 'hub/invalid-request' } })
    expect(answer.body['message']).toContain(words)
    expect(await hub.call('GET', '/policies')).toMatchObject({ body: before.body })
  })

  test.each([
    ['read_only', { read_only: true }],
    ['methods', { methods: ['GET'] }],
    ['except_actions', { except_actions: ['clockwork_create_*'] }],
    ['actions', { actions: ['clockwork_list_*'] }],
  ])('%s refuses a write before anything is sent, and lets the read run', async (_, rules) => {
    await hub.call('PUT', '/policies/project', { body: rules })
    const before = hub.sandbox.requests.length
    expect(await create()).toMatchObject(refused)
    expect(hub.sandbox.requests).toHaveLength(before)
    expect((await list()).status).toBe(200)
    const actions = await hub.call('GET', '/actions')
    expect(actions.text).not.toContain('"clockwork_create_person"')
    expect(actions.text).toContain('"clockwork_list_people"')
  })

  test('connectors that are left out are gone from lists and searches, and refused', async () => {
    await hub.call('PUT', '/policies/project', { body: { connectors: ['other'] } })
    expect(await list()).toMatchObject(refused)
    expect((await hub.call('GET', '/actions')).body).toMatchObject({ data: [] })
    expect((await hub.call('POST', '/actions/search', { body: { query: 'people' } })).body).toMatchObject({
      results: [],
    })
  })

  test('the passthrough obeys methods by what it is asked for', async () => {
    await hub.call('PUT', '/policies/project', { body: { methods: ['GET'] } })
    const proxy = (method: string) =>
      hub.call('POST', '/unified/proxy', {
        body: { path: '/people', method, body: { person: { name: 'A' } } },
        headers: { 'x-account-id': hub.accountId },
      })
    expect(await proxy('post')).toMatchObject(refused)
    await hub.call('DELETE', '/policies/project')
    expect((await proxy('post')).status).toBe(200)
  })

  test('a policy of one key leaves the others alone; a key that may only read cannot write', async () => {
    const { id, authorization } = await hub.createKey({ scopes: ['read', 'write'] })
    await hub.call('PUT', `/policies/key:${id}`, { body: { read_only: true } })
    expect(await create({ authorization })).toMatchObject(refused)
    expect((await create()).status).toBe(200)
    const reader = await hub.createKey({ scopes: ['read'] })
    expect(await create({ authorization: reader.authorization })).toMatchObject(refused)
    expect((await list({ authorization: reader.authorization })).status).toBe(200)
  })

  test('a preview action runs once the operator allows it', async () => {
    const read = () => hub.rpc('clockwork_get_person', { path: { person_id: 'nobody' } })
    expect(await read()).toMatchObject({ status: 403, body: { code: 'policy/preview-not-allowed' } })
    await hub.call('PUT', '/policies/project', { body: { allow_preview: true } })
    expect((await read()).status).not.toBe(403)
  })

  test.each([
    ['key:key_nobody', 404],
    ['nobody', 400],
  ])('a policy for %s is refused', async (subject, status) => {
    expect((await hub.call('PUT', `/policies/${subject}`, { body: {} })).status).toBe(status)
  })
})

describe('webhooks', () => {
  const deliver = async () => {
    await hub.hub.services.webhooks.deliverDue()
  }

  test('tell of accounts, signed over the raw body, without secrets', async () => {
    const made = await hub.call('POST', '/webhooks', { body: { url: receiverUrl } })
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } })
    const id = await hub.link('told')
    await hub.call('PATCH', `/accounts/${id}`, { body: { label: 'New' } })
    await hub.call('DELETE', `/accounts/${id}`)
    received.length = 0
    await deliver()
    const events = received.map(({ body }) => JSON.parse(body) as { event: string; account_id: string })
    expect(events.map(({ event }) => event).sort()).toEqual([
      'account.created',
      'account.deleted',
      'account.updated',
    ])
    expect(events[0]).toMatchObject({
      project_id: 'default',
      record_type: 'account',
      record_id: id,
      account_id: id,
      provider: 'clockwork',
      origin_owner_id: 'told',
      event_date: expect.stringMatching(/T.*Z$/),
      sent_at: expect.stringMatching(/T.*Z$/),
      setup_information: { firmName: hub.credentials.firmName },
    })
    for (const { body, headers } of received) {
      const expected = createHmac('sha256', String(made.body['secret'])).update(body).digest('base64url')
      expect(headers['x-stackone-signature']).toBe(expected)
      for (const secret of ['apiKey', 'apiSecret', 'firmServiceKey'] as const)
        expect(body).not.toContain(hub.credentials[secret])
    }
    expect((await hub.call('GET', '/webhooks')).text).not.toContain(String(made.body['secret']))
  })

  test('are tried again, later each time, until they are acknowledged; and can be replayed', async () => {
    now += 1000
    await hub.link('again')
    received.length = 0
    statuses.push(500, 503)
    await deliver()
    await deliver()
    expect(received).toHaveLength(1)
    now += 15_000
    await deliver()
    expect(received).toHaveLength(2)
    now += 15_000
    await deliver()
    now += 30_000
    await deliver()
    expect(received).toHaveLength(3)
    const { body } = await hub.call('GET', '/webhooks/events?page_size=1')
    const [event] = body as unknown as { id: string; deliveries: object[] }[]
    expect(event?.deliveries).toMatchObject([{ status: 'delivered', attempts: 3, last_error: null }])
    await hub.call('POST', `/webhooks/events/${event?.id}/replay`)
    await deliver()
    expect(received).toHaveLength(4)
  })

  test('that are not reachable are no reason to fail, and an account that was not linked tells nothing', async () => {
    const before = (await hub.hub.services.store.webhooks.listEvents('default', 100)).length
    const failing = hub.hub.services.store.transaction(async (repositories) => {
      const { addAccountEvent } = await import('../../../src/hub/webhooks/account-event.ts')
      const account = await repositories.accounts.get('default', hub.accountId)
      if (account)
        await addAccountEvent(repositories, account, 'account.updated', new Date(now).toISOString())
      throw new Error('the change failed')
    })
    await expect(failing).rejects.toThrow('the change failed')
    expect(await hub.hub.services.store.webhooks.listEvents('default', 100)).toHaveLength(before)
  })

  test.each([['ftp://x.example/'], ['no address'], ['https://user:pass@x.example/']])(
    '%s is refused',
    async (url) => {
      expect((await hub.call('POST', '/webhooks', { body: { url } })).status).toBe(400)
    },
  )
})

describe('limits', () => {
  test('of a key are told with every answer, and met before anything is run', async () => {
    const limited = await startLinkedHub({ requestsPerMinute: 3 })
    try {
      const first = await limited.rpc('clockwork_list_people')
      expect(first.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '2' })
      await limited.rpc('clockwork_list_people')
      await limited.rpc('clockwork_list_people')
      const before = limited.sandbox.requests.length
      const refused = await limited.rpc('clockwork_create_person', { body: { name: 'A' } })
      expect(refused).toMatchObject({ status: 429, body: { statusCode: 429, code: 'hub/rate-limited' } })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect(limited.sandbox.requests).toHaveLength(before)
      const { authorization } = await limited.createKey({})
      expect((await limited.call('GET', '/actions', { headers: { authorization } })).status).toBe(200)
    } finally {
      await limited.close()
    }
  })
})
