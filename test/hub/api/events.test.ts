import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHub, type Hub } from '../../../src/hub/index.ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { testApiKey } from '../start-hub.ts'

const system = { kind: 'system' } as const

describe('events of Clockwork', () => {
  let hub: LinkedHub
  let receiver: Server
  let receiverUrl = ''
  const told: Record<string, unknown>[] = []

  beforeAll(async () => {
    hub = await startLinkedHub()
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      told.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(200).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  })
  afterAll(async () => {
    await hub.close()
    receiver.close()
  })

  const subscribe = async (accountId = hub.accountId) => {
    const answer = await hub.call('POST', '/event-subscriptions', { body: { account_id: accountId } })
    return answer.body as { id: string; webhook_url: string; status: string }
  }
  const changeCandidacy = async () => {
    const projects = await hub.rpc('clockwork_list_projects', { query: { page_size: 1 } })
    const [project] = projects.body['data'] as { id: string }[]
    const candidacies = await hub.rpc('clockwork_list_project_candidacies', {
      path: { project_id: project?.id },
      query: { page_size: 1 },
    })
    const [candidacy] = candidacies.body['data'] as { id: string }[]
    await fetch(`${hub.sandbox.origin}/__sandbox/candidacies/${candidacy?.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"stoplight_status":"red"}',
    })
    return candidacy?.id
  }
  const work = async () => {
    await hub.hub.services.deliveries.handleDue()
    await hub.hub.services.webhooks.deliverDue()
  }
  const deliveriesOf = async (id: string) =>
    (await hub.call('GET', `/event-subscriptions/${id}/deliveries`)).body as unknown as Record<
      string,
      unknown
    >[]

  test('subscribe, deliver, route, run, tell, unsubscribe', async () => {
    await hub.call('POST', '/webhooks', { body: { url: receiverUrl, events: ['connector.event'] } })
    const subscription = await subscribe()
    expect(subscription).toMatchObject({
      status: 'active',
      webhook_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/events\/whin_[\w-]{43}$/),
    })
    const candidacyId = await changeCandidacy()
    await work()
    expect(await deliveriesOf(subscription.id)).toMatchObject([
      { status: 'done', done: 1, attempts: 1, error: null, account_id: hub.accountId },
    ])
    expect(told).toMatchObject([
      {
        event: 'connector.event',
        account_id: hub.accountId,
        provider: 'clockwork',
        origin_owner_id: 'customer-1',
        action: 'clockwork_candidacy_updated',
        data: { candidacy_id: candidacyId, candidacy: { stoplight_status: 'red' } },
      },
    ])
    const logs = await hub.call('GET', '/requests/logs?source_types=event')
    expect(logs.text).toContain('clockwork_candidacy_updated')
    const listed = await hub.call('GET', '/event-subscriptions')
    expect(listed.body).toMatchObject([{ id: subscription.id, last_delivery_at: expect.any(String) }])
    expect(listed.text).not.toContain('whin_')

    const ended = await hub.call('DELETE', `/event-subscriptions/${subscription.id}`)
    expect(ended.status).toBe(200)
    await changeCandidacy()
    await work()
    expect(told).toHaveLength(1)
    expect(hub.sandbox.requests.at(-1)).toBeDefined()
    expect((await hub.call('GET', '/event-subscriptions')).body).toEqual([])
  })

  test('an address that nobody has is 404, and a body that is no event 400', async () => {
    const { id, webhook_url: url } = await subscribe()
    const post = (to: string, body: string) => fetch(to, { method: 'POST', body })
    expect((await post(`${hub.url}/events/whin_nobody`, '{}')).status).toBe(404)
    const unreadable = await post(url, 'hello')
    expect([unreadable.status, await unreadable.json()]).toMatchObject([400, { code: 'event/unreadable' }])
    const other = await post(url, '{"event_name":"person_updated"}')
    expect([other.status, await other.json()]).toEqual([
      202,
      { id: null, actions: 0, ignored: 1, duplicate: false },
    ])
    expect((await post(url, 'x'.repeat(1_100_000))).status).toBe(413)
    await hub.call('DELETE', `/event-subscriptions/${id}`)
  })

  test('a write of which nobody knows how far it came is not run again; a read is', async () => {
    const { id, webhook_url: url } = await subscribe()
    const body = JSON.stringify({
      event_name: 'candidacy_updated',
      candidacy: { id: 'c1', project_id: 'p1' },
    })
    const { id: delivery } = (await (await fetch(url, { method: 'POST', body })).json()) as { id: string }
    await work()
    const { incomingDeliveries } = hub.hub.services.store
    const past = '2026-01-01T00:00:00.000Z'
    // As a process leaves it that is killed while the action runs.
    await incomingDeliveries.progress(delivery, {
      status: 'pending',
      position: 0,
      started: true,
      nextAt: past,
    })
    await work()
    expect(await deliveriesOf(id)).toMatchObject([{ id: delivery, status: 'done', done: 1 }])
    await hub.call('DELETE', `/event-subscriptions/${id}`)
  })

  test('a refused subscription leaves nothing; one whose fate is unknown stays to be looked at', async () => {
    hub.sandbox.setFaults([{ match: { path: '/webhooks' }, fault: { kind: 'status', status: 422 } }])
    expect(
      (await hub.call('POST', '/event-subscriptions', { body: { account_id: hub.accountId } })).status,
    ).toBe(502)
    expect((await hub.call('GET', '/event-subscriptions')).body).toEqual([])
    hub.sandbox.setFaults([{ match: { path: '/webhooks' }, fault: { kind: 'drop-after' } }])
    expect(
      (await hub.call('POST', '/event-subscriptions', { body: { account_id: hub.accountId } })).body,
    ).toMatchObject({ code: 'write/outcome-unknown' })
    hub.sandbox.setFaults([])
    const [left] = (await hub.call('GET', '/event-subscriptions')).body as unknown as { id: string }[]
    expect(left).toMatchObject({ status: 'starting' })
    await hub.call('DELETE', `/event-subscriptions/${left?.id}`)
  })

  test('what the provider refuses to end stays, unless it is forced', async () => {
    const { id } = await subscribe()
    hub.sandbox.setFaults([{ match: { method: 'DELETE' }, times: 2, fault: { kind: 'status', status: 403 } }])
    expect((await hub.call('DELETE', `/event-subscriptions/${id}`)).status).toBe(403)
    expect((await hub.call('GET', '/event-subscriptions')).body).toMatchObject([{ id }])
    expect((await hub.call('DELETE', `/event-subscriptions/${id}?force=true`)).status).toBe(200)
    hub.sandbox.setFaults([])
    expect((await hub.call('GET', '/event-subscriptions')).body).toEqual([])
  })

  test('an account that is disconnected is unsubscribed first', async () => {
    const accountId = await hub.link('leaving')
    const { webhook_url: url } = await subscribe(accountId)
    const before = hub.sandbox.requests.length
    expect((await hub.call('DELETE', `/accounts/${accountId}`)).status).toBe(200)
    expect(hub.sandbox.requests.slice(before)).toMatchObject([{ method: 'DELETE' }])
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(404)
  })

  test('a key of one account neither sees nor changes the subscriptions of another', async () => {
    const { id } = await subscribe()
    const bound = await hub.createKey({ accountId: await hub.link('bound'), scopes: ['write'] })
    const headers = { authorization: bound.authorization }
    expect((await hub.call('GET', '/event-subscriptions', { headers })).body).toEqual([])
    expect((await hub.call('GET', `/event-subscriptions/${id}/deliveries`, { headers })).status).toBe(404)
    expect((await hub.call('DELETE', `/event-subscriptions/${id}`, { headers })).status).toBe(404)
    const body = { account_id: hub.accountId }
    expect((await hub.call('POST', '/event-subscriptions', { body, headers })).status).toBe(404)
  })
})

describe('signed events, of a connector that somebody sets up by hand', () => {
  const signingSecret = 'whsec-canary-93b1d7'
  let now = Date.parse('2026-05-01T09:00:00.000Z')
  let folder: string
  let hub: Hub
  let url: string
  let subscriptionId: string
  const provider = { statuses: [] as number[], paths: [] as string[] }
  let server: Server

  beforeAll(async () => {
    server = createServer((request, response) => {
      provider.paths.push(`${request.method} ${request.url}`)
      response
        .writeHead(provider.statuses.shift() ?? 200, { 'content-type': 'application/json' })
        .end('{"ok":true}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    folder = await mkdtemp(join(tmpdir(), 'mainspring-events-'))
    await mkdir(join(folder, 'acme'))
    await writeFile(join(folder, 'acme', 'acme.connector.s1.yaml'), connector)
    hub = await createHub({
      connectors: folder,
      apiKey: testApiKey,
      clock: () => new Date(now),
      integrations: [{ connector: 'acme', environment: 'production', origin }],
    })
    const linked = await hub.services.linking.link(
      { projectId: 'default', owner: { id: 'o', name: 'O' }, actor: system },
      { integrationId: 'acme.key.production', values: { token: 't-canary' } },
    )
    if (!linked.linked) throw new Error('Not linked')
    const added = await hub.services.subscriptions.add(
      'default',
      { accountId: linked.account.id, secret: signingSecret },
      system,
    )
    expect(added.subscription.status).toBe('manual')
    subscriptionId = added.subscription.id
    url = new URL(added.webhookUrl).pathname
  })
  afterAll(async () => {
    await hub.close()
    server.close()
    await rm(folder, { recursive: true })
  })

  // What comes later is newer.
  beforeEach(() => {
    now += 1000
  })

  const send = (event: object, { secret = signingSecret, at = now } = {}) => {
    const body = JSON.stringify(event)
    const time = String(Math.floor(at / 1000))
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
    const headers = { 'x-signature': signature, 'x-time': time, 'content-type': 'application/json' }
    return hub.app.inject({ method: 'POST', url, payload: body, headers })
  }
  const deliveries = () => hub.services.inbox.list('default', subscriptionId, 100)

  test('are taken once, however often the very same one comes', async () => {
    const [first, again] = [await send({ kind: 'read', id: '1' }), await send({ kind: 'read', id: '1' })]
    expect([first.json(), again.json()]).toMatchObject([
      { actions: 1, duplicate: false },
      { actions: 0, duplicate: true },
    ])
    await hub.services.deliveries.handleDue()
    expect(provider.paths).toEqual(['GET /things/1'])
  })

  test('by somebody else, or long ago, are refused and leave nothing', async () => {
    const before = (await deliveries()).length
    const forged = await send({ kind: 'read', id: '2' }, { secret: 'guess' })
    expect([forged.statusCode, forged.json()]).toMatchObject([401, { code: 'event/signature-invalid' }])
    expect((await send({ kind: 'read', id: '2' }, { at: now - 3_600_000 })).statusCode).toBe(400)
    expect(await deliveries()).toHaveLength(before)
    for (const text of [forged.body]) expect(text).not.toContain(signingSecret)
  })

  test('a provider that fails for now is asked again later, in order', async () => {
    provider.paths.length = 0
    provider.statuses.push(503, 503, 503, 503, 503)
    await send({ kind: 'read', id: '3' })
    await hub.services.deliveries.handleDue()
    expect((await deliveries())[0]).toMatchObject({ status: 'pending', position: 0, attempts: 1 })
    now += 60_000
    await hub.services.deliveries.handleDue()
    expect((await deliveries())[0]).toMatchObject({ status: 'done', position: 1, error: null })
  })

  test('a write that was begun before a sudden end fails with an unknown outcome, and is repeated when asked', async () => {
    provider.paths.length = 0
    await send({ kind: 'write', id: '4' })
    await hub.services.deliveries.handleDue()
    expect(provider.paths).toEqual(['POST /things/4'])
    const [{ id } = { id: '' }] = await deliveries()
    const stopped = {
      status: 'pending',
      position: 0,
      started: true,
      nextAt: '2026-01-01T00:00:00.000Z',
    } as const
    await hub.services.store.incomingDeliveries.progress(id, stopped)
    await hub.services.deliveries.handleDue()
    expect(provider.paths).toHaveLength(1)
    expect((await deliveries())[0]).toMatchObject({
      status: 'failed',
      error: { code: 'write/outcome-unknown' },
    })
    await hub.services.inbox.repeat('default', subscriptionId, id)
    await hub.services.deliveries.handleDue()
    expect(provider.paths).toHaveLength(2)
    expect((await deliveries())[0]).toMatchObject({ status: 'done' })
  })

  test('what is old goes, with what was kept of it', async () => {
    now += 31 * 86_400_000
    const before = new Date(now - 30 * 86_400_000).toISOString()
    const gone = await hub.services.store.incomingDeliveries.prune('default', before)
    expect(gone.length).toBeGreaterThan(2)
    expect(await deliveries()).toEqual([])
  })
})

const step = (method: string) => `
    steps:
      - stepId: call
        description: Call
        stepFunction:
          functionName: request
          parameters: { url: '/things/\${inputs.id}', method: ${method} }
    result: { data: $.steps.call.output.data }`
const inputs = '[{ name: id, type: string, in: path, required: true, description: Id of the thing. }]'

const connector = `StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: Things. }
baseUrl: https://api.acme.example
authentication:
  - key:
      type: custom
      label: Key
      configFields: [{ key: token, label: Token, type: password, required: true, secret: true }]
      environments: [{ key: production, name: Production }]
      authorization: { type: bearer, token: $.credentials.token }
events:
  router:
    rules:
      - { when: "event.kind == 'read'", then: { action: on_read, input: { id: event.id } } }
      - { when: "event.kind == 'write'", then: { action: on_write, input: { id: event.id } } }
  x-mainspring:
    signature:
      header: X-Signature
      secret: $.credentials.webhookSecret
      timestampHeader: X-Time
      signed: '{timestamp}.{body}'
actions:
  - actionId: on_read
    label: Read
    description: Reads a thing.
    categories: [ats]
    actionType: custom
    inputs: ${inputs}${step('get')}
  - actionId: on_write
    label: Write
    description: Writes a thing.
    categories: [ats]
    actionType: custom
    inputs: ${inputs}${step('post')}
`
