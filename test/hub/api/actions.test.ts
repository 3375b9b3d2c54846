import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

let hub: LinkedHub

beforeAll(async () => {
  hub = await startLinkedHub()
})
afterAll(() => hub.close())
beforeEach(() => hub.sandbox.setFaults([]))

const person = () => ({ body: { name: 'Ines Okafor' } })
const sent = () => hub.sandbox.requests.length

describe('the list of actions', () => {
  test('groups them by connector, with schemas where they are asked for', async () => {
    const { status, body } = await hub.call('GET', '/actions?group_by=connector&include=operation_details')
    expect(status).toBe(200)
    expect(body).toHaveProperty('next', null)
    const groups = body['data'] as {
      key: string
      name: string
      actions: { id: string; operation_details: object }[]
    }[]
    const group = groups.find(({ key }) => key === 'clockwork')
    expect(group?.name).toBe('Clockwork Recruiting')
    expect(group?.actions.find(({ id }) => id === 'clockwork_list_people')).toMatchObject({
      schema_type: 'list',
      effect: 'read',
      operation_details: { input_schema: { type: 'object' } },
    })
  })

  test.each([
    ['filter[connectors]=clockwork', 1],
    ['filter[connectors]=nobody', 0],
    ['filter[account_ids]=acc_unknown', 0],
    ['filter[action_key]=clockwork_list_people', 1],
  ])('%s gives %i groups', async (query, count) => {
    const { body } = await hub.call('GET', `/actions?${query}`)
    expect(body['data']).toHaveLength(count)
  })

  test('of an account is that of its connector', async () => {
    const { body } = await hub.call('GET', `/actions?filter[account_ids]=${hub.accountId}`)
    expect(body['data']).toMatchObject([{ key: 'clockwork' }])
  })

  test('is not sent again to whoever has it', async () => {
    const first = await hub.call('GET', '/actions')
    const etag = String(first.headers['etag'])
    const again = await hub.call('GET', '/actions', { headers: { 'if-none-match': etag } })
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' })
  })

  test('an invented cursor is refused', async () => {
    expect(await hub.call('GET', '/actions?next=abc')).toMatchObject({
      status: 400,
      body: { code: 'hub/invalid-request' },
    })
  })

  test('a search in words finds the action, best first', async () => {
    const { status, body } = await hub.call('POST', '/actions/search', {
      body: { query: 'find people by name', top_k: 3 },
    })
    expect(status).toBe(200)
    const results = body['results'] as { id: string; similarity_score: number }[]
    expect(results).toHaveLength(3)
    expect(results[0]?.id).toMatch(/people/)
    expect(results[0]?.similarity_score).toBeGreaterThan(results[2]?.similarity_score ?? 1)
  })
})

