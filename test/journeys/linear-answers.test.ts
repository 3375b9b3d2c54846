import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHub } from '../../src/hub/index.ts'
import { type ConnectorPlan, createFlow, iterateAction, type RunOptions, runAction } from '../../src/index.ts'
import { type LinearSandbox, startLinearSandbox } from '../../src/sandbox/linear/linear-sandbox.ts'
import { linkAccount } from './ways/link-account.ts'
import { compileFrom, connectorsFolder } from './ways/ways.ts'

let plan: ConnectorPlan
let sandbox: LinearSandbox
let options: RunOptions

beforeAll(async () => {
  plan = await compileFrom('linear')
  sandbox = await startLinearSandbox({ port: 0 })
})
beforeEach(() => {
  sandbox.reset()
  // A pause that the provider asked for in one test is none of the next one's.
  options = { origin: sandbox.origin, credentials: sandbox.credentials, flow: createFlow() }
})
afterAll(() => sandbox.close())

const control = (name: string, body: object = {}) =>
  fetch(`${sandbox.origin}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) })
const run = (action: string, inputs = {}, more: Partial<RunOptions> = {}) =>
  runAction(plan, action, { ...options, inputs, ...more })
const once = { limits: { maxAttempts: 1 } }
const answerWith = (body: unknown) => sandbox.setFaults([{ fault: { kind: 'status', status: 200, body } }])
const teamId = async () => ((await run('list_teams')).data as { id: string }[])[0]?.id

describe('credentials', () => {
  test.each(['lin_api_canary-wrong', `Bearer ${'x'.repeat(8)}`])(
    '%s is rejected and not told',
    async (apiKey) => {
      const failure = await run('get_viewer', {}, { credentials: { apiKey } }).catch(
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ code: 'auth/rejected', status: 401 })
      expect(JSON.stringify(failure)).not.toContain(apiKey)
    },
  )

  test('a key that was replaced at the provider is rejected, and the new one good', async () => {
    await control('key', { apiKey: 'lin_api_rotated' })
    await expect(run('get_viewer')).rejects.toMatchObject({ code: 'auth/rejected' })
    expect((await run('get_viewer', {}, { credentials: { apiKey: 'lin_api_rotated' } })).data).toHaveProperty(
      'id',
    )
  })

  test('an account by OAuth is linked by consent; an ended token is renewed, a withdrawn one rejected', async () => {
    const hub = await createHub({
      connectors: connectorsFolder,
      integrations: [{ connector: 'linear', environment: 'sandbox', origin: sandbox.origin }],
      apiKey: 'msk_test_key_for_the_journey_012345',
    })
    try {
      const url = await hub.listen({ port: 0 })
      const accountId = await linkAccount(hub, sandbox, 'oauth', 'oauth2')
      const call = () =>
        fetch(`${url}/actions/rpc`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from('msk_test_key_for_the_journey_012345:').toString('base64')}`,
            'content-type': 'application/json',
            'x-account-id': accountId,
          },
          body: JSON.stringify({ action: 'linear_get_viewer' }),
        })
      expect((await call()).status).toBe(200)
      await control('expire-tokens')
      expect((await call()).status).toBe(200)
      expect(sandbox.requests.filter(({ path }) => path === '/oauth/token')).toHaveLength(2)
      await control('revoke-tokens')
      const refused = await call()
      expect(refused.ok).toBe(false)
      expect(await refused.text()).toMatch(/auth\//)
    } finally {
      await hub.close()
    }
  }, 60_000)
})

describe('errors in an answer with status 200', () => {
  const errors = [{ message: 'Something went wrong', extensions: { code: 'INTERNAL' } }]

  test('are an error of a query, beside data too', async () => {
    answerWith({ data: { issue: { id: '1' } }, errors })
    await expect(run('get_issue', { issue_id: 'ENG-1' })).rejects.toMatchObject({
      code: 'provider/refused',
      providerMessage: 'Something went wrong',
    })
  })

  test('beside the data of a mutation leave its outcome unknown', async () => {
    answerWith({ data: { issueCreate: { success: true, issue: { id: '1' } } }, errors })
    await expect(run('create_issue', { team_id: 't', title: 'x' })).rejects.toMatchObject({
      code: 'write/outcome-unknown',
    })
  })

  test.each([
    ['AUTHENTICATION_ERROR', 'auth/rejected'],
    ['FORBIDDEN', 'auth/forbidden'],
    ['RATELIMITED', 'provider/rate-limited'],
  ])('of code %s are %s', async (code, expected) => {
    answerWith({ errors: [{ message: 'no', extensions: { code } }] })
    await expect(run('list_teams', {}, once)).rejects.toMatchObject({ code: expected })
  })

  test('an issue that does not exist is refused in the words of the provider', async () => {
    await expect(run('get_issue', { issue_id: 'ENG-999' })).rejects.toMatchObject({
      code: 'provider/refused',
      providerMessage: 'Entity not found: Issue',
    })
  })
})

describe('limits', () => {
  test.each([{ requests: 1 }, { complexity: 60 }])('%j is told with the wait', async (limits) => {
    await control('limits', limits)
    await run('get_viewer')
    const failure = await run('list_teams', {}, once).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'provider/rate-limited', retryable: true })
    const { retryAfterMs } = failure as { retryAfterMs: number }
    expect(retryAfterMs).toBeGreaterThan(3_500_000)
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000)
  })

  test('a short wait is waited for, and the call made again', async () => {
    sandbox.setFaults([{ times: 1, fault: { kind: 'rate-limit', retryAfter: 1 } }])
    expect((await run('get_viewer')).data).toHaveProperty('id')
    expect(sandbox.requests).toHaveLength(2)
  })

  test('a query that is too complex is refused, not sent again', async () => {
    await expect(run('list_issues', { page_size: 251 })).rejects.toMatchObject({ code: 'input/invalid' })
    expect(sandbox.requests).toHaveLength(0)
  })
})

describe('reads and writes', () => {
  test('queries by POST are reads, mutations are writes', () => {
    const reads = plan.actions.filter(({ effect }) => effect === 'read').map(({ id }) => id)
    expect(reads).toEqual(['get_viewer', 'list_teams', 'list_issues', 'get_issue'])
  })

  test('a lost answer is asked for again by a query alone', async () => {
    const team_id = await teamId()
    sandbox.setFaults([{ times: 1, fault: { kind: 'drop-after' } }])
    expect((await run('list_teams')).data).toHaveLength(3)
    sandbox.setFaults([{ times: 1, fault: { kind: 'drop-after' } }])
    await expect(run('create_issue', { team_id, title: 'Only once' })).rejects.toMatchObject({
      code: 'write/outcome-unknown',
    })
    const issues = (await Array.fromAsync(iterateAction(plan, 'list_issues', options))) as { title: string }[]
    expect(issues.filter(({ title }) => title === 'Only once')).toHaveLength(1)
  })

  test('a listing asks for exactly the pages there are', async () => {
    const inputs = { page_size: 18 }
    const rows = await Array.fromAsync(iterateAction(plan, 'list_issues', { ...options, inputs }))
    expect(rows).toHaveLength(54)
    expect(sandbox.requests).toHaveLength(3)
  })

  test('a page that says there are more and names none is an error, never the end', async () => {
    const nodes = [{ id: '1' }]
    answerWith({ data: { teams: { nodes, pageInfo: { hasNextPage: true, endCursor: null } } } })
    await expect(run('list_teams')).rejects.toMatchObject({ code: 'paging/missing-rows' })
  })
})
