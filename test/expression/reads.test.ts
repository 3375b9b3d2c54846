import { describe, expect, test } from '@jest/globals'
import { compileExpression } from '../../src/expression/index.ts'

describe('paths tells what an expression reads', () => {
  test.each<[string, string[]]>([
    ['plain $.', []],
    ['$', ['$']],
    ['$.inputs.page_size', ['inputs.page_size']],
    ["$.inputs['page size']", ["inputs['page size']"]],
    ["$['a.b'].c", ["['a.b'].c"]],
    ['$.items[0].id', ['items[0].id']],
    ['$.items.0', ['items[0]']],
    ['$.items[*].id', ['items[*].id']],
    ['$.items[1:].id', ['items[*].id']],
    ['$..id', ['..id']],
    ['$.a..id', ['a..id']],
    ['$.a,b', ['a', 'b']],
    ['$.rows[0,1].id', ['rows[0].id', 'rows[1].id']],
    ['$.a.b^.c', ['a.c']],
    ['$.a~', ['a']],
    ['$.*@string()', ['[*]']],
    ['$.a.$', ['a']],
    ["$.a['@type']", ["a['@type']"]],
    ['$.a.`@type', ["a['@type']"]],
    ["$.rows[?(@.kind=='a')].id", ['rows[*].id', 'rows[*].kind']],
    ['$.rows[?(@.a.b > @root.limit)]', ['rows[*]', 'rows[*].a.b', 'limit']],
    ["$.rows[?(@['x y'] == @[0])]", ['rows[*]', "rows[*]['x y']", 'rows[*][0]']],
    ['$.rows[?(@[@.key])]', ['rows[*]', 'rows[*][*]']],
    ['$.rows[(@.length-1)].id', ['rows[*].id', 'rows.length']],
    ['{{inputs.a}}', ['inputs.a']],
    ['{{$.inputs.a + $.inputs.b + inputs.a}}', ['inputs.a', 'inputs.b']],
    ['{{steps.get.output.data[0].id}}', ['steps.get.output.data[0].id']],
    ["{{inputs['page size']}}", ["inputs['page size']"]],
    ["{{headers['x']['y'].z}}", ['headers.x.y.z']],
    ['{{rows[index].id}}', ['rows[*].id', 'index']],
    ['{{rows[.id == inputs.id].name}}', ['rows[*].name', 'rows[*].id', 'inputs.id']],
    ['{{rows[.tags[.x].y].z}}', ['rows[*].z', 'rows[*].tags[*].y', 'rows[*].tags[*].x']],
    ['{{keys(o)[.length > n]}}', ['o', 'n']],
    ['{{present(a) && !missing(b)}}', ['a', 'b']],
    ['{{a ? b : c}}', ['a', 'b', 'c']],
    ['{{[a, {k: b}]}}', ['a', 'b']],
    ['{{a != null && b == undefined}}', ['a', 'b']],
    ['{{name.toUpperCase()}}', []],
    ['{{a | f(b)}}', ['a', 'b']],
    ['{{(a).b}}', ['a.b']],
    ['{{(a || b).c}}', ['a', 'b']],
    ['{{1 + 2}}', []],
    ['/x/${inputs.id}/${inputs.id}?q=${inputs.q ?? "all"}', ['inputs.id', 'inputs.q']],
    ['${sp ace}', ['sp ace'].map(() => "['sp ace']")],
    ['${rows[*].id}', ['rows[*].id']],
    ['${a +}', ["['a +']"]],
  ])('%s', (text, paths) => {
    expect(compileExpression(text).paths).toEqual(paths)
  })

  test('with incrementalPath they are the same', () => {
    expect(compileExpression('$.a.sp ace[0]', { incrementalPath: true }).paths).toEqual(["a['sp ace'][0]"])
    expect(compileExpression('$.a[*].b', { incrementalPath: true }).paths).toEqual(['a[*].b'])
  })

  test('unions of unions do not grow without end', () => {
    expect(compileExpression(`$${'[a,b,c]'.repeat(20)}`).paths.length).toBeLessThan(40)
  })
})

