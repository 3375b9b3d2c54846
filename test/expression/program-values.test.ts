import { describe } from '@jest/globals'
import { testCases } from './expression-cases.ts'

const context = {
  a: 1,
  name: 'Ann',
  nothing: null,
  empty: '',
  list: ['p', 'q'],
  none: [],
  holes: [null, { k: 1 }],
  people: [{ name: 'Ann' }, { name: 'Bob' }],
  person: { name: 'Ann', 'full name': 'Ann Lee', address: { city: 'Rome' }, 5: 'five' },
  field: 'name',
  at: 1,
  $x: 'dollar',
  _y: 'under',
  é: 'accent',
  имя: 'cyrillic',
  when: new Date(0),
}

describe('literals', () => {
  testCases(context, [
    ['{{12}}', 12],
    ['{{1.50}}', 1.5],
    ['{{007}}', 7],
    ['{{-3}}', -3],
    ['{{- 3}}', -3],
    ['{{--3}}', -3],
    ['{{-0}}', -0],
    ['{{true}}', true],
    ['{{false}}', false],
    ['{{"text"}}', 'text'],
    ["{{'text'}}", 'text'],
    ["{{''}}", ''],
    ['{{"it\'s"}}', "it's"],
    ["{{'it\\'s'}}", "it's"],
    ["{{'a\\\\b'}}", 'a\\b'],
    ["{{'a\\\\b\\\\c'}}", 'a\\b\\\\c'],
    ["{{'a\\nb'}}", 'a\\nb'],
    ["{{'end\\'}}", 'end\\'],
    ["{{'two\nlines'}}", 'two\nlines'],
    ["{{'}}'}}", '}}'],
    ["{{'$.a'}}", 'a'],
    ["{{'$5'}}", '$5'],
  ])
})

describe('lists and objects', () => {
  testCases(context, [
    ['{{[]}}', []],
    ['{{[1, name]}}', [1, 'Ann']],
    ['{{[1,,2,]}}', [1, 2]],
    ['{{[,]}}', []],
    ['{{[()]}}', []],
    ['{{[[1], [2]]}}', [[1], [2]]],
    ['{{[-1]}}', [-1]],
    ['{{{}}}', {}],
    ['{{ {} }}', {}],
    ['{{{k: 1}}}', { k: 1 }],
    ['{{ {k: a, l: {m: name}} }}', { k: 1, l: { m: 'Ann' } }],
    ['{{ {k: 1,} }}', { k: 1 }],
    ['{{ {k: 1, k: 2} }}', { k: 2 }],
    ['{{ {k: nope} }}', { k: undefined }],
    ['{{ {k: -1} }}', { k: -1 }],
    ['{{ {k: } }}', undefined],
    ['{{ {k: ()} }}', undefined],
    ['{{ {"k": 1} }}', { k: 1 }],
    ["{{ {'a b': 1, c: 2} }}", { 'a b': 1, c: 2 }],
    ['{{ {k: 5}.k }}', 5],
  ])
})

describe('names', () => {
  testCases(context, [
    ['{{a}}', 1],
    ['{{ a }}', 1],
    ['{{$.a}}', 1],
    ['{{$. a}}', 1],
    ['{{.a}}', 1],
    ['{{. a}}', 1],
    ['{{nope}}', undefined],
    ['{{nothing}}', null],
    ['{{empty}}', ''],
    ['{{null}}', undefined],
    ['{{undefined}}', undefined],
    ['{{True}}', undefined],
    ['{{$x}}', 'dollar'],
    ['{{_y}}', 'under'],
    ['{{é}}', 'accent'],
    ['{{имя}}', 'cyrillic'],
    ['{{inn}}', undefined],
    ['{{ }}', undefined],
    ['{{()}}', undefined],
    ['{{().a}}', 1],
    ['{{(a)}}', 1],
    ['{{((a))}}', 1],
    ['{{(a}}', 1],
    ['{{((a}}', 1],
  ])
})

describe('dots', () => {
  testCases(context, [
    ['{{person.name}}', 'Ann'],
    ['{{person . name}}', 'Ann'],
    ['{{person\n.name}}', 'Ann'],
    ['{{person.address.city}}', 'Rome'],
    ['{{person.nope.deeper}}', undefined],
    ['{{nothing.x}}', undefined],
    ['{{name.length}}', 3],
    ['{{name.nope}}', undefined],
    ['{{a.x}}', undefined],
    ['{{when.x}}', undefined],
    ['{{(person).name}}', 'Ann'],
    ['{{"abc".length}}', 3],
    ['{{5 .x}}', undefined],
    ['{{people.name}}', 'Ann'],
    ['{{people.length}}', undefined],
    ['{{list.length}}', 1],
    ['{{none.x}}', undefined],
    ['{{holes.k}}', undefined],
    ['{{person.$.name}}', 'Ann'],
  ])
})

describe('brackets', () => {
  testCases(context, [
    ['{{list[0]}}', 'p'],
    ['{{list[at]}}', 'q'],
    ['{{list[9]}}', undefined],
    ['{{list["length"]}}', 2],
    ['{{name[0]}}', 'A'],
    ['{{person["full name"]}}', 'Ann Lee'],
    ['{{person[field]}}', 'Ann'],
    ['{{person[5]}}', 'five'],
    ['{{people[1].name}}', 'Bob'],
    ['{{person["address"]["city"]}}', 'Rome'],
    ['{{person[true].name}}', 'Ann'],
    ['{{person[false]}}', undefined],
    ['{{nope[true]}}', undefined],
    ['{{nope["x"]}}', undefined],
    ['{{nothing[0]}}', undefined],
    ['{{list[]}}', undefined],
    ['{{keys(person)[0]}}', '5'],
    ['{{list[0](1)}}', undefined],
  ])
})
