import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createGotClient, createTransport, type Exchange } from '../../src/transport/index.ts'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { Visitor } from './pages/visitor.ts'

let hub: LinkedHub
let person: Visitor
/** What the provider answers once the account is linked; undefined leaves it to the sandbox. */
let answer: (() => Promise<Partial<Exchange>>) | undefined

beforeAll(async () => {
  const client = createGotClient({})
  hub = await startLinkedHub({
    flow: { circuit: { failures: 3, openMs: 300 }, retries: { floor: 0, share: 0 } },
    transport: createTransport({
      client: {
        exchange: async (request, control) =>
          answer === undefined
            ? client.exchange(request, control)
            : { status: 200, headers: {}, body: Buffer.from('{}'), ...(await answer()) },
        close: () => client.close(),
      },
    }),
  })
  person = await new Visitor(hub.url).signIn(hub)
})
afterAll(() => hub.close())

const list = () => hub.rpc('clockwork_list_people')
const host = () => new URL(hub.sandbox.origin).host
const flowOf = async (headers = {}) =>
  (await hub.call('GET', `/accounts/${hub.accountId}/flow`, { headers })).body
const page = async () => (await person.go(`/accounts/${hub.accountId}`)).text
const openCircuits = async () => (await hub.call('GET', '/ready')).body['providers']
const history = async () => {
  const { body } = await hub.call('GET', '/audit/entries?action=account.*')
  return JSON.stringify(body).match(/account\.circuit-\w+/g) ?? []
}

async function until<Value>(read: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await read()
    if (fits(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a circuit is shown where people look from its opening over its probe to its end, and noted once', async () => {
  expect(await flowOf()).toEqual({ circuits: [], pauses: [] })
  answer = async () => ({ status: 503 })
  for (let call = 0; call < 3; call++) expect((await list()).status).toBe(502)

  const circuit = { connector: 'clockwork', account_id: hub.accountId, host: host() }
  const bound = await hub.createKey({ scopes: ['read'], accountId: hub.accountId })
  expect(await flowOf({ authorization: bound.authorization })).toMatchObject({ circuits: [circuit] })
  expect(await openCircuits()).toEqual({ running: 0, waiting: 0, open_circuits: 1 })
  expect((await hub.call('GET', '/ready')).status).toBe(200)
  expect(await page()).toContain(`${host()} failed too often`)
  expect((await person.go('/accounts')).text).toContain('The provider failed too often: calls are held back.')

  await until(flowOf, (flow) => JSON.stringify(flow).includes('half-open'))
  expect(await page()).toContain('The next call finds out whether it works again.')
  // One call probes; as long as its answer is out, others are refused.
  let release: (value: Partial<Exchange>) => void = () => {}
  const held = new Promise<Partial<Exchange>>((resolve) => {
    release = resolve
  })
  let probes = 0
  answer = () => {
    probes += 1
    return held
  }
  const probe = list()
  await until(
    async () => probes,
    (count) => count === 1,
  )
  const meanwhile = await list()
  expect([meanwhile.status, meanwhile.text.includes('provider/circuit-open')]).toEqual([503, true])
  answer = undefined
  release({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"people":[]}'),
  })
  expect((await probe).status).toBe(200)
  expect(probes).toBe(1)

  expect(await flowOf()).toEqual({ circuits: [], pauses: [] })
  expect(await openCircuits()).toMatchObject({ open_circuits: 0 })
  expect(await page()).not.toContain('failed too often:')
  expect((await list()).status).toBe(200)
  await until(history, (entries) => entries.length >= 2)
  expect(await history()).toEqual(['account.circuit-closed', 'account.circuit-opened'])
  expect(await page()).toContain('The provider failed too often and is left alone for a while')
})

test('a pause that the provider asked for is shown on the account', async () => {
  answer = async () => ({ status: 429, headers: { 'retry-after': '90' } })
  expect((await list()).status).toBe(429)
  answer = undefined
  expect(await flowOf()).toMatchObject({
    circuits: [],
    pauses: [{ pool: 'main', account_id: hub.accountId }],
  })
  expect(await page()).toContain('The provider asked to slow down.')
})
