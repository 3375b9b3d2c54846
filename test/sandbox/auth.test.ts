import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { FirmCredentials, Sandbox } from '../../src/sandbox/index.ts'
import { closeSandboxes, firmOf, headersOf, sandboxFor } from './caller.ts'

let sandbox: Sandbox
let own: FirmCredentials
let other: FirmCredentials

beforeEach(async () => {
  sandbox = await sandboxFor({ people: 5 })
  own = firmOf(sandbox, 0)
  other = firmOf(sandbox, 1)
})
afterEach(closeSandboxes)

async function judged(headers: Record<string, string>, firmName = own.firmName) {
  const response = await fetch(`${sandbox.origin}/v3.0/${firmName}/people?limit=1`, { headers })
  const body = (await response.json()) as Record<string, unknown>
  return [response.status, body['message'] ?? Object.keys(body)[0], sandbox.requests.at(-1)?.auth]
}

describe('a call is let in', () => {
  test('with the token and the service key of the firm in the path', async () => {
    expect(await judged(headersOf(own))).toEqual([200, 'people', 'accepted'])
  })

  test('with the scheme Bearer too, which is noted', async () => {
    const headers = headersOf(own)
    headers['Authorization'] = headers['Authorization']?.replace('Token', 'Bearer') ?? ''
    expect(await judged(headers)).toEqual([200, 'people', 'accepted-bearer'])
  })
})

describe('the gateway answers 403 Forbidden', () => {
  test('without a service key, whatever the token', async () => {
    const { Authorization = '' } = headersOf(own)
    expect(await judged({ Authorization })).toEqual([403, 'Forbidden', 'no-service-key'])
    expect(await judged({})).toEqual([403, 'Forbidden', 'no-service-key'])
  })

  test('to a service key that no firm has, before it looks at the token', async () => {
    const headers = { ...headersOf(own), 'X-API-Key': 'wrong' }
    expect(await judged(headers)).toEqual([403, 'Forbidden', 'wrong-service-key'])
    expect(await judged({ 'X-API-Key': 'wrong' })).toEqual([403, 'Forbidden', 'wrong-service-key'])
  })

  test('to the service key of another firm', async () => {
    const headers = { ...headersOf(own), 'X-API-Key': other.firmServiceKey }
    expect(await judged(headers)).toEqual([403, 'Forbidden', 'wrong-service-key'])
  })
})

describe('the API answers 401', () => {
  test('without Authorization', async () => {
    expect(await judged({ 'X-API-Key': own.firmServiceKey })).toEqual([401, 'Unauthorized', 'no-token'])
  })

  test('to Basic, and to a token without a scheme', async () => {
    const { Authorization = '', ...key } = headersOf(own)
    for (const value of [Authorization.replace('Token', 'Basic'), Authorization.replace('Token ', '')]) {
      expect(await judged({ ...key, Authorization: value })).toEqual([401, 'Unauthorized', 'wrong-scheme'])
    }
  })

  test('to key and secret that are swapped, and to a pair that is not in base64', async () => {
    const swapped = Buffer.from(`${own.apiSecret}:${own.apiKey}`).toString('base64')
    for (const value of [swapped, `${own.apiKey}:${own.apiSecret}`]) {
      const headers = { ...headersOf(own), Authorization: `Token ${value}` }
      expect(await judged(headers)).toEqual([401, 'Unauthorized', 'wrong-token'])
    }
  })

  test('where the path names another firm, or one that does not exist', async () => {
    expect(await judged(headersOf(own), other.firmName)).toEqual([401, 'Unauthorized', 'wrong-firm'])
    expect(await judged(headersOf(own), 'nobody')).toEqual([401, 'Unauthorized', 'wrong-firm'])
  })
})

test('credentials are judged before the path and the body', async () => {
  const response = await fetch(`${sandbox.origin}/v3.0/${own.firmName}/nothing`, {
    method: 'POST',
    body: '{',
  })
  expect(response.status).toBe(403)
})
