import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, type LinkedHub, startLinkedHub } from '../linked-hub.ts'

let hub: LinkedHub
let now = Date.parse('2026-05-01T09:00:00.000Z')

interface Asked {
  readonly token: string
  readonly expires_at: string
  readonly by: string
  readonly requests: readonly string[]
}

beforeAll(async () => {
  hub = await startLinkedHub({ clock: () => new Date(now), requestsPerMinute: 100_000 })
})
afterAll(() => hub.close())
afterEach(async () => {
  const { policies } = hub.hub.services
  for (const subject of ['project', 'agents', `account:${hub.accountId}`] as const)
    await policies.reset('default', subject, { kind: 'system' })
})

const set = (rules: object, subject = 'project') => hub.call('PUT', `/policies/${subject}`, { body: rules })
const removal = (id = 'w-1', headers: Readonly<Record<string, string>> = {}) =>
  hub.rpc('clockwork_delete_webhook', { path: { webhook_id: id } }, headers)
const askedOf = (answer: Answer) => answer.body['confirmation'] as Asked
const confirm = (token: string) => ({ 'x-mainspring-confirm': token })
const invalid = { status: 403, body: { code: 'policy/confirmation-invalid' } }

/** What reached the provider meanwhile. */
async function sentDuring(work: () => Promise<unknown>): Promise<number> {
  const before = hub.sandbox.requests.length
  await work()
  return hub.sandbox.requests.length - before
}

describe('by RPC', () => {
  test('removals run unasked by default, as existing clients expect', async () => {
    expect(await sentDuring(() => removal())).toBe(1)
  })

  test('where a policy asks, nothing is sent before the same call comes with its token, and the token is good once', async () => {
    await set({ confirm: 'removals' })
    let asked: Asked | undefined
    expect(
      await sentDuring(async () => {
        const answer = await removal()
        expect(answer).toMatchObject({ status: 403, body: { code: 'policy/confirmation-needed' } })
        asked = askedOf(answer)
      }),
    ).toBe(0)
    expect(asked?.requests).toEqual([expect.stringMatching(/^DELETE http.*\/webhooks\/w-1/)])
    const token = asked?.token ?? ''
    expect(await sentDuring(() => removal('w-1', confirm(token)))).toBe(1)
    expect(
      await sentDuring(async () => expect(await removal('w-1', confirm(token))).toMatchObject(invalid)),
    ).toBe(0)
  })

  test('the token may stand in the headers part of the body, and is no input', async () => {
    await set({ confirm: 'removals' })
    const { token } = askedOf(await removal())
    const parts = { path: { webhook_id: 'w-1' }, headers: { 'X-Mainspring-Confirm': token } }
    expect(await sentDuring(() => hub.rpc('clockwork_delete_webhook', parts))).toBe(1)
  })

  test('another record, another account, another caller and a late call are refused, and the token stays good', async () => {
    await set({ confirm: 'removals' })
    const other = await hub.link('somebody-else')
    const stranger = await hub.createKey({ scopes: ['read', 'write'] })
    const { token } = askedOf(await removal())
    const wrong = [
      removal('w-2', confirm(token)),
      removal('w-1', { ...confirm(token), 'x-account-id': other }),
      removal('w-1', { ...confirm(token), authorization: stranger.authorization }),
      removal('w-1', confirm(`${token}x`)),
    ]
    expect(
      await sentDuring(async () => {
        for (const answer of await Promise.all(wrong)) expect(answer).toMatchObject(invalid)
      }),
    ).toBe(0)
    now += 11 * 60_000
    expect(
      await sentDuring(async () => expect(await removal('w-1', confirm(token))).toMatchObject(invalid)),
    ).toBe(0)
  })

  test('of many that use one token at once, one call is sent', async () => {
    await set({ confirm: 'removals' })
    const { token } = askedOf(await removal())
    const sent = await sentDuring(() =>
      Promise.all(Array.from({ length: 8 }, () => removal('w-1', confirm(token)))),
    )
    expect(sent).toBe(1)
  })

  test('a call that could not run anyway is refused for its own reason, without a token', async () => {
    await set({ confirm: 'removals' })
    const answer = await hub.rpc('clockwork_delete_webhook', { path: {} })
    expect(answer.body).toMatchObject({ code: 'input/missing' })
    expect(answer.body['confirmation']).toBeUndefined()
  })

  test('"writes" asks for every write and no read', async () => {
    await set({ confirm: 'writes' })
    expect(
      (await hub.rpc('clockwork_create_person', { body: { name: 'A' } })).body['confirmation'],
    ).toBeDefined()
    expect((await hub.rpc('clockwork_list_people', { query: { page_size: 1 } })).status).toBe(200)
  })

  test('neither the token nor the values of the call are in the request log', async () => {
    await set({ confirm: 'removals' })
    const { token } = askedOf(await removal('canary-of-a-record'))
    const logs = await hub.call('GET', '/requests/logs?include=step_logs&page_size=100')
    expect(logs.text).toContain('policy/confirmation-needed')
    for (const secret of [token, 'canary-of-a-record']) expect(logs.text).not.toContain(secret)
  })
})

test('the proxy asks for whatever is not a plain read', async () => {
  await set({ confirm: 'removals' })
  const proxy = (method: string, headers = {}) =>
    hub.call('POST', '/unified/proxy', {
      body: { path: '/webhooks/w-1', method },
      headers: { 'x-account-id': hub.accountId, ...headers },
    })
  let token = ''
  expect(
    await sentDuring(async () => {
      token = askedOf(await proxy('delete')).token
    }),
  ).toBe(0)
  expect(await sentDuring(() => proxy('delete', confirm(token)))).toBe(1)
  expect(await sentDuring(() => proxy('get'))).toBe(1)
})

