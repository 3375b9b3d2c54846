import { describe, expect, test } from '@jest/globals'
import { buildXml, parseSoapXml, parseXml, XmlError } from '../../src/http/index.ts'

describe('reading XML', () => {
  test('gives attributes as @_name, keeps prefixes, and texts stay texts', () => {
    expect(parseXml('<?xml version="1.0"?><a:r x="1" y:z="2"><b>007</b><b>x</b><c/></a:r>')).toEqual({
      'a:r': { '@_x': '1', '@_y:z': '2', b: ['007', 'x'], c: '' },
    })
  })

  test('the way of SOAP gives attributes as _name, without prefixes', () => {
    expect(parseSoapXml('<s:a xmlns:s="u" x:q="1"><s:b k="v">t</s:b></s:a>')).toEqual({
      a: { b: { '#text': 't', _k: 'v' }, _q: '1' },
    })
  })

  test('decodes the entities of XML and character references once, and leaves CDATA alone', () => {
    expect(
      parseXml(
        '<a q="&quot;&#39;"><b>&lt;&amp;lt;&gt; &#xFC;&#128512;</b><c><![CDATA[&lt;!DOCTYPE x [&amp;]]></c></a>',
      ),
    ).toEqual({ a: { '@_q': `"'`, b: '<&lt;> ü😀', c: '&lt;!DOCTYPE x [&amp;' } })
    expect(parseXml('<a>&nbsp; &#0; &#xD800; &#x110000;</a>')).toEqual({
      a: '&nbsp; &#0; &#xD800; &#x110000;',
    })
  })

  const laughs = Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  ).join('')
  test.each([
    ['nested entities that grow to gigabytes', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><x>&l9;</x>`],
    ['an entity out of a file', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'],
    ['an entity behind a comment', '<?xml version="1.0"?><!-- c --><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['an entity for parameters', '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><x/>'],
    ['an unclosed element', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['two roots of a name', '<a/><a/>'],
    ['a text alone', 'text'],
    ['elements nested without end', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`],
    ['an element that would change a prototype', '<a><__proto__><x>1</x></__proto__></a>'],
  ])('refuses %s', (_, text) => {
    const start = performance.now()
    for (const parse of [parseXml, parseSoapXml]) expect(() => parse(text)).toThrow(XmlError)
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  test('takes a document type that declares nothing, and expands nothing of it', () => {
    expect(parseXml('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x>&a;</x>')).toEqual({ x: '&a;' })
  })

  test('many openings before a root end in time', () => {
    const start = performance.now()
    expect(() => parseXml(`${'<?a?>'.repeat(50_000)}<!DOCTYPE x [`)).toThrow(XmlError)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('writing XML', () => {
  test('escapes texts and attributes, leaves undefined out, and writes null as empty', () => {
    expect(buildXml({ a: { '@_x': `"<&'`, b: ['<1>', null, 0, false], c: undefined } })).toBe(
      '<a x="&quot;&lt;&amp;&apos;"><b>&lt;1&gt;</b><b/><b>0</b><b>false</b></a>',
    )
  })

  test('gives an attribute that is true or a list its whole text', () => {
    expect(
      buildXml({ a: { '@_yes': true, '@_no': false, '@_ids': [1, '<2>'], '@_none': [], b: [true] } }),
    ).toBe('<a yes="true" no="false" ids="1 &lt;2&gt;" none=""><b>true</b></a>')
  })

  test('what was written reads as it was', () => {
    const value = { r: { '@_a': '"x"', b: ['<a>&amp;', 'ü 😀'], c: { '#text': 't', '@_k': 'v' } } }
    expect(parseXml(buildXml(value))).toEqual(value)
  })

  test.each([
    ['a name that ends its element', { 'a><evil': 1 }],
    ['a name with a space', { a: { 'b c="1"': 1 } }],
    ['an attribute name that is none', { a: { '@_x y': 1 } }],
    ['an attribute that is a map', { a: { '@_x': { y: 1 } } }],
    ['a list in a list', { a: { b: [[1]] } }],
    ['a character that XML has not', { a: 'x\u0001' }],
    ['half of a surrogate pair', { a: '\ud800' }],
    ['too deep a value', { a: Array.from({ length: 200 }).reduce<unknown>((inner) => ({ a: inner }), 1) }],
  ])('refuses %s', (_, value) => {
    expect(() => buildXml(value)).toThrow(XmlError)
  })
})
