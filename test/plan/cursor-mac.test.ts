import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { hmacSha256 } from '../../src/plan/paging/cursor-token.ts'

test('the code of a cursor is the HMAC that Node makes, for texts and keys of any length up to a block', () => {
  for (const keyBytes of [0, 1, 32, 64])
    for (const text of ['', 'a', 'ünïcode', 'x'.repeat(63), 'x'.repeat(64), 'y'.repeat(10_000)]) {
      const key = Buffer.alloc(keyBytes, 0xa7)
      expect(hmacSha256(key, text)).toEqual(createHmac('sha256', key).update(text).digest())
    }
})