describe('reads has the known segments and the place of each', () => {
  function readsOf(text: string): object[] {
    return compileExpression(text).reads.map(({ segments, range }) => ({
      segments,
      text: text.slice(range.start.offset, range.end.offset),
    }))
  }

  test.each<[string, object[]]>([
    ['$.items[0].id', [{ segments: ['items', 0, 'id'], text: '$.items[0].id' }]],
    ['  $.items[*].id', [{ segments: ['items'], text: '$.items[*].id' }]],
    [
      '{{ $.a.b + c }}',
      [
        { segments: ['a', 'b'], text: 'a.b' },
        { segments: ['c'], text: 'c' },
      ],
    ],
    [
      '{{$.rows[.id == $.x].name}}',
      [
        { segments: ['rows'], text: 'rows[.id == $.x].name' },
        { segments: ['rows'], text: '.id' },
        { segments: ['x'], text: 'x' },
      ],
    ],
    [
      '/${ $.a }/${b.c}',
      [
        { segments: ['a'], text: 'a' },
        { segments: ['b', 'c'], text: 'b.c' },
      ],
    ],
    ['${sp ace}', [{ segments: ['sp ace'], text: 'sp ace' }]],
    ["{{a['k']}}", [{ segments: ['a', 'k'], text: "a['k']" }]],
  ])('%s', (text, reads) => {
    expect(readsOf(text)).toEqual(reads)
  })
})

describe('calls has each call and its place', () => {
  test.each<[string, object[]]>([
    [
      '{{present(a, b) && other()}}',
      [
        { name: 'present', count: 2, text: 'present(a, b)' },
        { name: 'other', count: 0, text: 'other()' },
      ],
    ],
    ['{{s.split(",")[0]}}', [{ name: 'split', count: 1, text: 's.split(",")' }]],
    [
      '{{keys(values(o))}}',
      [
        { name: 'keys', count: 1, text: 'keys(values(o))' },
        { name: 'values', count: 1, text: 'values(o)' },
      ],
    ],
    ['x ${encodeBase64(a)}', [{ name: 'encodeBase64', count: 1, text: 'encodeBase64(a)' }]],
    ['{{rows[present(.x)]}}', [{ name: 'present', count: 1, text: 'present(.x)' }]],
    ['$.a', []],
    ['{{a[0](1)}}', [{ name: '', count: 1, text: 'a[0](1)' }]],
  ])('%s', (text, calls) => {
    const found = compileExpression(text).calls.map(({ name, argumentCount, range }) => ({
      name,
      count: argumentCount,
      text: text.slice(range.start.offset, range.end.offset),
    }))
    expect(found).toEqual(calls)
  })
})

describe('constant tells whether the result can change', () => {
  test.each<[string, boolean]>([
    ['text', true],
    ['{{1 + 2}}', true],
    ['{{[1, "a"]}}', true],
    ['{{encodeBase64("a")}}', true],
    ['{{unknown()}}', true],
    ['{{ }}', true],
    ['x ${1 + 1}', true],
    ['${ }', true],
    ['{{a}}', false],
    ['{{null}}', false],
    ['{{now()}}', false],
    ["{{yearsElapsed('2020-01-01')}}", false],
    ['{{keys({})[.length]}}', false],
    ['$.a', false],
    ['$', false],
    ['x ${a}', false],
    ['x ${now()}', false],
    ['x ${sp ace}', false],
  ])('%s: %s', (text, constant) => {
    expect(compileExpression(text).constant).toBe(constant)
  })
})

test('source and location are those of the whole text', () => {
  const { source, location } = compileExpression(' {{a\n+ b}} ')
  expect(source).toBe(' {{a\n+ b}} ')
  expect(location).toEqual({
    start: { line: 1, column: 1, offset: 0 },
    end: { line: 2, column: 7, offset: 11 },
  })
})

test('a compiled expression cannot be changed', () => {
  expect(Object.isFrozen(compileExpression('{{a}}'))).toBe(true)
})

describe('roots tells which names of the context can matter', () => {
  test.each<[string, string[] | undefined]>([
    ['plain', []],
    ['$', undefined],
    ['$.inputs.page_size', ['inputs']],
    ['$.items[*].id', ['items']],
    ['$.items..id', ['items']],
    ['$..id', undefined],
    ['$.*', undefined],
    ['$.a,b', undefined],
    ['$.a^.b', undefined],
    ["$.rows[?(@.kind == 'a')]", ['rows']],
    ['$.rows[?(@.kind == @root.kind)]', undefined],
    ['$.rows[?(@parent.kind)]', undefined],
    ['{{rows[.age > limit].name}}', ['rows', 'age', 'limit']],
    ['{{a[b].c}}', ['a', 'b']],
    ['a $' + '{b.c} $' + '{d-e}', ['b', 'd', 'e', 'd-e']],
    ['$' + '{..b}', undefined],
  ])('%s', (text, roots) => {
    expect(compileExpression(text).roots).toEqual(roots)
  })
})
