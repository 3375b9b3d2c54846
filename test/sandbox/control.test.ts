import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { type Caller, callerOf, closeSandboxes, controlOf, sandboxFor } from './caller.ts'

let sandbox: Sandbox
let call: Caller
let control: Caller

beforeEach(async () => {
  sandbox = await sandboxFor({ people: 30, seed: 5 })
  call = callerOf(sandbox)
  control = controlOf(sandbox)
})
afterEach(closeSandboxes)

describe('the control endpoint', () => {
  test('says who it is, with the credentials of every firm', async () => {
    const { status, body } = await control('GET', '/info')
    expect(status).toBe(200)
    expect(body).toMatchObject({ sandbox: 'clockwork', version: 1, apiVersion: 'v3.0', seed: 5, people: 30 })
    expect(body.firms).toEqual(sandbox.firms)
    expect(body.firms.map(({ firmName }: { firmName: string }) => firmName)).toEqual([
      'acme',
      'borealis',
      'cobalt',
    ])
    expect(body.endpoints).toContainEqual({ method: 'POST', path: '/people', evidence: 'A' })
  })

  test('gives the requests of the API, not its own', async () => {
    await call('GET', '/tags')
    await control('GET', '/info')
    const { body } = await control('GET', '/requests')
    expect(body.requests).toMatchObject([{ method: 'GET', path: '/v3.0/acme/tags', status: 200 }])
  })

  test('sets rules, as data or in the compact form, and clears them', async () => {
    const rules = [
      'status@/tags:status=500',
      { match: { path: '/regions' }, fault: { kind: 'status', status: 502 } },
    ]
    expect(await control('POST', '/faults', rules)).toMatchObject({ status: 200, body: { faults: 2 } })
    expect((await call('GET', '/tags')).status).toBe(500)
    expect((await call('GET', '/regions')).status).toBe(502)
    await control('POST', '/faults', [])
    expect((await call('GET', '/tags')).status).toBe(200)
  })

  test('refuses a bad rule and keeps those in force', async () => {
    await control('POST', '/faults', ['status:status=500'])
    const refused = await control('POST', '/faults', ['drop-after', 'dropp'])
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('"dropp"'), hint: expect.stringContaining('drop-before') },
    })
    expect((await control('POST', '/faults', { fault: {} })).status).toBe(422)
    expect((await call('GET', '/tags')).status).toBe(500)
  })

  test('resets data, subscriptions, rules and logs', async () => {
    const before = (await call('GET', '/people_search?limit=100')).body
    await call('POST', '/people', { person: { name: 'Ada Novak', tag_names: ['Fjords'] } })
    const hook = (await call('POST', '/webhooks', { hook_url: 'http://127.0.0.1:1/' })).body
    await call('POST', `/people/${before.peopleSearch[5].id}/email_addresses`, { email: { address: 'a@b' } })
    await control('POST', '/faults', ['status:status=500'])
    expect((await control('POST', '/reset')).status).toBe(200)
    expect(sandbox.requests).toEqual([])
    expect((await call('GET', '/people_search?limit=100')).body).toEqual(before)
    expect((await call('DELETE', `/webhooks/${hook.id}`)).status).toBe(404)
  })

  test('knows no other paths and methods', async () => {
    expect((await control('GET', '/nothing')).status).toBe(404)
    expect((await control('GET', '')).status).toBe(404)
    expect((await control('GET', '/info/x/y')).status).toBe(404)
    expect((await control('GET', '/toString')).status).toBe(404)
    const wrong = await control('GET', '/reset')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('answers no name but those of loopback', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${sandbox.origin}/__sandbox/info`, { headers: { Host: 'rebound.example' } })
      sent.on('response', (response) => resolve(response.resume().statusCode))
      sent.on('error', reject).end()
    })
    expect(status).toBe(403)
  })
})
