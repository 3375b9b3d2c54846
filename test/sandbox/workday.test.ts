import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { parseFault, startWorkdaySandbox, type WorkdaySandbox } from '../../src/sandbox/index.ts'

let sandbox: WorkdaySandbox

beforeAll(async () => {
  sandbox = await startWorkdaySandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.reset())

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const text = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText'

interface Parts {
  readonly username?: string
  readonly password?: string
  readonly type?: string
  readonly namespace?: string
  readonly soapNamespace?: string
  readonly securityNamespace?: string
}

/** An envelope with a request; each part may be replaced by a wrong one. */
function message(content: string, parts: Parts = {}): string {
  const { username = sandbox.credentials['username'], password = sandbox.credentials['password'] } = parts
  return `<s:Envelope xmlns:s="${parts.soapNamespace ?? soap}" xmlns:wd="${parts.namespace ?? 'urn:com.workday/bsvc'}"><s:Header><w:Security xmlns:w="${parts.securityNamespace ?? security}"><w:UsernameToken><w:Username>${username}</w:Username><w:Password Type="${parts.type ?? text}">${password}</w:Password></w:UsernameToken></w:Security></s:Header><s:Body>${content}</s:Body></s:Envelope>`
}

const staffing = '/ccx/service/sandbox/Staffing/v42.0'
const recruiting = '/ccx/service/sandbox/Recruiting/v42.0'
const send = async (body: string, path = recruiting, method = 'POST') => {
  const response = await fetch(`${sandbox.origin}${path}`, {
    method,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    ...(method === 'GET' ? {} : { body }),
  })
  const xml = await response.text()
  const one = (name: string) => new RegExp(`<(?:wd:)?${name}>([^<]*)<`).exec(xml)?.[1]
  return { status: response.status, fault: one('faultcode'), words: one('faultstring'), xml, one }
}
const candidates = (filter = '', criteria = '') =>
  `<wd:Get_Candidates_Request>${criteria}${filter}</wd:Get_Candidates_Request>`
const page = (number: number | string, count: number | string) =>
  candidates(
    `<wd:Response_Filter><wd:Page>${number}</wd:Page><wd:Count>${count}</wd:Count></wd:Response_Filter>`,
  )
const idsIn = (xml: string) => [...xml.matchAll(/<wd:Candidate_ID>([^<]+)</g)].map(([, id]) => id)

describe('who asks', () => {
  test.each<[string, Parts, string]>([
    ['another user', { username: 'Nobody@sandbox' }, recruiting],
    ['another password', { password: 'wrong' }, recruiting],
    ['a digest for a password', { type: text.replace('Text', 'Digest') }, recruiting],
    ['a header of another namespace', { securityNamespace: 'urn:other' }, recruiting],
    ['another tenant', {}, recruiting.replace('/sandbox/', '/other/')],
  ])('is refused with %s, with the fault of a wrong password', async (_, parts, path) => {
    expect(await send(message(candidates(), parts), path)).toMatchObject({
      status: 500,
      fault: 'SOAP-ENV:Client.authenticationError',
      words: 'invalid username or password',
    })
  })

  test('the password is in no record of requests', async () => {
    await send(message(candidates()))
    await fetch(`${sandbox.origin}/__sandbox/password`, {
      method: 'POST',
      body: JSON.stringify({ password: 'canary-next' }),
    })
    await send(message(candidates(), { password: 'canary-next' }))
    const seen = JSON.stringify(sandbox.requests)
    expect(sandbox.requests).toHaveLength(2)
    for (const secret of ['canary-next', String(sandbox.credentials['password'])])
      expect(seen).not.toContain(secret)
  })
})

describe('pages', () => {
  test('meet without gap or overlap, and each tells how many there are', async () => {
    const ids: (string | undefined)[] = []
    for (const number of [1, 2, 3]) {
      const { xml, one } = await send(message(page(number, 100)))
      expect([one('Total_Results'), one('Total_Pages'), one('Page')]).toEqual(['230', '3', String(number)])
      ids.push(...idsIn(xml))
    }
    expect([ids.length, new Set(ids).size]).toEqual([230, 230])
  })

  test('beyond the last one have no row, and still the total', async () => {
    const { status, xml, one } = await send(message(page(4, 100)))
    expect([status, idsIn(xml), one('Total_Results')]).toEqual([200, [], '230'])
  })

  test.each([
    ['0', '10'],
    ['1', '0'],
    ['1', '1000'],
    ['x', '10'],
    ['1', '-1'],
  ])('number %s of %s rows is a fault', async (number, count) => {
    expect(await send(message(page(number, count)))).toMatchObject({
      status: 500,
      fault: 'SOAP-ENV:Client.validationError',
    })
  })
})

test('an id that is not there is a fault that names it', async () => {
  const reference =
    '<wd:Request_References><wd:Candidate_Reference><wd:ID wd:type="Candidate_ID">C-99999</wd:ID></wd:Candidate_Reference></wd:Request_References>'
  const { status, fault, words } = await send(message(candidates('', reference)))
  expect([status, fault]).toEqual([500, 'SOAP-ENV:Client.validationError'])
  expect(words).toContain('C-99999')
})

describe('a message', () => {
  test.each<[string, () => string]>([
    ['that is no XML', () => 'no xml'],
    ['that ends early', () => message(candidates()).slice(0, -10)],
    ['with a document type', () => `<!DOCTYPE x [<!ENTITY e "x">]>${message(candidates())}`],
    ['of another envelope', () => message(candidates(), { soapNamespace: 'urn:other' })],
    ['whose request has another namespace', () => message(candidates(), { namespace: 'urn:other' })],
    ['without a request', () => message('')],
    ['with a request that does not exist', () => message('<wd:Get_Nothing_Request/>')],
  ])('%s is a fault of the caller', async (_, body) => {
    expect(await send(body())).toMatchObject({ status: 500, fault: 'SOAP-ENV:Client' })
  })

  test('with elements out of their order is not valid', async () => {
    const body = `<wd:Get_Candidates_Request><wd:Response_Filter/><wd:Request_References/></wd:Get_Candidates_Request>`
    expect(await send(message(body))).toMatchObject({ fault: 'SOAP-ENV:Client.validationError' })
  })

  test('goes to the service that has its request, by POST, at a version', async () => {
    expect(await send(message(candidates()), staffing)).toMatchObject({ fault: 'SOAP-ENV:Client' })
    expect((await send('', recruiting, 'GET')).status).toBe(405)
    expect((await send(message(candidates()), '/ccx/service/sandbox/Recruiting')).status).toBe(404)
  })
})

test('too many requests are 429 with the wait, by a rule that says how often', async () => {
  sandbox.setFaults([parseFault(`rate-limit@${recruiting}:times=1,retryAfter=7`)])
  const refused = await fetch(`${sandbox.origin}${recruiting}`, {
    method: 'POST',
    body: message(candidates()),
  })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7'])
  expect((await send(message(candidates()))).status).toBe(200)
})
