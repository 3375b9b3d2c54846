import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fault, type FaultRule, parseFault, type Sandbox } from '../../src/sandbox/index.ts'
import { type Caller, callerOf, closeSandboxes, firmOf, headersOf, sandboxFor } from './caller.ts'

let sandbox: Sandbox
let call: Caller

beforeEach(async () => {
  sandbox = await sandboxFor({ people: 60, peopleMeta: true })
  call = callerOf(sandbox)
})
afterEach(closeSandboxes)

const strike = (fault: Fault, rule: Omit<FaultRule, 'fault'> = {}) => sandbox.setFaults([{ ...rule, fault }])

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

async function peopleCount(): Promise<number> {
  sandbox.setFaults([])
  return (await call('GET', '/people?limit=1')).body.meta.total
}

const create = () => call('POST', '/people', { person: { name: 'Ada Novak' } })

function raw(path: string): Promise<Response> {
  const firm = firmOf(sandbox)
  return fetch(`${sandbox.origin}/v3.0/${firm.firmName}${path}`, {
    headers: headersOf(firm),
    redirect: 'manual',
  })
}

describe('answers instead of the request', () => {
  test('status: any status with a default body, without carrying the request out', async () => {
    strike({ kind: 'status', status: 503 })
    expect(await create()).toMatchObject({ status: 503, body: { message: 'Service Unavailable' } })
    expect(sandbox.requests.at(-1)).toMatchObject({ fault: 'status', status: 503, auth: 'not-checked' })
    expect(await peopleCount()).toBe(60)
  })

  test('status: with a body and headers of its own', async () => {
    strike({ kind: 'status', status: 400, body: { errors: ['no'] }, headers: { 'X-Why': 'test' } })
    const { headers, body } = await call('GET', '/people')
    expect([headers.get('x-why'), body]).toEqual(['test', { errors: ['no'] }])
    strike({ kind: 'status', status: 502, body: '<h1>Bad</h1>', headers: { 'content-type': 'text/html' } })
    const response = await raw('/people')
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/html',
      '<h1>Bad</h1>',
    ])
  })

  test.each([
    [{}, '1'],
    [{ retryAfter: 7 }, '7'],
    [{ retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 'Wed, 21 Oct 2026 07:28:00 GMT'],
    [{ retryAfter: null }, null],
  ])('rate-limit: 429 with %j as its Retry-After', async (given, sent) => {
    strike({ kind: 'rate-limit', ...given })
    const { status, headers, body } = await create()
    expect([status, headers.get('retry-after'), body]).toEqual([429, sent, { message: 'Too Many Requests' }])
    expect(await peopleCount()).toBe(60)
  })

  test('redirect: to the place named', async () => {
    strike({ kind: 'redirect', location: 'http://127.0.0.1:1/x' })
    const found = await raw('/people')
    expect([found.status, found.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/x'])
    strike({ kind: 'redirect', location: '/y', status: 307 })
    expect((await create()).status).toBe(307)
    expect(await peopleCount()).toBe(60)
  })
})

describe('breaks the connection', () => {
  test('drop-before: and does not carry the request out', async () => {
    strike({ kind: 'drop-before' })
    await expect(create()).rejects.toThrow()
    expect(sandbox.requests.at(-1)).toMatchObject({ fault: 'drop-before', status: null, auth: 'not-checked' })
    expect(await peopleCount()).toBe(60)
  })

  test('drop-after: having carried the request out', async () => {
    strike({ kind: 'drop-after' })
    await expect(create()).rejects.toThrow()
    expect(sandbox.requests.at(-1)).toMatchObject({ fault: 'drop-after', status: null, auth: 'accepted' })
    expect(await peopleCount()).toBe(61)
  })

  test('cut-body: half-way through the answer', async () => {
    strike({ kind: 'cut-body' })
    const response = await raw('/people')
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    await expect(create()).rejects.toThrow()
    expect(await peopleCount()).toBe(61)
  })
})

describe('spoils the answer', () => {
  test('invalid-body: which is complete, called JSON and none', async () => {
    strike({ kind: 'invalid-body' })
    const response = await raw('/people')
    expect(response.headers.get('content-type')).toContain('application/json')
    const text = await response.text()
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    strike({ kind: 'invalid-body', body: '{"people":' })
    expect(await (await raw('/people')).text()).toBe('{"people":')
  })

  test('slow-drip: whole in the end, in small pieces', async () => {
    const plain = await (await raw('/people?limit=2')).text()
    strike({ kind: 'slow-drip', bytesPerSecond: 2000 })
    const response = await raw('/people?limit=2')
    const pieces = await Array.fromAsync(response.body ?? [])
    expect(Buffer.concat(pieces).toString()).toBe(plain)
    expect(pieces.length).toBeGreaterThan(1)
  })

  test('delay: carries the request out after the wait', async () => {
    strike({ kind: 'delay', ms: 20 })
    expect((await create()).status).toBe(201)
    expect(sandbox.requests.at(-1)).toMatchObject({ fault: 'delay', status: 201 })
  })
})

describe('bends a listing', () => {
  test('offset-ignored: the first rows, whatever is asked for', async () => {
    const first = (await call('GET', '/people?limit=5')).body.people
    strike({ kind: 'offset-ignored' })
    expect((await call('GET', '/people?limit=5&offset=20')).body.people).toEqual(first)
    const search = (await call('GET', '/people_search?limit=5&page=3')).body
    expect(ids(search.peopleSearch)).toEqual(ids(first))
    expect(search.meta.page).toBe(3)
  })

  test('duplicate-page: the page before the one asked for', async () => {
    const second = (await call('GET', '/people?limit=5&offset=5')).body.people
    strike({ kind: 'duplicate-page' })
    expect((await call('GET', '/people?limit=5&offset=10')).body.people).toEqual(second)
    expect(ids((await call('GET', '/people_search?limit=5&page=3')).body.peopleSearch)).toEqual(ids(second))
    const first = (await call('GET', '/people?limit=5')).body.people
    expect((await call('GET', '/people?limit=5&offset=5')).body.people).toEqual(first)
  })

  test('shrink-total: less by one each time', async () => {
    strike({ kind: 'shrink-total' }, { after: 1 })
    const totals = []
    for (const page of [1, 2, 3]) {
      totals.push((await call('GET', `/people_search?limit=5&page=${page}`)).body.meta.total)
    }
    expect(totals).toEqual([60, 59, 58])
  })

  test('null-list and empty-page: no rows, and meta as ever', async () => {
    strike({ kind: 'null-list' })
    expect((await call('GET', '/people_search')).body).toEqual({
      peopleSearch: null,
      meta: { total: 60, page: 1 },
    })
    expect((await call('GET', '/tags')).body).toEqual({ tags: null })
    strike({ kind: 'empty-page' })
    expect((await call('GET', '/people?limit=5')).body).toEqual({ people: [], meta: { total: 60 } })
  })

  test('and leaves other requests alone, which do not count either', async () => {
    strike({ kind: 'null-list' }, { times: 1 })
    expect((await create()).status).toBe(201)
    expect((await call('GET', '/people/x')).status).toBe(404)
    expect(sandbox.requests.map(({ fault }) => fault)).toEqual([null, null])
    expect((await call('GET', '/people')).body.people).toBeNull()
  })

  test('and cannot bend a refusal', async () => {
    strike({ kind: 'null-list' })
    const response = await fetch(`${sandbox.origin}/v3.0/acme/people`)
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }])
  })
})

