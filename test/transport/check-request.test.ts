import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors/index.ts'
import { checkRequest } from '../../src/transport/check-request.ts'
import { read, thrownBy } from './requests.ts'

const check = (parts: Parameters<typeof read>[1], url = 'https://example.com/a') =>
  checkRequest(read(url, parts))

describe('checkRequest', () => {
  test('takes what HTTP can carry', () => {
    expect(() => check({ headers: { authorization: 'Token a\tb ÿ', 'x-a_b.c': '' } })).not.toThrow()
    expect(() => check({}, 'HTTP://127.0.0.1:80')).not.toThrow()
  })

  test.each([
    ['a line break', 'canary\r\nx-injected: 1'],
    ['a lone line feed', 'canary\n'],
    ['a null', 'canary\0'],
    ['a delete', 'canary\x7f'],
    ['a character beyond Latin-1', 'canary…'],
  ])('refuses %s in a header value, naming the header and not the value', async (_what, value) => {
    const error = await thrownBy((async () => check({ headers: { 'x-key': value } }))())
    expect(error).toBeInstanceOf(InputError)
    expect(error).toMatchObject({
      code: 'input/invalid',
      message: 'The header "x-key" holds a character that no header can carry.',
      problems: [{ code: 'input/invalid', name: 'x-key' }],
    })
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  test.each(['', 'a b', 'a:', 'a\r\nb', 'ä'])('refuses the header name %j without repeating it', (name) => {
    expect(() => check({ headers: { [name]: 'x' } })).toThrow('A header has a name that no header can have.')
  })

  test.each(['content-length', 'Transfer-Encoding', 'connection', 'upgrade', 'expect'])(
    'refuses %s, which frames the message',
    (name) => {
      expect(() => check({ headers: { [name]: '5' } })).toThrow(
        `The header "${name}" is set by Mainspring itself`,
      )
    },
  )

  test.each(['/a', 'example.com', 'ftp://example.com', 'unix:/run/x', 'http://', 'https://exa mple.com'])(
    'refuses the address %j',
    (url) => {
      expect(() => check({}, url)).toThrow('GET /things/{thing_id} is not a valid http or https address')
    },
  )

  test('refuses a HEAD request with a body', () => {
    expect(() => check({ method: 'HEAD', body: 'x' })).toThrow('A HEAD request cannot carry a body.')
  })

  test('names all problems at once', () => {
    expect(() => check({ headers: { a: '\n', b: '\n' } })).toThrow(/"a".*"b"/)
  })
})
