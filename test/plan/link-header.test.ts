import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseNextLink } from '../../src/plan/paging/link-header.ts'

const at = 'https://api.test/v1/items?page=1'

test.each([
  ['<https://api.test/v1/items?page=2>; rel="next"', 'https://api.test/v1/items?page=2'],
  ['</v1/items?page=2>; rel=next', 'https://api.test/v1/items?page=2'],
  [
    '<?page=0>; rel="prev", <?page=2>; title="a, b; rel=x"; rel="last next"',
    'https://api.test/v1/items?page=2',
  ],
  ['<?page=2>; REL="NEXT"', 'https://api.test/v1/items?page=2'],
])('the next link of %s is found', (header, url) => {
  expect(parseNextLink(header, at)).toBe(url)
})

test.each([undefined, '', '<?page=0>; rel="prev"', '<?page=2>', 'rel="next"', '<http://[>; rel="next"'])(
  '%s has no next link',
  (header) => {
    expect(parseNextLink(header, at)).toBeUndefined()
  },
)

test('no text makes it fail', () => {
  fc.assert(fc.property(fc.string(), (header) => void parseNextLink(header, at)))
})
