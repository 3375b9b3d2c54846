import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { StackOne } from '@stackone/stackone-client-ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { testApiKey } from '../start-hub.ts'

let hub: LinkedHub
let account: string
const requestIds: string[] = []
type Row = Readonly<Record<string, unknown>>

beforeAll(async () => {
  hub = await startLinkedHub()
  account = await hub.link('customer-log')
  const run = async (action: string, parts: object) => {
    const { headers } = await hub.rpc(action, parts, { 'x-account-id': account })
    requestIds.push(String(headers['x-request-id']))
  }
  await run('clockwork_list_people', { query: { page_size: 1 } })
  await run('clockwork_create_person', { body: { name: 'Ines Okafor' } })
  await run('clockwork_list_person_notes', { path: { person_id: 'nobody' } })
  await run('clockwork_list_companies', { query: { page_size: 1 } })
})
afterAll(() => hub.close())

async function rowsOf(path: string): Promise<readonly Row[]> {
  const { status, body } = await hub.call('GET', path)
  expect(status).toBe(200)
  return body['data'] as Row[]
}

async function allPages(path: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  let next: unknown = ''
  do {
    const { body } = await hub.call('GET', `${path}&next=${next}`)
    rows.push(...(body['data'] as Row[]))
    next = body['next']
  } while (next !== null)
  return rows
}

describe('the list of runs', () => {
  test.each([
    ['request_ids', () => requestIds[0], 1],
    ['http_methods', () => 'post', 1],
    ['http_methods', () => 'GET,POST', 4],
    ['source_types', () => 'mcp', 0],
    ['source_ids', () => 'key:nobody', 0],
    ['resources', () => 'people', 0],
    ['categories', () => '', 4],
  ])('is filtered by %s', async (name, value, count) => {
    const rows = await rowsOf(`/requests/logs?account_ids=${account}&${name}=${value()}`)
    expect(rows).toHaveLength(count)
  })

  test('is filtered by its caller, who is known by the rows', async () => {
    const [row] = await rowsOf(`/requests/logs?account_ids=${account}`)
    const caller = row?.['source_id']
    expect(await rowsOf(`/requests/logs?account_ids=${account}&source_ids=${caller}`)).toHaveLength(4)
    expect(await rowsOf(`/requests/logs?account_ids=${account}&source_values=${caller}`)).toHaveLength(4)
  })

  test('is ordered as it is asked for, page by page', async () => {
    const path = `/requests/logs?account_ids=${account}&page_size=1`
    const idsOf = (rows: readonly Row[]) => rows.map((row) => row['request_id'])
    expect(idsOf(await allPages(`${path}&order_by=eventDatetime&order_direction=asc`))).toEqual(requestIds)
    const byStatus = await allPages(`${path}&order_by=status`)
    expect(byStatus.map(({ status }) => status)).toEqual([404, 200, 200, 200])
    const byDuration = (await allPages(`${path}&order_by=duration&order_direction=asc`)).map(({ duration }) =>
      Number(duration),
    )
    expect(byDuration).toEqual([...byDuration].sort((a, b) => a - b))
    expect(new Set(idsOf(await allPages(`${path}&order_by=provider`))).size).toBe(4)
  })

  test('refuses an order that there is not', async () => {
    expect((await hub.call('GET', '/requests/logs?order_by=colour')).status).toBe(400)
  })
})

describe('the list of requests to providers', () => {
  test('has each of them, newest run first, page by page', async () => {
    const rows = await allPages(`/requests/logs/steps?account_ids=${account}&page_size=1`)
    expect(rows.map((row) => row['request_id'])).toEqual([...requestIds].reverse())
    expect(
      rows.map(({ http_method, path, status, success }) => [http_method, path, status, success]),
    ).toEqual([
      ['GET', expect.stringContaining('/companies'), 200, true],
      ['GET', expect.stringContaining('{'), 404, false],
      ['POST', expect.stringContaining('/people'), expect.any(Number), true],
      ['GET', expect.stringContaining('/people'), 200, true],
    ])
  })

  test('is filtered by what the request was', async () => {
    const path = `/requests/logs/steps?account_ids=${account}`
    expect(await rowsOf(`${path}&success=false`)).toMatchObject([{ status: 404 }])
    expect(await rowsOf(`${path}&status_codes=404`)).toHaveLength(1)
    expect(await rowsOf(`${path}&http_methods=POST`)).toMatchObject([{ action: 'clockwork_create_person' }])
    expect(await rowsOf(`${path}&request_ids=${requestIds[3]}`)).toHaveLength(1)
    expect(await rowsOf(`${path}&actions=clockwork_list_companies&providers=other`)).toEqual([])
  })

  test('counts what is retried, and holds no value of an input', async () => {
    const row = (await rowsOf(`/requests/logs/steps?account_ids=${account}&success=false`))[0]
    expect(JSON.stringify(row)).not.toContain('nobody')
    const started = Date.parse(String(row?.['start_time']))
    expect(Number.isNaN(started)).toBe(false)
  })

  test('keeps a key of one account to it', async () => {
    const { authorization } = await hub.createKey({ accountId: hub.accountId })
    const other = await hub.call('GET', `/requests/logs/steps?account_ids=${account}`, {
      headers: { authorization },
    })
    expect(other.body).toEqual({ data: [], next: null })
  })
})

describe('the list of what was done at the hub', () => {
  test('has the linking of an account, for a key that administers', async () => {
    const path = `/requests/platform-logs?account_ids=${account}`
    expect(await rowsOf(path)).toMatchObject([{ action: 'account.linked', source_type: 'system' }])
    expect(await rowsOf(`${path}&actions=account.deleted`)).toEqual([])
    expect(await rowsOf(`${path}&success=false`)).toEqual([])
    expect(await rowsOf(`${path}&status_codes=200`)).toEqual([])
    const { authorization } = await hub.createKey({ scopes: ['read', 'write'] })
    expect((await hub.call('GET', path, { headers: { authorization } })).status).toBe(403)
  })

  test('comes page by page, every entry once', async () => {
    const one = await allPages('/requests/platform-logs?page_size=1')
    expect(one).toEqual(await rowsOf('/requests/platform-logs?page_size=100'))
    expect(one.length).toBeGreaterThan(1)
  })
})

test('StackOne’s client reads all three lists', async () => {
  const client = new StackOne({ serverURL: hub.url, security: { username: testApiKey, password: '' } })
  const filter = { accountIds: account, success: true }
  const steps = await client.requestLogs.listStepLogs({ filter, pageSize: 2 })
  expect(steps.stepLogsPaginated?.data).toMatchObject([
    { action: 'clockwork_list_companies', httpMethod: 'GET', startTime: expect.any(Date) },
    { action: 'clockwork_create_person' },
  ])
  const logs = await client.requestLogs.listLogs({ filter: { ...filter, httpMethods: 'POST' } })
  expect(logs.unifiedLogsPaginated?.data).toMatchObject([{ action: 'clockwork_create_person' }])
  const platform = await client.requestLogs.listPlatformLogs({ filter: { accountIds: account } })
  expect(platform.platformLogsPaginated?.data).toMatchObject([{ action: 'account.linked' }])
})
