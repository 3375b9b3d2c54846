import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTransport, type Exchange } from '../../../src/transport/index.ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

const lines: string[] = []
let hub: LinkedHub
/** What the provider answers once the account is linked; undefined leaves it to the sandbox. */
let answer: Partial<Exchange> | undefined

beforeAll(async () => {
  const { createGotClient } = await import('../../../src/transport/index.ts')
  const client = createGotClient({})
  hub = await startLinkedHub({
    logLevel: 'warn',
    logStream: { write: (line) => void lines.push(line) },
    flow: { circuit: { failures: 3 }, retries: { floor: 0, share: 0 } },
    transport: createTransport({
      client: {
        exchange: async (request, control) =>
          answer === undefined
            ? client.exchange(request, control)
            : { status: 200, headers: {}, body: Buffer.from('{}'), ...answer },
        close: () => client.close(),
      },
    }),
  })
})
afterAll(() => hub.close())

const list = (accountId = hub.accountId) =>
  hub.rpc('clockwork_list_people', {}, { 'x-account-id': accountId })

test('an open circuit is told once in the log, shown, and answered with 503 and the wait', async () => {
  const other = await hub.link('customer-2')
  answer = { status: 503 }
  const statuses = []
  for (let call = 0; call < 5; call++) statuses.push((await list()).status)
  expect(statuses).toEqual([502, 502, 502, 503, 503])
  const refused = await list()
  expect(refused.headers['retry-after']).toBe('10')
  expect(refused.text).toContain('provider/circuit-open')

  const { body } = await hub.call('GET', '/flow')
  const circuit = {
    connector: 'clockwork',
    account_id: hub.accountId,
    host: new URL(hub.sandbox.origin).host,
    state: 'open',
    retry_after_ms: expect.any(Number),
  }
  expect(body).toEqual({ running: 0, waiting: 0, circuits: [circuit], pauses: [] })
  expect(lines.filter((line) => line.includes('the circuit of a host opened'))).toHaveLength(1)
  for (const secret of Object.values(hub.credentials).slice(1)) expect(lines.join('')).not.toContain(secret)

  answer = undefined
  expect((await list(other)).status).toBe(200)
})

test('a pause of the provider is shown, and a call that cannot wait for its end is answered with 429', async () => {
  const paused = await hub.link('customer-3')
  answer = { status: 429, headers: { 'retry-after': '90' } }
  expect((await list(paused)).status).toBe(429)
  answer = undefined
  const second = await list(paused)
  expect([second.status, second.headers['retry-after']]).toEqual([429, '90'])
  const { body } = await hub.call('GET', '/flow')
  expect(body['pauses']).toEqual([
    { connector: 'clockwork', account_id: paused, pool: 'main', retry_after_ms: expect.any(Number) },
  ])
})

test('it is told to administrators, and of their own project alone', async () => {
  const reader = await hub.createKey({ scopes: ['read'] })
  expect((await hub.call('GET', '/flow', { headers: { authorization: reader.authorization } })).status).toBe(
    403,
  )
  await hub.hub.services.store.projects.ensure('elsewhere', new Date().toISOString())
  const stranger = await hub.createKey({ scopes: ['admin'], projectId: 'elsewhere' })
  const { body } = await hub.call('GET', '/flow', { headers: { authorization: stranger.authorization } })
  expect(body).toMatchObject({ circuits: [], pauses: [] })
})