describe('running an action', () => {
  test('gives rows and the cursor of the next page', async () => {
    const first = await hub.rpc('clockwork_list_people', { query: { page_size: 5 } })
    expect(first).toMatchObject({ status: 200, body: { next: expect.any(String) } })
    expect(first.body['data']).toHaveLength(5)
    const second = await hub.rpc('clockwork_list_people', {
      query: { page_size: 5, cursor: first.body['next'] },
    })
    const ids = (answer: typeof first) => (answer.body['data'] as { id: string }[]).map(({ id }) => id)
    expect(ids(second)).toHaveLength(5)
    expect(ids(first).filter((id) => ids(second).includes(id))).toEqual([])
  })

  test('takes the account from the headers part of the body, and inputs from whichever part', async () => {
    const { status, body } = await hub.call('POST', '/actions/rpc', {
      body: {
        action: 'clockwork_list_people',
        headers: { 'X-Account-Id': hub.accountId },
        body: { page_size: 2 },
        path: null,
        query: {},
      },
    })
    expect(status).toBe(200)
    expect(body['data']).toHaveLength(2)
  })

  test.each([
    ['no account', {}, 400, 'hub/account-missing'],
    ['an account that is not there', { 'x-account-id': 'acc_nobody' }, 404, 'hub/account-unknown'],
  ])('with %s is refused', async (_, headers, status, code) => {
    const answer = await hub.call('POST', '/actions/rpc', {
      body: { action: 'clockwork_list_people' },
      headers,
    })
    expect(answer).toMatchObject({
      status,
      body: {
        statusCode: status,
        code,
        timestamp: expect.stringMatching(/T.*Z$/),
        request_id: expect.any(String),
      },
    })
  })

  test.each([
    ['clockwork_list_poeple', {}, 404, 'action/unknown', 'clockwork_list_people'],
    ['clockwork_list_person_notes', {}, 400, 'input/missing', ''],
    ['clockwork_list_people', { query: { pagesize: 5 } }, 400, 'input/unknown', ''],
    ['clockwork_list_person_notes', { path: { person_id: 'nobody' } }, 404, 'provider/not-found', ''],
    ['clockwork_get_person', { path: { id: 'x' } }, 403, 'policy/preview-not-allowed', 'policies'],
  ])('%s with %j is refused with what to do', async (action, parts, status, code, hint) => {
    const answer = await hub.rpc(action, parts)
    expect(answer).toMatchObject({ status, body: { statusCode: status, code } })
    expect(answer.body['hint']).toContain(hint)
  })

  test('lists all rows as lines, page after page', async () => {
    const answer = await hub.rpc(
      'clockwork_list_people',
      { query: { page_size: 25 } },
      { accept: 'application/x-ndjson' },
    )
    expect(answer.headers['content-type']).toBe('application/x-ndjson')
    const rows = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string })
    expect(new Set(rows.map(({ id }) => id)).size).toBe(60)
  })

  test('a failure after the first lines is the last line', async () => {
    hub.sandbox.setFaults([{ match: { path: '/people' }, after: 1, fault: { kind: 'status', status: 500 } }])
    const answer = await hub.rpc(
      'clockwork_list_people',
      { query: { page_size: 25 } },
      { accept: 'application/x-ndjson' },
    )
    expect(answer.status).toBe(200)
    const lines = answer.text.trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ error: { statusCode: 502 }, rows_delivered: 25 })
  })

  test('secrets are in no answer, explained or failed', async () => {
    const explained = await hub.call('POST', '/actions/explain', {
      body: { action: 'clockwork_list_people', query: { page_size: 3 } },
      headers: { 'x-account-id': hub.accountId },
    })
    expect(explained).toMatchObject({
      status: 200,
      body: {
        requests: [
          {
            method: 'GET',
            url: expect.stringContaining('/people'),
            curl: expect.stringContaining('curl'),
            retry: { safe: true, because: 'reads' },
          },
        ],
      },
    })
    const logs = await hub.call('GET', '/requests/logs?include=step_logs&page_size=100')
    for (const { text } of [explained, logs])
      for (const secret of ['apiKey', 'apiSecret', 'firmServiceKey'] as const)
        expect(text).not.toContain(hub.credentials[secret])
  })
})

describe('an Idempotency-Key', () => {
  test('has a repetition answered as the first time, without doing it again', async () => {
    const headers = { 'idempotency-key': 'order-1' }
    const first = await hub.rpc('clockwork_create_person', person(), headers)
    expect(first.status).toBe(200)
    const before = sent()
    const second = await hub.rpc('clockwork_create_person', person(), headers)
    expect(second).toMatchObject({ status: 200, body: first.body })
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(sent()).toBe(before)
  })

  test('is refused for another request', async () => {
    const headers = { 'idempotency-key': 'order-2' }
    await hub.rpc('clockwork_create_person', person(), headers)
    expect(await hub.rpc('clockwork_create_person', { body: { name: 'Other' } }, headers)).toMatchObject({
      status: 422,
      body: { code: 'hub/idempotency-conflict' },
    })
  })

  test('of a request under way is refused, and the person is made once', async () => {
    const headers = { 'idempotency-key': 'order-3' }
    const both = await Promise.all([
      hub.rpc('clockwork_create_person', person(), headers),
      hub.rpc('clockwork_create_person', person(), headers),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('of a refusal that sent nothing can be used again', async () => {
    const headers = { 'idempotency-key': 'order-4' }
    expect((await hub.rpc('clockwork_create_person', {}, headers)).status).toBe(400)
    expect((await hub.rpc('clockwork_create_person', person(), headers)).status).toBe(200)
  })

  test('of a run that was cut off has an unknown outcome', async () => {
    const record = {
      projectId: 'default',
      caller: `key:${(await hub.hub.services.keys.list('default'))[0]?.id}`,
      idempotencyKey: 'order-5',
      answerId: 'ans_gone',
      createdAt: new Date().toISOString(),
      finishedAt: null,
    }
    const action = { action: 'clockwork_create_person', ...person() }
    const { createHash } = await import('node:crypto')
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([hub.accountId, action]))
      .digest('hex')
    await hub.hub.services.store.idempotency.begin({ ...record, fingerprint })
    expect(
      await hub.rpc('clockwork_create_person', person(), { 'idempotency-key': 'order-5' }),
    ).toMatchObject({ status: 409, body: { code: 'hub/idempotency-outcome-unknown' } })
  })
})

describe('the proxy', () => {
  const proxy = (body: object) =>
    hub.call('POST', '/unified/proxy', { body, headers: { 'x-account-id': hub.accountId } })

  test('sends an authenticated call and tells status, headers and body', async () => {
    const answer = await proxy({ path: '/people?limit=1', method: 'get', headers: {}, body: {} })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 200, data: expect.any(Object), provider_errors: null },
    })
    expect(answer.body['headers']).toMatchObject({ 'content-type': expect.stringContaining('json') })
  })

  test('sends nowhere but below the base URL', async () => {
    expect(await proxy({ url: 'https://evil.example', path: '/people' })).toMatchObject({
      status: 400,
      body: { code: 'hub/invalid-request' },
    })
  })
})