test('a policy of one account holds for that account alone', async () => {
  const other = await hub.link('left-alone')
  await set({ read_only: true }, `account:${hub.accountId}`)
  const create = (id: string) =>
    hub.rpc('clockwork_create_person', { body: { name: 'A' } }, { 'x-account-id': id })
  expect(
    await sentDuring(async () =>
      expect(await create(hub.accountId)).toMatchObject({
        status: 403,
        body: { code: 'policy/action-not-allowed' },
      }),
    ),
  ).toBe(0)
  expect((await create(other)).status).toBe(200)
  expect((await set({}, 'account:acc_nobody')).status).toBe(404)
})

describe('by MCP', () => {
  const mcp = async (method: string, params: object, query = '') => {
    const { body } = await hub.call('POST', `/mcp${query}`, {
      body: { jsonrpc: '2.0', id: 1, method, params },
      headers: { 'x-account-id': hub.accountId, accept: 'application/json, text/event-stream' },
    })
    return body['result'] as {
      isError?: boolean
      content?: { text: string }[]
      tools?: { name: string; inputSchema: { properties: object } }[]
    }
  }
  const callTool = (name: string, args: object, query = '') =>
    mcp('tools/call', { name, arguments: args }, query)
  const tokenIn = (result: Awaited<ReturnType<typeof mcp>>) =>
    /confirm: (cfm_\S+)/.exec(result.content?.[0]?.text ?? '')?.[1] ?? ''

  test('an agent confirms a removal by default: its tool takes the token, other tools do not', async () => {
    const { tools = [] } = await mcp('tools/list', {})
    const taking = tools.filter(({ inputSchema }) => 'confirm' in inputSchema.properties)
    expect(taking.map(({ name }) => name)).toEqual(['clockwork_delete_webhook'])
    const args = { path: { webhook_id: 'w-9' } }
    let token = ''
    expect(
      await sentDuring(async () => {
        const refused = await callTool('clockwork_delete_webhook', args)
        expect(refused.isError).toBe(true)
        expect(refused.content?.[0]?.text).toMatch(/It would send: DELETE .*\/webhooks\/w-9/)
        token = tokenIn(refused)
      }),
    ).toBe(0)
    expect(await sentDuring(() => callTool('clockwork_delete_webhook', { ...args, confirm: token }))).toBe(1)
    expect(await sentDuring(() => callTool('clockwork_delete_webhook', { ...args, confirm: token }))).toBe(0)
  })

  test('the same through search and execute', async () => {
    const query = '?tool-mode=search_execute'
    const call = (more: object) =>
      callTool(
        'clockwork_execute_action',
        { action: 'clockwork_delete_webhook', arguments: { webhook_id: 'w-9', ...more } },
        query,
      )
    let token = ''
    expect(
      await sentDuring(async () => {
        token = tokenIn(await call({}))
      }),
    ).toBe(0)
    expect(await sentDuring(() => call({ confirm: token }))).toBe(1)
  })

  test('an operator can switch it off for agents', async () => {
    await set({ confirm: 'none' }, 'agents')
    expect(
      await sentDuring(() => callTool('clockwork_delete_webhook', { path: { webhook_id: 'w-9' } })),
    ).toBe(1)
  })
})

describe('by an operator', () => {
  test('the token is good once an operator has agreed, and void once one has declined', async () => {
    await set({ confirm: 'removals', confirm_by: 'operator' })
    for (const [word, sent] of [
      ['approve', 1],
      ['decline', 0],
    ] as const) {
      const { token, by } = askedOf(await removal(`w-${word}`))
      expect(by).toBe('operator')
      expect(await sentDuring(() => removal(`w-${word}`, confirm(token)))).toBe(0)
      const waiting = (await hub.call('GET', '/confirmations')).body as unknown as {
        id: string
        inputs: object
        requests: string[]
      }[]
      expect(waiting).toMatchObject([
        {
          account_id: hub.accountId,
          action: 'clockwork_delete_webhook',
          inputs: { webhook_id: `w-${word}` },
          requests: [expect.stringContaining(`/webhooks/w-${word}`)],
        },
      ])
      const decided = await hub.call('POST', `/confirmations/${waiting[0]?.id}/${word}`)
      expect(decided.status).toBe(200)
      expect((await hub.call('GET', '/confirmations')).body).toEqual([])
      expect(await sentDuring(() => removal(`w-${word}`, confirm(token)))).toBe(sent)
      expect((await hub.call('POST', `/confirmations/${waiting[0]?.id}/${word}`)).status).toBe(404)
    }
  })

  test('a caller cannot agree to its own call without the scope for it', async () => {
    await set({ confirm: 'removals', confirm_by: 'operator' })
    const { authorization } = await hub.createKey({ scopes: ['read', 'write'] })
    await removal('w-1', { authorization })
    expect((await hub.call('GET', '/confirmations', { headers: { authorization } })).status).toBe(403)
  })
})

test('everything about confirmations is in the audit, in one chain', async () => {
  const entries = await hub.hub.services.store.audit.list('default', { limit: 1000 })
  const kinds = new Set(
    entries.map(({ action }) => action).filter((name) => name.startsWith('confirmation.')),
  )
  expect([...kinds].sort()).toEqual([
    'confirmation.approved',
    'confirmation.asked',
    'confirmation.declined',
    'confirmation.used',
  ])
  expect(await hub.hub.services.store.audit.verify('default')).toMatchObject({ broken: null })
})
