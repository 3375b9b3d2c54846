import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Answer, type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { clockworkSandbox } from '../start-hub.ts'

type Schema = Record<string, unknown>
interface Operation {
  readonly responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

let hub: LinkedHub
let document: { readonly paths: Record<string, Record<string, Operation>>; readonly components?: object }
const checked = new Set<string>()

beforeAll(async () => {
  hub = await startLinkedHub()
  document = (await hub.call('GET', '/openapi.json')).body as typeof document
})
afterAll(() => hub.close())

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(
    structuredClone(document) as Parameters<Validator['validate']>[0],
  )
  expect(result).toMatchObject({ valid: true })
})

/** An answer against what the document says of it, nothing more and nothing less. */
function check(method: string, template: string, answer: Answer): void {
  const operation = document.paths[template]?.[method.toLowerCase()]
  const documented = operation?.responses[String(answer.status)] ?? operation?.responses['default']
  const schema = documented?.content?.['application/json']?.schema
  checked.add(`${method} ${template} ${answer.status}`)
  if (schema === undefined) {
    expect({ template, text: answer.text }).toEqual({ template, text: '' })
    return
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const valid = ajv.validate({ ...schema, components: document.components }, answer.body)
  expect({ call: `${method} ${template} ${answer.status}`, valid, errors: ajv.errors }).toMatchObject({
    valid: true,
  })
}

test('every answer is as documented, successes and refusals', async () => {
  const header = { 'x-account-id': hub.accountId }
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    template: string,
    { path = template, ...options }: { path?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const answer = await hub.call(method, path, options)
    check(method, template, answer)
    return answer
  }
  const owner = { origin_owner_id: 'o', origin_owner_name: 'O', provider: 'clockwork' }
  const session = await call('POST', '/connect_sessions', { body: owner })
  const token = { 'x-hub-session-token': String(session.body['token']) }
  await call('POST', '/connect_sessions/authenticate', { body: { token: session.body['token'] } })
  await call('POST', '/connect_sessions', { body: {} })
  await call('GET', '/hub/settings', { headers: token })
  await call('GET', '/hub/connectors', { headers: token })
  await call('GET', '/hub/connectors/{integrationId}', {
    path: `/hub/connectors/${clockworkSandbox}`,
    headers: token,
  })
  const link = { integration_id: clockworkSandbox, credentials: hub.credentials }
  const linked = await call('POST', '/hub/accounts', { headers: token, body: link })
  await call('POST', '/hub/accounts', { headers: token, body: { ...link, credentials: {} } })
  const id = String(linked.body['id'])
  await call('GET', '/hub/accounts/{id}', { path: `/hub/accounts/${id}`, headers: token })

  await call('PATCH', '/hub/accounts/{id}', {
    path: `/hub/accounts/${id}`,
    headers: token,
    body: { credentials: { firmName: hub.credentials.firmName } },
  })
  const attempt = await call('POST', '/hub/connection_attempts', {
    headers: token,
    body: { token: session.body['token'] },
  })
  const attemptPath = `/hub/connection_attempts/${attempt.body['id']}`
  await call('GET', '/hub/connection_attempts/{id}', { path: attemptPath, headers: token })
  await call('DELETE', '/hub/connection_attempts/{id}', { path: attemptPath, headers: token })
  await call('GET', '/health')
  await call('GET', '/ready')

  await call('GET', '/connectors/meta')
  await call('GET', '/connectors/meta/{provider}', { path: '/connectors/meta/clockwork' })
  await call('GET', '/connectors/meta/{provider}', { path: '/connectors/meta/nobody' })
  await call('GET', '/accounts')
  await call('GET', '/accounts/{id}', { path: `/accounts/${id}` })
  await call('GET', '/accounts/{id}', { path: '/accounts/nobody' })
  await call('GET', '/accounts/{id}/meta', { path: `/accounts/${id}/meta` })
  await call('PATCH', '/accounts/{id}', { path: `/accounts/${id}`, body: { label: 'L' } })
  await call('DELETE', '/accounts/{id}', { path: `/accounts/${id}` })

  await call('GET', '/actions', { path: '/actions?include=operation_details' })
  await call('GET', '/actions', { path: '/actions?next=x' })
  await call('POST', '/actions/search', { body: { query: 'people' } })
  await call('POST', '/actions/search', { body: {} })
  const list = { action: 'clockwork_list_people', query: { page_size: 2 } }
  await call('POST', '/actions/rpc', { body: list, headers: header })
  await call('POST', '/actions/rpc', { body: list })
  await call('POST', '/actions/rpc', { body: { action: 'x' }, headers: header })
  await call('POST', '/actions/explain', { body: list, headers: header })
  await call('POST', '/unified/proxy', { body: { path: '/people' }, headers: header })
  await call('POST', '/unified/proxy', { body: { path: '/nowhere' }, headers: header })
  await call('POST', '/mcp', { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, headers: header })
  await call('POST', '/mcp', { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } })
  await call('POST', '/mcp', {
    body: { jsonrpc: '2.0', method: 'notifications/initialized' },
    headers: header,
  })
  const logs = await call('GET', '/requests/logs', { path: '/requests/logs?include=step_logs' })
  const [row] = logs.body['data'] as { id: string }[]
  await call('GET', '/requests/logs/steps')
  await call('GET', '/requests/platform-logs')
  await call('GET', '/requests/platform-logs', { path: '/requests/platform-logs?next=x' })
  await call('GET', '/requests/logs/{id}', { path: `/requests/logs/${row?.id}` })
  await call('GET', '/requests/logs/{id}', { path: '/requests/logs/nobody' })
  await call('GET', '/policies')
  await call('PUT', '/policies/{subject}', { path: '/policies/agents', body: { methods: ['GET'] } })
  await call('PUT', '/policies/{subject}', { path: '/policies/agents', body: { methods: ['FETCH'] } })
  await call('DELETE', '/policies/{subject}', { path: '/policies/agents' })
  const key = await call('POST', '/keys', { body: { name: 'K', account_id: hub.accountId } })
  await call('POST', '/keys', { body: { name: ' ' } })
  await call('POST', '/keys', { body: { name: 'K', account_id: 'acc_nobody' } })
  await call('GET', '/keys')
  const keyPath = `/keys/${key.body['id']}`
  await call('POST', '/keys/{id}/rotate', { path: `${keyPath}/rotate`, body: { grace_seconds: 60 } })
  await call('POST', '/keys/{id}/rotate', { path: `${keyPath}/rotate` })
  await call('DELETE', '/keys/{id}', { path: keyPath })
  await call('DELETE', '/keys/{id}', { path: keyPath })
  await call('GET', '/audit/entries', { path: '/audit/entries?page_size=2&action=key.*' })
  await call('GET', '/audit/entries', { path: '/audit/entries?next=WyJ4Il0' })
  await call('GET', '/flow')
  await call('GET', '/accounts/{id}/flow', { path: `/accounts/${hub.accountId}/flow` })
  await call('GET', '/audit/verify')
  await call('GET', '/audit/verify', { path: `/audit/verify?head=${'0'.repeat(64)}` })
  const removal = { action: 'clockwork_delete_webhook', path: { webhook_id: 'w' } }
  await hub.call('PUT', '/policies/project', { body: { confirm: 'removals', confirm_by: 'operator' } })
  for (const word of ['approve', 'decline']) {
    await call('POST', '/actions/rpc', { body: removal, headers: header })
    const [waiting] = (await call('GET', '/confirmations')).body as unknown as { id: string }[]
    const path = `/confirmations/${waiting?.id}/${word}`
    await call('POST', `/confirmations/{id}/${word}`, { path })
    await call('POST', `/confirmations/{id}/${word}`, { path })
  }
  await hub.call('DELETE', '/policies/project')
  const webhook = await call('POST', '/webhooks', { body: { url: 'http://127.0.0.1:9/' } })
  await call('GET', '/webhooks')
  await hub.link('evt')
  const events = (await call('GET', '/webhooks/events')).body as unknown as { id: string }[]
  await call('POST', '/webhooks/events/{id}/replay', { path: `/webhooks/events/${events[0]?.id}/replay` })
  await call('DELETE', '/webhooks/{id}', { path: `/webhooks/${webhook.body['id']}` })
  await call('DELETE', '/webhooks/{id}', { path: '/webhooks/nobody' })

  const subscribed = await call('POST', '/event-subscriptions', { body: { account_id: hub.accountId } })
  await call('POST', '/event-subscriptions', { body: { account_id: 'nobody' } })
  await call('GET', '/event-subscriptions')
  const event = { event_name: 'candidacy_updated', candidacy: { id: 'c', project_id: 'p' } }
  const hook = new URL(String(subscribed.body['webhook_url'])).pathname
  const taken = await call('POST', '/events/{token}', { path: hook, body: event })
  await call('POST', '/events/{token}', { path: '/events/nobody', body: event })
  const subscription = `/event-subscriptions/${subscribed.body['id']}`
  await call('GET', '/event-subscriptions/{id}/deliveries', { path: `${subscription}/deliveries` })
  await call('POST', '/event-subscriptions/{id}/deliveries/{delivery_id}/repeat', {
    path: `${subscription}/deliveries/${taken.body['id']}/repeat`,
  })
  await call('DELETE', '/event-subscriptions/{id}', { path: subscription })

  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.keys(responses)
        .filter((status) => status.startsWith('2'))
        .map((status) => `${method.toUpperCase()} ${path} ${status}`),
    ),
  )
  const notTried = documented.filter((one) => !checked.has(one))
  expect(notTried).toEqual([])
})
