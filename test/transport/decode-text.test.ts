import { describe, expect, test } from '@jest/globals'
import { decodeText } from '../../src/transport/decode-text.ts'

const json = 'application/json'
const latin1 = Buffer.from('grüß', 'latin1')

function decode(body: Buffer, contentType?: string, status = 200): string {
  return decodeText({
    status,
    body,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  })
}

describe('decodeText', () => {
  test.each([
    [undefined, Buffer.from('grüß 😀')],
    [json, Buffer.from('grüß 😀')],
    [`${json}; charset=UTF-8`, Buffer.from('grüß 😀')],
    [`${json};charset="utf8"`, Buffer.from('grüß 😀')],
    [json, Buffer.from('\ufeffgrüß 😀')],
    ['text/csv; charset=utf-16le', Buffer.from('\ufeffgrüß 😀', 'utf16le')],
  ])('reads UTF-8 and UTF-16 with or without a byte order mark (%s)', (contentType, body) => {
    expect(decode(body, contentType)).toBe('grüß 😀')
  })

  test.each(['iso-8859-1', 'latin1', 'windows-1252', 'ISO-8859-15'])('reads %s', (charset) => {
    expect(decode(latin1, `text/plain; a=b; charset=${charset}`)).toBe('grüß')
  })

  test.each([
    undefined,
    json,
    'application/problem+json',
    'text/plain',
    'text/html; charset=utf-8',
    'application/xml',
  ])('refuses wrong bytes in a success of type %s', (contentType) => {
    expect(() => decode(latin1, contentType)).toThrow('it is not valid UTF-8')
  })

  test('replaces wrong bytes in a failure, whose status matters more, and in media that are no text', () => {
    expect(decode(latin1, json, 500)).toBe('gr\ufffd\ufffd')
    expect(decode(latin1, 'application/octet-stream')).toBe('gr\ufffd\ufffd')
  })

  test('refuses a charset it does not know in a success, and takes it for UTF-8 in a failure', () => {
    expect(() => decode(Buffer.from('x'), 'text/plain; charset=klingon')).toThrow('its charset is not known')
    expect(decode(Buffer.from('grüß'), 'text/plain; charset=klingon', 400)).toBe('grüß')
  })

  test('refuses a content encoding that nobody has undone, and takes identity', () => {
    const body = Buffer.from('x')
    const coded = (coding: string, status = 200) =>
      decodeText({ status, body, headers: { 'content-encoding': coding } })
    expect(() => coded('compress')).toThrow('its content encoding is not known')
    expect(coded('compress', 502)).toBe('')
    expect(coded('identity')).toBe('x')
  })

  test('reads no body as an empty text, whatever its type claims', () => {
    expect(decodeText({ status: 200, body: Buffer.alloc(0), headers: { 'content-encoding': 'gzip' } })).toBe(
      '',
    )
  })
})