describe('a rule', () => {
  const struck = async (path: string, method = 'GET') => {
    await call(method, path, method === 'GET' ? undefined : {})
    return sandbox.requests.at(-1)?.fault === 'status'
  }

  test('strikes after some requests, and only so many times', async () => {
    strike({ kind: 'status', status: 500 }, { after: 2, times: 2 })
    const statuses = []
    for (let number = 0; number < 6; number += 1) statuses.push((await call('GET', '/tags')).status)
    expect(statuses).toEqual([200, 200, 500, 500, 200, 200])
  })

  test('looks for a text anywhere below the firm, or at its ends', async () => {
    strike({ kind: 'status', status: 500 }, { match: { path: '/people' } })
    expect([
      await struck('/people'),
      await struck('/people_search?q=a'),
      await struck('/tags?x=/people'),
    ]).toEqual([true, true, false])
    strike({ kind: 'status', status: 500 }, { match: { path: '^/people$' } })
    expect([await struck('/people?limit=1'), await struck('/people_search')]).toEqual([true, false])
    strike({ kind: 'status', status: 500 }, { match: { path: '^/people/*/notes$' } })
    expect([await struck('/people/x/notes'), await struck('/people/x/y/notes')]).toEqual([true, false])
    strike({ kind: 'status', status: 500 }, { match: { path: 'p.ople' } })
    expect(await struck('/people')).toBe(false)
  })

  test('takes an expression as its path, flags and all', async () => {
    strike({ kind: 'status', status: 500 }, { match: { path: /PEOPLE$/gi } })
    expect([await struck('/people'), await struck('/people'), await struck('/people_search')]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('looks at the method', async () => {
    strike({ kind: 'status', status: 500 }, { match: { method: 'post', path: '/people' } })
    expect([await struck('/people'), await struck('/people', 'POST')]).toEqual([false, true])
  })

  test('gives way to the one before it', async () => {
    sandbox.setFaults([parseFault('status@/tags:status=500,times=1'), parseFault('status:status=502')])
    const statuses = []
    for (const path of ['/tags', '/tags', '/people']) statuses.push((await call('GET', path)).status)
    expect(statuses).toEqual([500, 502, 502])
  })

  test('is in force from the start where it is given as an option', async () => {
    const other = await sandboxFor({ people: 1, faults: [parseFault('status:status=500,times=1')] })
    expect((await callerOf(other)('GET', '/tags')).status).toBe(500)
    expect((await callerOf(other)('GET', '/tags')).status).toBe(200)
    other.reset()
    expect((await callerOf(other)('GET', '/tags')).status).toBe(500)
  })

  test('does not touch the control endpoint', async () => {
    strike({ kind: 'drop-before' })
    expect((await fetch(`${sandbox.origin}/__sandbox/info`)).status).toBe(200)
  })
})
