import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

/** Two projects in one hub, a key bound to one account, and what every endpoint gives away of the others. */
let hub: LinkedHub
let foreign: { readonly authorization: string }
let bound: { readonly authorization: string }
let otherId: string
let logId: string
let webhookId: string
let eventId: string
let subscriptionId: string

beforeAll(async () => {
  hub = await startLinkedHub()
  otherId = await hub.link('other-owner')
  await hub.hub.services.store.projects.ensure('second', new Date().toISOString())
  foreign = await hub.createKey({ projectId: 'second', scopes: ['read', 'write', 'admin'] })
  bound = await hub.createKey({ accountId: hub.accountId, scopes: ['read', 'write'] })
  const webhook = await hub.call('POST', '/webhooks', { body: { url: 'http://127.0.0.1:9/hook' } })
  webhookId = String(webhook.body['id'])
  await hub.call('PATCH', `/accounts/${otherId}`, { body: { label: 'private-label' } })
  const run = await hub.rpc('clockwork_list_people', {}, { 'x-account-id': otherId })
  logId = String(run.headers['x-request-id'])
  const events = await hub.call('GET', '/webhooks/events')
  const subscribed = await hub.call('POST', '/event-subscriptions', { body: { account_id: otherId } })
  subscriptionId = String(subscribed.body['id'])
  eventId = (events.body as unknown as { id: string }[])[0]?.id ?? ''
})
afterAll(() => hub.close())

const run = () => ({ action: 'clockwork_list_people' })
type Try = readonly [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT',
  path: () => string,
  body?: () => object,
  header?: boolean,
]

/** Every endpoint that takes an id, asked for what belongs to somebody else. */
const byId: readonly Try[] = [
  ['GET', () => `/accounts/${otherId}`],
  ['PATCH', () => `/accounts/${otherId}`, () => ({ label: 'taken' })],
  ['DELETE', () => `/accounts/${otherId}`],
  ['GET', () => `/accounts/${otherId}/meta`],
  ['POST', () => '/actions/rpc', run, true],
  ['POST', () => '/actions/explain', run, true],
  ['POST', () => '/unified/proxy', () => ({ path: '/people' }), true],
  ['POST', () => '/mcp', () => ({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }), true],
  ['GET', () => `/requests/logs/${logId}`],
  ['POST', () => '/event-subscriptions', () => ({ account_id: otherId })],
  ['GET', () => `/event-subscriptions/${subscriptionId}/deliveries`],
  ['POST', () => `/event-subscriptions/${subscriptionId}/deliveries/x/repeat`],
  ['DELETE', () => `/event-subscriptions/${subscriptionId}?force=true`],
]
/** Of a project; a bound key may not even ask. */
const ofProject: readonly Try[] = [
  ['DELETE', () => `/webhooks/${webhookId}`],
  ['POST', () => `/webhooks/events/${eventId}/replay`],
]
const lists = [
  '/accounts',
  '/requests/logs?include=step_logs',
  '/webhooks',
  '/webhooks/events',
  '/policies',
  '/event-subscriptions',
]

async function attempt([method, path, body, header]: Try, authorization: string) {
  return hub.call(method, path(), {
    ...(body === undefined ? {} : { body: body() }),
    headers: { authorization, ...(header === true ? { 'x-account-id': otherId } : {}) },
  })
}
const named = (tries: readonly Try[]) =>
  tries.map((one) => [`${one[0]} ${one[1]().replace(/(undefined|acc_\w+|req_\w+)/, 'id')}`, one] as const)

describe('what belongs to another project', () => {
  test.each(named([...byId, ...ofProject]))('%s: is not there', async (_, one) => {
    const answer = await attempt(one, foreign.authorization)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toMatch(/private-label|other-owner|Customer/)
  })

  test.each(lists)('%s holds nothing of it', async (path) => {
    const { status, text } = await hub.call('GET', path, { headers: foreign })
    expect(status).toBe(200)
    for (const secret of [otherId, hub.accountId, webhookId, eventId, logId, subscriptionId])
      expect(text).not.toContain(secret)
  })
})

describe('what belongs to another owner, for a key of one account', () => {
  test.each(named(byId))('%s: is not there', async (_, one) => {
    const answer = await attempt(one, bound.authorization)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('private-label')
  })

  test.each(named(ofProject))('%s: is not allowed', async (_, one) => {
    expect((await attempt(one, bound.authorization)).status).toBe(403)
  })

  test.each(['/accounts', '/requests/logs', '/event-subscriptions'])(
    '%s holds nothing of it',
    async (path) => {
      const { status, text } = await hub.call('GET', path, { headers: bound })
      expect(status).toBe(200)
      expect(text).not.toContain(otherId)
    },
  )

  test('an account of its own can be used', async () => {
    const answer = await hub.rpc('clockwork_list_people', {}, bound)
    expect(answer.status).toBe(200)
  })
})

test('after all of this the other account is as it was', async () => {
  expect((await hub.call('GET', `/accounts/${otherId}`)).body).toMatchObject({ label: 'private-label' })
})

test('every endpoint asks for a key', async () => {
  const document = hub.hub.app.swagger() as unknown as {
    paths: Record<string, Record<string, { security?: readonly object[] }>>
  }
  const open: string[] = []
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, { security }] of Object.entries(operations)) {
      if (security === undefined || !security.some((way) => 'apiKey' in way)) continue
      const answer = await hub.call(method.toUpperCase() as 'GET', path.replace(/\{\w+\}/g, 'x'), {
        headers: { authorization: 'Basic bm9ib2R5Og==' },
        ...(method === 'get' || method === 'delete' ? {} : { body: bodyFor(path) }),
      })
      if (answer.status !== 401) open.push(`${method} ${path}: ${answer.status}`)
    }
  expect(open).toEqual([])
})

function bodyFor(path: string): object {
  if (path.startsWith('/actions/search')) return { query: 'x' }
  if (path.startsWith('/actions')) return run()
  if (path === '/event-subscriptions') return { account_id: 'x' }
  if (path === '/webhooks') return { url: 'http://x.example' }
  if (path === '/connect_sessions/authenticate') return { token: 'x' }
  if (path.startsWith('/connect_sessions')) return { origin_owner_id: 'x', origin_owner_name: 'x' }
  return {}
}
