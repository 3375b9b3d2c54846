import { describe } from '@jest/globals'
import { testCases, throws } from './expression-cases.ts'

const library = {
  name: 'City Library',
  'opening hours': '9-17',
  'a.b': 'dotted',
  'k~v': 'tilde',
  empty: '',
  none: null,
  zero: 0,
  no: false,
  shelves: [
    {
      id: 1,
      tag: 'art',
      books: [
        { title: 'Form', pages: 90 },
        { title: 'Line', pages: 210 },
      ],
    },
    { id: 2, tag: 'law', books: [{ title: 'Deed', pages: 400 }] },
    { id: 3, tag: 'art', books: [] },
  ],
  codes: ['x', 'y', 'z'],
  single: [{ id: 9 }],
  nested: [[1, 2], [3]],
  index: { a: { id: 'ia' }, b: { id: 'ib' } },
  inputs: { '@odata.next': 'N', '@type': 'T', '*': 'star', plain: { '@type': 'deep' } },
}

describe('keys', () => {
  testCases(library, [
    ['$', library],
    ['$.', library],
    ['$.name', 'City Library'],
    ['$.name.', 'City Library'],
    ["$['name']", 'City Library'],
    ['$["name"]', 'City Library'],
    ['$[name]', 'City Library'],
    ["$.['name']", 'City Library'],
    ["$.'name'", 'City Library'],
    ["$['opening hours']", '9-17'],
    ['$[opening hours]', '9-17'],
    ["$['a.b']", 'dotted'],
    ["$['k~v']", 'tilde'],
    ['$.`name', 'City Library'],
    ['$.missing', undefined],
    ['$.missing.deeper', undefined],
    ['$.Name', undefined],
    ['$.empty', ''],
    ['$.none', null],
    ['$.zero', 0],
    ['$.no', false],
    ['$.none.x', undefined],
    ['$.zero.x', undefined],
    ['$.name.length', 12],
    ['$.name[0]', 'C'],
    ['$.empty.length', undefined],
    ["$['it''s']", undefined],
    ['$.name\n', 'City Library'],
    ['$.na\nme', undefined],
  ])
})

describe('indexes', () => {
  testCases(library, [
    ['$.codes[0]', 'x'],
    ['$.codes.1', 'y'],
    ['$.codes[9]', undefined],
    ['$.codes[-1]', undefined],
    ['$.codes[ 0 ]', undefined],
    ['$.codes.length', 3],
    ['$.shelves[1].books[0].title', 'Deed'],
    ['$.codes[(@.length-1)]', 'z'],
    ['$.codes[(0)]', 'x'],
    ["$.index[('b')].id", 'ib'],
    ["$.index[('zz')]", undefined],
    ["$.index[('*')]", undefined],
    ['$.zero[(1)]', throws],
    ['$.codes[(@.length)]', throws],
    ['$.codes[()]', throws],
  ])
})

describe('wildcards unwrap a single match', () => {
  testCases(library, [
    ['$.codes[*]', ['x', 'y', 'z']],
    ['$.codes.*', ['x', 'y', 'z']],
    ['$.single[*]', { id: 9 }],
    ['$.single[*].id', 9],
    ['$.single', [{ id: 9 }]],
    ['$.shelves[2].books[*]', undefined],
    ['$.shelves[*].id', [1, 2, 3]],
    ['$.shelves[*].books[*].title', ['Form', 'Line', 'Deed']],
    ['$.index[*].id', ['ia', 'ib']],
    ['$.nested[*]', [[1, 2], [3]]],
    ['$.nested[*][*]', [1, 2, 3]],
    ['$.name[*]', undefined],
    ['$.none[*]', undefined],
  ])
})

describe('descents', () => {
  testCases(library, [
    ['$..title', ['Form', 'Line', 'Deed']],
    ['$.shelves..pages', [90, 210, 400]],
    ['$...title', ['Form', 'Line', 'Deed']],
    ['$..nothing', undefined],
    ['$.index..', [library.index, library.index.a, library.index.b]],
    ['$.index..*', [library.index.a, library.index.b, 'ia', 'ib']],
    ['$.index.[id]', ['ia', 'ib']],
  ])
})

describe('slices', () => {
  testCases(library, [
    ['$.codes[1:]', ['y', 'z']],
    ['$.codes[:2]', ['x', 'y']],
    ['$.codes[-1:]', 'z'],
    ['$.codes[:-1]', ['x', 'y']],
    ['$.codes[0:3:2]', ['x', 'z']],
    ['$.codes[:]', ['x', 'y', 'z']],
    ['$.codes[0:0]', ['x', 'y', 'z']],
    ['$.codes[2:1]', undefined],
    ['$.codes[::-1]', undefined],
    ['$.name[0:2]', undefined],
    ['$.shelves[0:2].id', [1, 2]],
  ])
})

describe('unions', () => {
  testCases(library, [
    ['$.codes[0,2]', ['x', 'z']],
    ['$.codes[0,0]', ['x', 'x']],
    ['$.codes[0,7]', 'x'],
    ['$.shelves[0].id,tag', [1, 'art']],
    ['$.shelves[*][id,tag]', [1, 'art', 2, 'law', 3, 'art']],
    ["$.shelves[0]['id','tag']", undefined],
    ['$.shelves[0]["id","tag"]', undefined],
    ['$.name,zero', ['City Library', 0]],
    ['$.name,', 'City Library'],
  ])
})

describe('parents, names and types', () => {
  testCases(library, [
    ['$.index.a^', library.index],
    ['$.index.a.id^^', library.index],
    ['$.index.a^.b.id', 'ib'],
    ['$.index.a^b.id', 'ib'],
    ['$.index^^', undefined],
    ['$.index.*~', ['a', 'b']],
    ['$.codes~', 'codes'],
    ['$.codes[*]~', [0, 1, 2]],
    ['$.codes[0]~', '0'],
    ['$.index.a~.ignored', 'a'],
    [
      '$..id^',
      [
        library.shelves[0],
        library.shelves[1],
        library.shelves[2],
        library.single[0],
        library.index.a,
        library.index.b,
      ],
    ],
    ['$.*@string()', ['City Library', '9-17', 'dotted', 'tilde', '']],
    ['$.*@number()', 0],
    ['$.*@integer()', 0],
    ['$.*@boolean()', false],
    ['$.*@null()', null],
    ['$.codes.*@array()', undefined],
    ['$.index.*@object()', [{ id: 'ia' }, { id: 'ib' }]],
    ['$.shelves[0].*@scalar()', [1, 'art']],
    ['$.*@function()', undefined],
    ['$.*@undefined()', undefined],
    ['$.*@nonFinite()', undefined],
    ['$.*@other()', undefined],
    ['$.index.$', library.index],
  ])
})

describe('keys that look like something else', () => {
  testCases(library, [
    ["$.inputs['@odata.next']", 'N'],
    ['$.inputs.@type', 'T'],
    ["$.inputs.plain['@type']", throws],
    ["$.inputs.plain['`@type']", 'deep'],
    ["$.inputs['@nope']", throws],
    ["$.nowhere['@nope']", undefined],
    ["$.inputs['*']", 'star'],
    ["$.index['*'].id", ['ia', 'ib']],
    ['$.index.`x', undefined],
  ])
})

describe('stray signs belong to names', () => {
  testCases(library, [
    ['$.codes]', undefined],
    ['$.]', undefined],
    ['$.codes[]', undefined],
    ['$.name()', undefined],
    ['$.name|zero', undefined],
    ['$.name?', undefined],
    ['$.name$', undefined],
    ['$.x y[z]', undefined],
    ['$.codes[x]y', undefined],
  ])
})
