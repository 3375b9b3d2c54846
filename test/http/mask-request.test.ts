import { describe, expect, test } from '@jest/globals'
import { maskHeaders, maskUrl, type RequestSecrets } from '../../src/http/index.ts'

const secrets: RequestSecrets = {
  headers: new Map([['authorization', 'Token ***']]),
  query: new Set(['api key', 'sig']),
  values: ['canary-value'],
}

describe('maskUrl', () => {
  test('masks secret parameters however their names are encoded, and keeps the rest as it is', () => {
    const url = 'https://example.com/a%20b?q=1&api+key=x&api%20key=y&sig=z=z&sig&flag#top?sig=1'
    expect(maskUrl(url, secrets)).toBe(
      'https://example.com/a%20b?q=1&api+key=***&api%20key=***&sig=***&sig=***&flag#top?sig=1',
    )
  })

  test('masks a secret value in the path and credentials before the host', () => {
    expect(maskUrl('https://me:word@example.com/hooks/canary-value/x', secrets)).toBe(
      'https://***@example.com/hooks/***/x',
    )
    expect(maskUrl('https://example.com/@name', secrets)).toBe('https://example.com/@name')
  })
})

describe('maskHeaders', () => {
  test('shows the safe text of a secret header, and masks secret values in the others', () => {
    const headers = { authorization: 'Token 123', 'x-note': 'has canary-value in it', accept: '*/*' }
    expect(maskHeaders(headers, secrets)).toEqual({
      authorization: 'Token ***',
      'x-note': 'has *** in it',
      accept: '*/*',
    })
  })
})
