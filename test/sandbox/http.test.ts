import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { type Caller, callerOf, closeSandboxes, firmOf, headersOf, sandboxFor } from './caller.ts'

let sandbox: Sandbox
let call: Caller

beforeEach(async () => {
  sandbox = await sandboxFor({ people: 40, clock: () => new Date('2026-01-02T03:04:05.000Z') })
  call = callerOf(sandbox)
})
afterEach(closeSandboxes)

function post(body: string, headers: Record<string, string> = {}) {
  const firm = firmOf(sandbox)
  const url = `${sandbox.origin}/v3.0/${firm.firmName}/people`
  return fetch(url, { method: 'POST', headers: { ...headersOf(firm), ...headers }, body: Buffer.from(body) })
}

describe('paths and methods', () => {
  test('that are known to be wrong are not found', async () => {
    const [project] = (await call('GET', '/projects?limit=1')).body.projects
    for (const end of ['people', 'candidates', 'assignments']) {
      expect((await call('GET', `/projects/${project.id}/${end}`)).status).toBe(404)
    }
    expect((await call('GET', `/projects/${project.id}`)).status).toBe(404)
  })

  test.each(['/people/', '//people', '/People', '/people//notes', '/nothing', '', '/'])(
    'like %j are not found, in JSON',
    async (path) => {
      expect(await call('GET', path)).toMatchObject({ status: 404, body: { message: 'Not Found' } })
    },
  )

  test('outside the base path are not found without credentials', async () => {
    for (const path of ['/', '/v2/acme/people', '/people', '/v3.0']) {
      expect((await fetch(sandbox.origin + path)).status).toBe(404)
    }
  })

  test('with a broken escape are a bad request', async () => {
    expect((await call('GET', '/people/%zz')).status).toBe(400)
  })

  test('with another method answer 405 and name the right ones', async () => {
    const people = await call('DELETE', '/people')
    expect(people.status).toBe(405)
    expect(people.headers.get('allow')).toBe('GET, POST')
    expect((await call('GET', '/webhooks')).headers.get('allow')).toBe('POST')
    expect((await call('PATCH', '/companies', {})).status).toBe(405)
  })
})

describe('the body of a write', () => {
  test('that is not JSON is a bad request', async () => {
    const response = await post('{"person":', { 'Content-Type': 'application/json' })
    expect([response.status, await response.json()]).toEqual([400, { message: 'The body is not valid JSON' }])
  })

  test('may have no content type, a charset, or a type of the JSON family', async () => {
    for (const headers of [
      {},
      { 'Content-Type': 'application/json; charset=utf-8' },
      { 'Content-Type': 'application/vnd.api+json' },
    ]) {
      expect((await post('{"person":{"name":"Ada"}}', headers)).status).toBe(201)
    }
  })

  test('of another content type is refused', async () => {
    expect(
      (await post('person[name]=Ada', { 'Content-Type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415)
    expect((await post('{"person":{"name":"Ada"}}', { 'Content-Type': 'text/plain' })).status).toBe(415)
  })

  test('that is empty, a list or null has no wrapper', async () => {
    for (const body of ['', '[]', 'null', '{"person":[]}']) {
      expect((await post(body, { 'Content-Type': 'application/json' })).status).toBe(422)
    }
  })

  test('beyond a megabyte is too large', async () => {
    const name = 'x'.repeat(1_100_000)
    expect((await post(JSON.stringify({ person: { name } }))).status).toBe(413)
  })
})

describe('the record of requests', () => {
  test('holds what was sent, how it was judged and what had no effect', async () => {
    const { headers } = await call('POST', '/people?dry=1', { person: { name: 'Ada', shoe_size: 40 } })
    expect(sandbox.requests).toEqual([
      {
        id: headers.get('x-request-id'),
        at: '2026-01-02T03:04:05.000Z',
        method: 'POST',
        path: `/v3.0/${firmOf(sandbox).firmName}/people`,
        query: { dry: '1' },
        headers: expect.arrayContaining(['authorization', 'x-api-key', 'content-type']),
        auth: 'accepted',
        body: { person: { name: 'Ada', shoe_size: 40 } },
        status: 201,
        fault: null,
        ignored: ['dry', 'shoe_size'],
      },
    ])
  })

  test('holds no credential, wherever it was put, neither a right nor a wrong one', async () => {
    const { firmName, apiKey, apiSecret, firmServiceKey } = firmOf(sandbox)
    const wrong = 'b+ad/key=='
    const headers = { Authorization: `Token ${wrong}`, 'X-API-Key': 'not/the=key' }
    const places = `${apiKey}/${encodeURIComponent(wrong)}?key=${apiSecret}&${firmServiceKey}=1&x=not/the%3Dkey`
    await fetch(`${sandbox.origin}/v3.0/${firmName}/people/${places}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ [firmServiceKey]: [wrong, `Token ${apiKey}`] }),
    })
    const text = JSON.stringify(sandbox.requests)
    for (const secret of [
      apiKey,
      apiSecret,
      firmServiceKey,
      wrong,
      encodeURIComponent(wrong),
      'not/the=key',
    ]) {
      expect(text).not.toContain(secret)
    }
    expect(text).toContain('***')
  })

  test('keeps the newest thousand', async () => {
    for (let number = 0; number < 1010; number += 1) await fetch(`${sandbox.origin}/${number}`)
    expect(sandbox.requests).toHaveLength(1000)
    expect(sandbox.requests[0]?.path).toBe('/10')
    expect(sandbox.requests.at(-1)?.path).toBe('/1009')
  })

  test('keeps a text that is no JSON, and only the length of a huge one', async () => {
    await post('{"person":')
    expect(sandbox.requests.at(-1)?.body).toBe('{"person":')
    await post(JSON.stringify({ person: { name: 'x'.repeat(70_000) } }))
    expect(sandbox.requests.at(-1)?.body).toBe('(70022 characters)')
  })
})
