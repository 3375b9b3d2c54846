import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import {
  type ConnectorPlan,
  createFlow,
  explainAction,
  iterateAction,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { renderCurl, renderHar, renderHttp } from '../../src/plan/index.ts'
import { startWorkdaySandbox, type WorkdaySandbox } from '../../src/sandbox/index.ts'
import { runCli } from '../cli/run-cli.ts'
import { compileFrom } from './ways/ways.ts'

let plan: ConnectorPlan
let sandbox: WorkdaySandbox
let options: RunOptions

beforeAll(async () => {
  plan = await compileFrom('workday')
  sandbox = await startWorkdaySandbox({ port: 0 })
})
beforeEach(() => {
  sandbox.reset()
  options = { origin: sandbox.origin, credentials: sandbox.credentials, flow: createFlow() }
})
afterAll(() => sandbox.close())

const run = (action: string, inputs = {}, more: Partial<RunOptions> = {}) =>
  runAction(plan, action, { ...options, inputs, ...more })
const person = { first_name: 'Ada', last_name: 'Byron', country: 'GB', email: 'ada@example.com' }
/** With each character that XML writes otherwise. */
const canary = `canary<"pass'word">&42`

describe('credentials', () => {
  test.each([
    ['password', canary],
    ['username', 'Nobody@sandbox'],
    ['tenant', 'elsewhere'],
  ])('a wrong %s is rejected once, and not told', async (key, value) => {
    const credentials = { ...sandbox.credentials, [key]: value }
    const failure = await run('list_workers', {}, { credentials }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'auth/rejected', providerMessage: 'invalid username or password' })
    expect(JSON.stringify(failure)).not.toContain('canary')
    expect(sandbox.requests).toHaveLength(1)
  })

  test('a password that was changed at the provider is rejected, and the new one good', async () => {
    const body = JSON.stringify({ password: canary })
    await fetch(`${sandbox.origin}/__sandbox/password`, { method: 'POST', body })
    await expect(run('list_workers')).rejects.toMatchObject({ code: 'auth/rejected' })
    const credentials = { ...sandbox.credentials, password: canary }
    expect((await run('list_workers', { page_size: 2 }, { credentials })).data).toHaveLength(2)
  })

  test('the password is masked wherever a request is shown', async () => {
    const credentials = { ...sandbox.credentials, password: canary }
    const { requests } = explainAction(plan, 'create_candidate', { credentials, inputs: person })
    const shown = [
      JSON.stringify(requests),
      renderHttp(requests),
      renderCurl(requests),
      JSON.stringify(renderHar(requests, { version: '1', startedAt: new Date(0) })),
    ]
    const seen: unknown[] = []
    await run('list_workers', {}, { credentials, observer: (event) => seen.push(event) }).catch(
      () => undefined,
    )
    shown.push(JSON.stringify(seen), JSON.stringify(sandbox.requests))
    for (const as of ['http', 'curl', 'har']) {
      const inputs = Object.entries(person).flatMap(([name, value]) => ['--input', `${name}=${value}`])
      const env = Object.fromEntries(
        Object.entries(credentials).map(([name, value]) => [
          `MAINSPRING_WORKDAY_${name.toUpperCase()}`,
          value,
        ]),
      )
      const { stdout, stderr, exit } = await runCli(
        ['explain', 'workday_create_candidate', ...inputs, '--as', as],
        { env },
      )
      expect({ exit, stderr }).toMatchObject({ exit: 0 })
      shown.push(stdout, stderr)
    }
    expect(shown.filter((text) => text.includes('canary'))).toEqual([])
    expect(shown.filter((text) => text.includes('***')).length).toBeGreaterThan(5)
  })
})

describe('faults', () => {
  test('a validation fault is refused and not repeated, also by a read', async () => {
    await expect(run('get_candidate', { candidate_id: 'C-00000' })).rejects.toMatchObject({
      code: 'provider/refused',
      status: 400,
      providerMessage: expect.stringContaining("'C-00000' is not a valid ID value"),
    })
    expect(sandbox.requests).toHaveLength(1)
  })

  test('another fault is a failure of the provider', async () => {
    const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault><faultcode>e:Server</faultcode><faultstring>Down</faultstring></e:Fault></e:Body></e:Envelope>`
    const headers = { 'content-type': 'text/xml' }
    sandbox.setFaults([{ fault: { kind: 'status', status: 500, body, headers } }])
    await expect(run('list_workers', {}, { limits: { maxAttempts: 1 } })).rejects.toMatchObject({
      code: 'provider/failed',
      providerMessage: 'Down',
    })
  })

  test('a lost answer is asked for again by a read alone', async () => {
    sandbox.setFaults([{ times: 1, fault: { kind: 'drop-after' } }])
    expect((await run('list_workers', { page_size: 1 })).data).toHaveLength(1)
    sandbox.setFaults([{ times: 1, fault: { kind: 'drop-after' } }])
    await expect(run('create_candidate', person)).rejects.toMatchObject({ code: 'write/outcome-unknown' })
    expect((await run('list_candidates', { email: person.email })).data).toHaveLength(1)
  })
})

describe('pages', () => {
  test.each([1, 77, 115, 999])('of %i come to the same rows, each once', async (page_size) => {
    const ids = new Set<string>()
    const rows = iterateAction(plan, 'list_workers', { ...options, inputs: { page_size } })
    for await (const row of rows) ids.add(JSON.stringify(row))
    expect(ids.size).toBe(115)
    expect(sandbox.requests).toHaveLength(Math.ceil(115 / page_size))
  })
})

test('what XML writes otherwise arrives as it was given, and no input writes elements of its own', async () => {
  const character = fc.constantFrom(
    ...`<>&"'/!?-[]=;#x`,
    'a',
    'é',
    '𝄞',
    '&amp;',
    '<![CDATA[',
    ']]>',
    '<wd:ID>',
    '${',
    '{{',
  )
  const name = fc.string({ unit: character, minLength: 1, maxLength: 12 })
  const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true })
  fc.assert(
    fc.property(name, name, (first_name, last_name) => {
      const inputs = { ...person, first_name, last_name }
      const { requests } = explainAction(plan, 'create_candidate', {
        credentials: sandbox.credentials,
        inputs,
      })
      const text = String(requests[0]?.bodyText)
      expect(XMLValidator.validate(text)).toBe(true)
      const { Name_Detail_Data } =
        parser.parse(text).Envelope.Body.Put_Candidate_Request.Candidate_Data.Name_Data.Legal_Name
      expect(Name_Detail_Data).toEqual({
        Country_Reference: { ID: 'GB' },
        First_Name: first_name,
        Last_Name: last_name,
      })
    }),
    { numRuns: 300 },
  )
  const inputs = { ...person, first_name: 'a\u0001b' }
  await expect(run('create_candidate', inputs)).rejects.toMatchObject({ code: 'input/invalid' })
  expect(sandbox.requests).toEqual([])
})
