import { describe, expect, test } from '@jest/globals'
import { compileExpression } from '../../src/expression/index.ts'
import { testCases, throws } from './expression-cases.ts'

const context = {
  name: 'Ann',
  last: 'Lee',
  age: 30,
  zero: 0,
  no: false,
  nothing: null,
  empty: '',
  list: ['a', 'b'],
  none: [],
  object: { k: 1 },
  rows: [{ id: 1 }, { id: 2 }],
  'sp ace': 'spaced',
  'k:1': 'colon',
  'no thing': null,
  'a-b': 'dashed',
  '@t': 'at',
  person: { 'first name': 'Ann', '@type': 'P', in: 'kw', constructor: 'own' },
  odd: { toString: 'not a function' },
  dollars: 'a$$b$&c$`d',
  hole: '${last}',
  spaced: ' v ',
}

describe('holes', () => {
  testCases(context, [
    ['${name}', 'Ann'],
    ['${ name }', 'Ann'],
    ['${\nname\n}', 'Ann'],
    ['${name} ${last}', 'Ann Lee'],
    ['${name}${name}', 'AnnAnn'],
    ['/people/${age}/notes', '/people/30/notes'],
    ['$${age}', '$30'],
    ['\\${age}', '\\30'],
    ['{${age}}', '{30}'],
    ['${$.name}', 'Ann'],
    ['{{ ${name} }}', 'Ann'],
    ['{{name + "${last}"}}', 'name + "Lee"'],
    ['  ${name}  ', 'Ann'],
    ['a  ${name}  b ', 'a  Ann  b'],
    ['>${spaced}<', '> v <'],
    ['a ${spaced}', 'a  v '],
    ['cost $.50, ${name}', 'cost 50, Ann'],
    ["k eq '${name}'", "k eq 'Ann'"],
  ])
})

describe('what a hole holds is a program', () => {
  testCases(context, [
    ['${age + 1}', '31'],
    ['${nope || "d"}', 'd'],
    ['${nope ?? "d"}', 'd'],
    ['${present(name)}', 'true'],
    ['${rows[.id == 2].id}', '2'],
    ['${"lit"}', 'lit'],
    ['${a-b}', 'NaN'],
    ["${list['length']}", '2'],
  ])
})

describe('values become texts', () => {
  testCases(context, [
    ['${zero}', '0'],
    ['${no}', 'false'],
    ['${nothing}', 'null'],
    ['${list}', 'a,b'],
    ['${object}', '[object Object]'],
    ['x${empty}', 'x'],
    ['x${none}', 'x'],
    ['${empty}', throws],
    ['${none}', throws],
    ['${empty}${none}', throws],
    ['{{${empty}}}', throws],
    ['$.${empty}', throws],
  ])
})

describe('a hole that comes to nothing stays as it is', () => {
  testCases(context, [
    ['${nope}', '${nope}'],
    ['x ${nope} y', 'x ${nope} y'],
    ['${nope.deeper}', '${nope.deeper}'],
    ['${null}', '${null}'],
    ['${unknown()}', '${unknown()}'],
    ['${name | up}', '${name | up}'],
    ['${age +}', '${age +}'],
    ['${ }', '${ }'],
    ['${ } ${name}', '${ } Ann'],
    ['a ${} ${name}', 'a ${} Ann'],
    ['a ${name', 'a ${name'],
    ['${odd}', '${odd}'],
    ['${$.nope}', '${nope}'],
    ["${'a}b'} ${name}", "${'a}b'} Ann"],
  ])
})

describe('what is no program is looked up as a path', () => {
  testCases(context, [
    ['${sp ace}', 'spaced'],
    ['${k:1}', 'colon'],
    ['${no thing}', '${no thing}'],
    ['${@t}', 'at'],
    ['${person.first name}', 'Ann'],
    ['${person.@type}', 'P'],
    ['${person.in}', 'kw'],
    ['${person.constructor}', 'own'],
    ['${list.1}', 'b'],
    ['${rows[*].id}', '1,2'],
    ['${..id}', '1,2'],
    ['${rows.0.id}', '1'],
    ['${name.constructor}', '${name.constructor}'],
    ['${*}', '${*}'],
    ['${rows[?(@.nope.x)]}', '${rows[?(@.nope.x)]}'],
    ['${rows[?(@.]}', '${rows[?(@.]}'],
  ])
})

describe('each hole is filled once, with the value as it is', () => {
  testCases(context, [
    ['pw=${dollars};', 'pw=a$$b$&c$`d;'],
    ['${hole} ${last}', '${last} Lee'],
    ['${last} ${hole}', 'Lee ${last}'],
    ['${nope} ${name} ${nope}', '${nope} Ann ${nope}'],
  ])
})

describe('the parts of a template', () => {
  const { template } = compileExpression(' /people/${ inputs.id }?q=${inputs.q}&n=$.1 ')

  test('are texts and holes in order, blanks at the ends left out', () => {
    expect(template?.map((part) => (part.kind === 'text' ? part.value : `<${part.source}>`))).toEqual([
      '/people/',
      '<inputs.id>',
      '?q=',
      '<inputs.q>',
      '&n=1',
    ])
  })

  test('each hole is evaluated by itself, and not made a text', () => {
    const id = template?.[1]
    if (id?.kind !== 'hole') throw new Error('Expected a hole.')
    expect(id.evaluate({ inputs: { id: 0 } })).toBe(0)
    expect(id.evaluate({ inputs: { id: null } })).toBeNull()
    expect(id.evaluate({ inputs: { id: [1] } })).toEqual([1])
    expect(id.evaluate({ inputs: {} })).toBeUndefined()
    expect(id.evaluate(null)).toBeUndefined()
    expect(id.paths).toEqual(['inputs.id'])
    expect(id.range.start.column).toBe(10)
    expect(id.range.end.column).toBe(24)
  })

  test('a hole that is no program says why', () => {
    const parts = compileExpression('${a +} ${sp ace} ${name}').template ?? []
    expect(parts.map((part) => (part.kind === 'hole' ? part.problem?.message : part.value))).toEqual([
      'The expression ends too early.',
      ' ',
      'ace is not expected here.',
      ' ',
      undefined,
    ])
  })

  test('other kinds have none', () => {
    expect(compileExpression('text').template).toBeUndefined()
    expect(compileExpression('$.a').template).toBeUndefined()
    expect(compileExpression('{{a}}').template).toBeUndefined()
  })
})
