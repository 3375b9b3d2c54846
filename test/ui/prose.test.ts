import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { html, prose } from '../../src/ui/index.ts'

const shown = (text: string) => String(html`${prose(text)}`)

test.each([
  ['plain & <b>', 'plain &amp; &lt;b&gt;'],
  ['`a` and **b c**.', '<code>a</code> and <strong>b c</strong>.'],
  [
    'See [the guide](https://acme.example/a?b=1#c).',
    'See <a href="https://acme.example/a?b=1#c" rel="noreferrer" target="_blank">the guide</a>.',
  ],
  ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
  ['[x](http://acme.example)', '[x](http://acme.example)'],
  [
    '[<i>](https://a.example/"onclick="x)',
    '<a href="https://a.example/&quot;onclick=&quot;x" rel="noreferrer" target="_blank">&lt;i&gt;</a>',
  ],
  ['2 ** 3 ** 4, *one*', '2 ** 3 ** 4, *one*'],
  ['`**not strong**`', '<code>**not strong**</code>'],
])('%s', (text, expected) => expect(shown(text)).toBe(expected))

test('no text makes an element but code, strong and links to https or mail', () => {
  const pieces = fc.constantFrom(
    '`',
    '**',
    '[',
    '](',
    ')',
    '<script>',
    'https://a.b',
    'javascript:',
    'a',
    ' ',
    '"',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (made) => {
      const tags = shown(made.join('')).match(/<[^>]*>/g) ?? []
      for (const tag of tags)
        expect(tag).toMatch(
          /^<(?:\/?code|\/?strong|\/a|a href="https:[^"<>]*" rel="noreferrer" target="_blank")>$/,
        )
    }),
  )
})
