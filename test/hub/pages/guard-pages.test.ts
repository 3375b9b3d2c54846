import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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

test('a webhook is added on the settings page, shows how it was told, and is sent an event again', async () => {
  const heard: string[] = []
  let answer = 500
  const listener = createServer((request, response) => {
    heard.push(String(request.headers['x-mainspring-event']))
    response.writeHead(answer).end()
  })
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`
  const { webhooks } = hub.hub.services
  try {
    const refused = await visitor.submit(await visitor.go('/settings/webhooks'), '/settings/webhooks', {
      url: 'ftp://listener',
    })
    expect(refused).toMatchObject({ status: 422 })
    expect(refused.text).toContain('url has to be an http or https address')

    const added = await visitor.submit(refused, '/settings/webhooks', { url, 'event-account.created': 'yes' })
    const [secret] = /whsec_[\w-]{43}/.exec(added.html) ?? []
    expect(secret).toBeDefined()
    const page = await visitor.go('/settings/webhooks')
    expect(page.html).not.toContain(secret)
    expect(page.text).toContain(`${url} account.created`)

    const accountId = await hub.link('told')
    await webhooks.deliverDue()
    const failed = await visitor.go('/settings/webhooks')
    expect(failed.text).toMatch(
      new RegExp(`account.created ${accountId} .*waits after 1 try ${new URL(url).host} .*answered 500`),
    )
    answer = 200
    const again = await visitor.submit(failed, '/settings/webhooks/events/')
    await webhooks.deliverDue()
    expect(again.text).toContain('The event is sent once more.')
    expect(heard).toHaveLength(2)
    expect(heard[1]).toBe(heard[0])
    const told = await visitor.go('/settings/webhooks')
    expect(told.text).toContain(`delivered ${new URL(url).host}`)

    const gone = await visitor.submit(told, '/settings/webhooks/whk_')
    expect(gone.text).toContain('Nobody is told')
  } finally {
    listener.close()
  }
})
