import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type LinearSandbox, startLinearSandbox } from '../../src/sandbox/linear/linear-sandbox.ts'

let sandbox: LinearSandbox

beforeAll(async () => {
  sandbox = await startLinearSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.reset())

interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly data: Readonly<Record<string, Connection & Readonly<Record<string, unknown>>>> | null | undefined
  readonly codes: readonly unknown[]
}
interface Connection {
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const post = async (body: string, authorization = sandbox.credentials['apiKey'] ?? ''): Promise<Answered> => {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  })
  const { data, errors = [] } = (await response.json()) as {
    data?: Answered['data']
    errors?: { extensions?: { code?: unknown } }[]
  }
  return {
    status: response.status,
    headers: response.headers,
    data,
    codes: errors.map(({ extensions }) => extensions?.code),
  }
}
const ask = (query: string, variables: object = {}, authorization?: string) =>
  post(JSON.stringify({ query, variables }), authorization)
const control = (name: string, body: object = {}) =>
  fetch(`${sandbox.origin}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) })
const token = async (fields: Record<string, string>) => {
  const { clientId: client_id = '', clientSecret: client_secret = '' } = sandbox.setup
  const response = await fetch(`${sandbox.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id, client_secret, ...fields }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

const viewer = '{ viewer { id } }'

describe('who asks', () => {
  test.each([
    ['nothing', ''],
    ['another key', 'lin_api_other'],
    ['a key behind the word Bearer', 'Bearer lin_api_sandbox0000000000000000000000000001'],
  ])('is refused with %s, before the query is read', async (_, authorization) => {
    expect(await post('no json', authorization)).toMatchObject({
      status: 401,
      codes: ['AUTHENTICATION_ERROR'],
    })
  })

  test('may come with a token of a code, which is good once; its refresh token is replaced', async () => {
    const redirect_uri = 'http://127.0.0.1:9/back'
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: sandbox.setup['clientId'] ?? '',
      redirect_uri,
      scope: 'read',
    })
    const asked = await fetch(`${sandbox.origin}/oauth/authorize?${query}`, { redirect: 'manual' })
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const exchange = { grant_type: 'authorization_code', code, redirect_uri }
    expect((await token({ ...exchange, client_secret: 'wrong' })).status).toBe(401)
    const { body } = await token(exchange)
    expect(await token(exchange)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await ask(viewer, {}, `Bearer ${body['access_token']}`)).status).toBe(200)
    expect((await ask(viewer, {}, String(body['access_token']))).status).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] ?? '' }
    const renewed = await token(refresh)
    expect(renewed.body['refresh_token']).not.toBe(refresh.refresh_token)
    expect((await token(refresh)).status).toBe(400)
    await control('expire-tokens')
    expect((await ask(viewer, {}, `Bearer ${renewed.body['access_token']}`)).status).toBe(401)
  })
})

describe('budgets', () => {
  test('of requests and of points are counted apart, and told with every answer', async () => {
    await control('limits', { requests: 2, complexity: 1000 })
    const first = await ask(viewer)
    expect([first.status, first.headers.get('x-ratelimit-requests-remaining')]).toEqual([200, '1'])
    await ask(viewer)
    const refused = await ask(viewer)
    expect(refused).toMatchObject({ status: 400, codes: ['RATELIMITED'] })
    const wait = Number(refused.headers.get('x-ratelimit-requests-reset')) - Date.now()
    expect(wait).toBeGreaterThan(3_500_000)
    await control('limits', { requests: 100, complexity: 110 })
    const costly = '{ issues(first: 25) { nodes { id } } }'
    expect((await ask(costly)).headers.get('x-complexity')).toBe('53')
    expect((await ask(costly)).status).toBe(200)
    expect((await ask(costly)).codes).toEqual(['RATELIMITED'])
  })

  test('a query above the largest size is refused whatever is left', async () => {
    const wide =
      '{ issues(first: 250) { nodes { id team { id name } state { id name } assignee { id name } } } }'
    const query = `{ ${Array.from({ length: 12 }, (_, index) => `a${index}: ${wide.slice(2, -2)}`).join(' ')} }`
    expect(await ask(query)).toMatchObject({ status: 400, codes: ['INPUT_ERROR'] })
  })
})

describe('pages', () => {
  const query =
    'query($first: Int, $after: String) { issues(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }'
  const page = async (variables: object) => (await ask(query, variables)).data?.['issues']

  test('meet without gap or overlap, and the last one has a cursor too', async () => {
    const ids: string[] = []
    let after: string | null = null
    let pages = 0
    let more = true
    while (more && pages < 20) {
      const issues: Connection | undefined = await page({ first: 20, after })
      ids.push(...(issues?.nodes ?? []).map(({ id }) => id))
      after = issues?.pageInfo.endCursor ?? null
      more = issues?.pageInfo.hasNextPage === true
      pages += 1
    }
    expect([pages, ids.length, new Set(ids).size]).toEqual([3, 54, 54])
    expect(after).toBe(ids.at(-1))
    expect(await page({ first: 20, after })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } })
  })

  test('of no row or of more than 250, and an invented cursor, are errors with status 200', async () => {
    for (const variables of [{ first: 0 }, { first: 251 }, { first: 5, after: 'made-up' }])
      expect(await ask(query, variables)).toMatchObject({ status: 200, codes: ['INPUT_ERROR'] })
  })
})

describe('a request', () => {
  test.each([
    ['that is no JSON', '{"query":', 'BAD_REQUEST'],
    ['without a query', '{}', 'BAD_REQUEST'],
    ['whose query does not parse', '{"query":"{ viewer "}', 'GRAPHQL_PARSE_FAILED'],
    [
      'that asks for a field that is not there',
      '{"query":"{ viewer { shoeSize } }"}',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is 400 with its code', async (_, body, code) => {
    expect(await post(body)).toMatchObject({ status: 400, codes: [code] })
  })

  test('for an id that is not there is 200 with an error, and changes nothing', async () => {
    const answers = [
      await ask('{ issue(id: "ENG-999") { id } }'),
      await ask('mutation { issueArchive(id: "ENG-999") { success } }'),
      await ask('mutation { issueCreate(input: {teamId: "none", title: "x"}) { success } }'),
      await ask('mutation { commentCreate(input: {issueId: "none", body: "x"}) { success } }'),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, codes: ['INPUT_ERROR'] })
    const { data } = await ask('{ issues(first: 250) { nodes { id } } }')
    expect(data?.['issues']?.nodes).toHaveLength(54)
  })

  test('to another path or by another method is none of the API', async () => {
    const authorization = sandbox.credentials['apiKey'] ?? ''
    const status = async (path: string, method: string) =>
      (await fetch(`${sandbox.origin}${path}`, { method, headers: { authorization } })).status
    expect([await status('/graphql', 'GET'), await status('/rest', 'POST')]).toEqual([405, 404])
  })
})

test('what a new issue names wrongly leaves none behind', async () => {
  const { data } = await ask('{ teams { nodes { id } } }')
  const teamId = data?.['teams']?.nodes[0]?.id
  const create = 'mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success } }'
  for (const wrong of [{ priority: 9 }, { dueDate: 'soon' }, { stateId: 'none' }, { assigneeId: 'none' }])
    expect((await ask(create, { input: { teamId, title: 'x', ...wrong } })).codes).toEqual(['INPUT_ERROR'])
  const issues = (await ask('{ issues(first: 250) { nodes { id title } } }')).data?.['issues']?.nodes ?? []
  expect(issues).toHaveLength(54)
})
