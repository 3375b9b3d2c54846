import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { Visitor } from './visitor.ts'

let hub: LinkedHub
let visitor: Visitor

beforeAll(async () => {
  hub = await startLinkedHub()
  visitor = await new Visitor(hub.url).signIn(hub)
})
afterAll(() => hub.close())

test('a call that waits is seen with what it would send, and runs once it is approved on the page', async () => {
  await hub.call('PUT', '/policies/project', { body: { confirm: 'removals', confirm_by: 'operator' } })
  const remove = (headers: Readonly<Record<string, string>> = {}) =>
    hub.rpc('clockwork_delete_webhook', { path: { webhook_id: 'w-1' } }, headers)
  const { token } = (await remove()).body['confirmation'] as { token: string }
  const page = await visitor.go('/confirmations')
  expect(page.text).toMatch(
    /clockwork_delete_webhook .*customer-1 .*Set by the operator.*DELETE http.*webhooks\/w-1/,
  )
  expect(page.html).not.toContain(token)
  const sent = hub.sandbox.requests.length
  const after = await visitor.submit(page, '/confirmations/', { decision: 'approve' })
  expect(after.text).toContain('No call waits')
  expect(hub.sandbox.requests).toHaveLength(sent)
  await remove({ 'x-mainspring-confirm': token })
  expect(hub.sandbox.requests).toHaveLength(sent + 1)
  await hub.call('DELETE', '/policies/project')
})

test('the audit is told in words, by kind, and verified', async () => {
  const all = await visitor.go('/audit')
  expect(all.text).toMatch(/confirmation\.approved .*Somebody signed in/)
  const keys = await visitor.go('/audit?kind=key')
  expect(keys.text).toContain('key.created')
  expect(keys.text).not.toContain('confirmation.approved')
  expect((await visitor.go('/audit?verify=yes')).text).toContain('The chain is whole')
})

test('a key is rotated on the settings page: the new one is shown once, both work for a day', async () => {
  const { id, authorization } = await hub.createKey({ scopes: ['read'] })
  const page = await visitor.go('/settings')
  const fresh = await visitor.submit(page, `/settings/keys/${id}/rotate`)
  const [key] = /msk_[\w-]{43}/.exec(fresh.html) ?? []
  expect((await hub.call('GET', '/accounts', { headers: { authorization: `Bearer ${key}` } })).status).toBe(
    200,
  )
  expect((await hub.call('GET', '/accounts', { headers: { authorization } })).status).toBe(200)
  expect((await visitor.go('/settings')).html).not.toContain(key)
})
