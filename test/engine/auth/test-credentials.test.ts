import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compileConnector, createTransport, loadConnector, testCredentials } from '../../../src/index.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts'

const { model } = await loadConnector('connectors/clockwork')
if (model === null) throw new Error('The connector does not load.')
const plan = compileConnector(model)
const transport = createTransport()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(async () => {
  transport.close()
  await sandbox.close()
})

function ask(wrong: Readonly<Record<string, string>> = {}, origin = sandbox.origin) {
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('The sandbox has no firm.')
  return testCredentials(plan, { credentials: { ...firm, ...wrong }, origin, transport })
}

test('four right values pass the test of the connector', async () => {
  expect(await ask()).toEqual({
    ok: true,
    results: [{ actionId: 'check_credentials', required: true, ok: true }],
    suspects: [],
  })
})

test.each([
  ['firmServiceKey', { firmServiceKey: 'wrong-key' }, ['firmServiceKey'], 403],
  ['apiKey', { apiKey: 'wrong-key' }, ['apiKey', 'apiSecret', 'firmName'], 401],
  ['apiSecret', { apiSecret: 'wrong-secret' }, ['apiKey', 'apiSecret', 'firmName'], 401],
  ['firmName', { firmName: 'nobody' }, ['apiKey', 'apiSecret', 'firmName'], 401],
])('a wrong %s is named among the suspects, with a hint', async (field, wrong, suspects, status) => {
  const { ok, results, hint, ...rest } = await ask(wrong)
  expect(ok).toBe(false)
  expect(rest.suspects).toEqual(suspects)
  expect(rest.suspects).toContain(field)
  expect(hint).toMatch(/Clockwork/)
  expect(results[0]?.error?.status).toBe(status)
})

test('a firm that the provider does not know points to the Firm Name alone', async () => {
  sandbox.setFaults([{ fault: { kind: 'status', status: 404, body: { message: 'Not Found' } } }])
  const { suspects } = await ask()
  sandbox.setFaults([])
  expect(suspects).toEqual(['firmName'])
})

test('no connection says nothing about the values', async () => {
  const { ok, suspects, hint, results } = await ask({}, 'http://127.0.0.1:1')
  expect([ok, suspects, results[0]?.error?.code]).toEqual([false, [], 'network/unreachable'])
  expect(hint).toMatch(/nothing is known/)
})

test('a value that breaks its own rules is refused before anything is sent', async () => {
  await expect(ask({ firmName: 'a/b' })).rejects.toMatchObject({
    code: 'auth/invalid-credential',
    problems: [{ name: 'firmName' }],
  })
})
