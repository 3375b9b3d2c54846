import { describe, expect, test } from '@jest/globals'
import { writeUrlValue } from '../../src/plan/request/url-value.ts'

const coded = (code: string) => expect.objectContaining({ code })

describe('a value in a path', () => {
  test.each(['', '.', '..'])('is refused where it is %j', (value) => {
    expect(() => writeUrlValue(value, 'path', 'inputs.person_id')).toThrow(coded('input/invalid'))
  })

  test.each([
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['a?b#c', 'a%3Fb%23c'],
    ['%2e%2e', '%252e%252e'],
    ['é ü', '%C3%A9%20%C3%BC'],
    [12, '12'],
  ])('is one encoded segment: %j', (value, text) => {
    expect(writeUrlValue(value, 'path', 'inputs.person_id')).toBe(text)
  })

  test('is missing input by its name, and missing credential by its own code', () => {
    expect(() => writeUrlValue(undefined, 'path', 'inputs.person_id')).toThrow(
      expect.objectContaining({ code: 'input/missing', message: expect.stringContaining('"person_id"') }),
    )
    expect(() => writeUrlValue(undefined, 'path', 'credentials.firmName')).toThrow(
      coded('auth/missing-credential'),
    )
  })

  test('may not hold half of a surrogate pair', () => {
    expect(() => writeUrlValue('\ud800', 'path', 'inputs.id')).toThrow(coded('input/invalid'))
  })
})

describe('a value in the host', () => {
  test.each(['acme@evil.test', 'a/b', 'a\\b', 'a:b', 'acme#', 'аcme', '%61', ''])(
    'is refused where it is %j',
    (value) => {
      expect(() => writeUrlValue(value, 'authority', 'credentials.domain')).toThrow(
        coded('auth/invalid-credential'),
      )
    },
  )

  test('may be a name with dots and a port', () => {
    expect(writeUrlValue('acme.example.com:8443', 'authority', 'credentials.domain')).toBe(
      'acme.example.com:8443',
    )
  })
})

test.each(['/a/../b', '/%2e%2E/b', '/a/./b', '/a b', '/a\\..\\b', '/a#b'])(
  'a path that is computed as a whole is refused where it is %j',
  (value) => {
    expect(() => writeUrlValue(value, 'raw', 'inputs.path')).toThrow(coded('input/invalid'))
  },
)
