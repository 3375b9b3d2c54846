import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HTTPClient, StackOne } from '@stackone/stackone-client-ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

/** The client drops the rows of an RPC answer, so that they are looked at on the wire. */
let hub: LinkedHub
let client: StackOne
const wire: { readonly path: string; readonly status: number; readonly body: unknown }[] = []

beforeAll(async () => {
  hub = await startLinkedHub()
  const httpClient = new HTTPClient()
  httpClient.addHook('response', async (response, request) => {
    const body: unknown = await response.clone().json()
    wire.push({ path: new URL(request.url).pathname, status: response.status, body })
  })
  client = new StackOne({
    serverURL: hub.url,
    security: { username: 'msk_test_key_for_the_hub_0123456789', password: '' },
    httpClient,
  })
})
afterAll(() => hub.close())

const account = () => ({ 'x-account-id': hub.accountId })

describe('the client of StackOne, given only another base URL', () => {
  test('lists connectors, actions and accounts', async () => {
    const meta = await client.connectors.listConnectorsMeta({})
    expect(meta.classes).toContainEqual(expect.objectContaining({ provider: 'clockwork' }))
    const pages = []
    for await (const page of await client.actions.listActionsMeta({ pageSize: '1' })) pages.push(page)
    expect(pages[0]).toMatchObject({ actionsMetaPaginated: { data: [{ key: 'clockwork' }] } })
    const accounts = await client.accounts.listLinkedAccounts({})
    expect(accounts.classes).toMatchObject([{ id: hub.accountId, createdAt: expect.any(Date) }])
  })

  test('opens a connect session, by which an account is linked', async () => {
    const { connectSessionTokenAuthLink: session } = await client.connectSessions.createConnectSession({
      originOwnerId: 'sdk',
      originOwnerName: 'SDK',
      provider: 'clockwork',
    })
    expect(session).toMatchObject({
      token: expect.any(String),
      authLinkUrl: expect.stringContaining(hub.url),
    })
    const linked = await hub.call('POST', '/hub/accounts', {
      headers: { 'x-hub-session-token': session?.token ?? '' },
      body: { integration_id: 'clockwork.api_key.sandbox', credentials: hub.credentials },
    })
    expect(linked.status).toBe(201)
    const changed = await client.accounts.updateAccount({
      id: String(linked.body['id']),
      patchAccountExternalDto: { originUsername: 'ines' },
    })
    expect(changed.linkedAccount).toMatchObject({ originUsername: 'ines' })
    const deleted = await client.accounts.deleteAccount({ id: String(linked.body['id']) })
    expect(deleted.linkedAccount).toMatchObject({ id: linked.body['id'] })
  })

  test('runs actions, page after page', async () => {
    const page = async (query: object) => {
      const answer = await client.actions.rpcAction({
        action: 'clockwork_list_people',
        headers: account(),
        query: { page_size: 3, ...query },
      })
      const seen = wire.at(-1)?.body as { data: { id: string }[]; next: string }
      expect(answer.actionsRpcResponse?.data).toHaveLength(3)
      return seen
    }
    const first = await page({})
    const second = await page({ cursor: first.next })
    expect(second.data[0]?.id).toEqual(expect.any(String))
    expect(second.data[0]?.id).not.toBe(first.data[0]?.id)
  })

  test.each([
    ['an unknown action', 'clockwork_nothing', {}, 'NotFoundResponse', 404],
    ['wrong input', 'clockwork_list_people', { query: { wrong: 1 } }, 'BadRequestResponse', 400],
    ['what a policy denies', 'clockwork_get_person', { path: { person_id: 'x' } }, 'ForbiddenResponse', 403],
  ])('%s is an error of its own type', async (_, action, parts, name, status) => {
    const failing = client.actions.rpcAction({ action, headers: account(), ...parts })
    await expect(failing).rejects.toMatchObject({ name, statusCode: status })
  })

  test('reads the request log', async () => {
    const { unifiedLogsPaginated: first } = await client.requestLogs.listLogs({
      filter: { success: true },
      pageSize: 1,
    })
    expect(first?.data).toMatchObject([{ action: 'clockwork_list_people', success: true }])
    const { unifiedLogsPaginated: second } = await client.requestLogs.listLogs({
      filter: { success: true },
      pageSize: 1,
      next: first?.next ?? '',
    })
    expect(second?.data).toHaveLength(1)
    expect(second?.data?.[0]?.requestId).not.toBe(first?.data?.[0]?.requestId)
  })
})