describe('the request log', () => {
  test('tells what was run, filtered, page by page', async () => {
    const account = await hub.link('customer-log')
    for (const id of ['a', 'b', 'c'])
      await hub.rpc('clockwork_list_person_notes', { path: { person_id: id } }, { 'x-account-id': account })
    await hub.rpc('clockwork_list_people', {}, { 'x-account-id': account })
    const path = `/requests/logs?account_ids=${account}&success=false&page_size=2`
    const first = await hub.call('GET', path)
    expect(first.body).toMatchObject({
      data: [
        {
          action: 'clockwork_list_person_notes',
          success: false,
          status: 404,
          error_code: 'provider/not-found',
        },
        {},
      ],
    })
    const second = await hub.call('GET', `${path}&next=${first.body['next']}`)
    expect(second.body).toMatchObject({ data: [{}], next: null })
  })

  test('has the steps of one run under the id of its request', async () => {
    const run = await hub.rpc('clockwork_list_people', { query: { page_size: 1 } })
    const id = String(run.headers['x-request-id'])
    const { body } = await hub.call('GET', `/requests/logs/${id}?include=step_logs`)
    expect(body).toMatchObject({
      data: {
        request_id: id,
        source_type: 'rpc',
        http_method: 'GET',
        requests: 1,
        step_logs: expect.arrayContaining([expect.objectContaining({ type: 'response', status: 200 })]),
      },
    })
  })

  test('keeps no more than it is told to', async () => {
    const { requestLogs } = hub.hub.services.store
    await hub.hub.services.requestLogs.flush()
    await requestLogs.prune('default', '1970-01-01T00:00:00.000Z', 3)
    const { body } = await hub.call('GET', '/requests/logs')
    expect((body['data'] as unknown[]).length).toBeLessThanOrEqual(3)
  })

  test('notes on the account what went wrong, and that it works again', async () => {
    const account = await hub.link('customer-noted')
    const header = { 'x-account-id': account }
    await hub.rpc('clockwork_list_person_notes', { path: { person_id: 'nobody' } }, header)
    expect((await hub.call('GET', `/accounts/${account}`)).body).toMatchObject({
      last_error: { code: 'provider/not-found' },
      status: 'active',
    })
    await hub.rpc('clockwork_list_people', {}, header)
    expect((await hub.call('GET', `/accounts/${account}`)).body).toMatchObject({ last_error: null })
  })
})

describe('what a provider refuses', () => {
  test('a read that is rate limited may be repeated, and says when', async () => {
    hub.sandbox.setFaults([{ match: { path: '/people' }, fault: { kind: 'rate-limit', retryAfter: 120 } }])
    const answer = await hub.rpc('clockwork_list_people')
    expect(answer).toMatchObject({ status: 429, body: { code: 'provider/rate-limited' } })
    expect(answer.headers['retry-after']).toBe('120')
  })
})
