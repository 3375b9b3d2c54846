import { describe } from '@jest/globals'
import { testCases, throws } from './expression-cases.ts'

const data = {
  rows: [
    { id: 1, name: 'Ann', age: 30, kind: 'a', tags: ['x', 'y'], at: { city: 'Rome' } },
    { id: 2, name: 'Bob', age: 17, kind: 'b', tags: [], at: { city: 'Oslo' } },
    { id: 3, name: 'Cem', kind: 'a', tags: ['y'], at: { city: 'Rome' } },
  ],
  words: ['up', 'down', 'upper'],
  numbers: [1, 5, 9],
  record: { first: { on: true, v: 1 }, second: { on: false, v: 2 } },
  limit: 18,
  wanted: { kind: 'b' },
  none: [],
  odd: [{ toString: 'not a function' }],
}

describe('comparisons', () => {
  testCases(data, [
    ["$.rows[?(@.kind=='b')].id", 2],
    ['$.rows[?(@.kind=="a")].id', [1, 3]],
    ["$.rows[?(@.kind == 'a')].id", [1, 3]],
    ["$.rows[?(@.kind==='a')].id", [1, 3]],
    ["$.rows[?(@.kind!='a')].id", 2],
    ["$.rows[?(@.kind!=='a')].id", 2],
    ['$.rows[?(@.age>18)].id', 1],
    ['$.rows[?(@.age>=17)].id', [1, 2]],
    ['$.rows[?(@.age<18)].id', 2],
    ['$.rows[?(@.age<=17)].id', 2],
    ["$.rows[?(@.id=='2')].name", 'Bob'],
    ["$.rows[?(@.id==='2')].name", undefined],
    ["$.rows[?(@['kind']=='b')].id", 2],
    ["$.rows[?(@.at.city=='Rome')].id", [1, 3]],
    ['$.rows[?(@.nope==undefined)].id', [1, 2, 3]],
    ['$.rows[?(@.nope==null)].id', [1, 2, 3]],
    ['$.rows[?(@.nope===null)].id', undefined],
    ["$.words[?(@ == 'up')]", 'up'],
    ['$.numbers[?(@ > 4)]', [5, 9]],
  ])
})

describe('logic and arithmetic', () => {
  testCases(data, [
    ['$.rows[?(@.age)].id', [1, 2]],
    ['$.rows[?(!@.age)].id', 3],
    ["$.rows[?(@.kind=='a' && @.age>18)].id", 1],
    ["$.rows[?(@.kind=='b' || @.id==3)].id", [2, 3]],
    ["$.rows[?(@.kind=='b' || @.kind=='a' && @.age)].id", [1, 2]],
    ["$.rows[?((@.kind=='b' || @.kind=='a') && @.age)].id", [1, 2]],
    ['$.rows[?(@.id + 1 == 3)].id', 2],
    ['$.rows[?(@.id * 2 - 1 == 3)].id', 2],
    ['$.rows[?(@.id % 2)].id', [1, 3]],
    ['$.rows[?(@.id / 2 == 1)].id', 2],
    ['$.rows[?(-@.id == -2)].id', 2],
    ["$.rows[?(+@.id == '2')].id", 2],
    ['$.rows[?(~@.id == -3)].id', 2],
    ['$.rows[?(@.id & 1)].id', [1, 3]],
    ['$.rows[?((@.id | 1) == 3)].id', [2, 3]],
    ['$.rows[?((@.id ^ 1) == 3)].id', 2],
    ['$.rows[?(@.id << 1 == 4)].id', 2],
    ['$.rows[?(@.id >> 1 == 1)].id', [2, 3]],
    ['$.rows[?(@.id >>> 1 == 1)].id', [2, 3]],
    ["$.rows[?(typeof @.age == 'number')].id", [1, 2]],
    ['$.rows[?(void 0 == @.age)].id', 3],
    ['$.rows[?(@.age ? @.age > 18 : true)].id', [1, 3]],
    ['$.rows[?(1e0 == @.id)].id', 1],
    ['$.rows[?(@.id == .5 + 1.5)].id', 2],
    ["$.rows[?(@.name + '!' == 'Ann!')].id", 1],
    ["$.rows[?(@.name == 'A\\x6en')].id", undefined],
    ["$.words[?(@ + '\\n' == 'up\\n')]", 'up'],
    ['$.rows[?([1,3].includes(@.id))].id', [1, 3]],
    ['$.rows[?()]', undefined],
    ['$.rows[?(true)].id', [1, 2, 3]],
    ['$.rows[?(null)].id', undefined],
  ])
})

describe('what else a filter sees', () => {
  testCases(data, [
    ['$.rows[?(@.age>@root.limit)].id', 1],
    ['$.rows[?(@.kind==@root.wanted.kind)].id', 2],
    ['$.rows[?(@property==1)].id', 2],
    ["$.record[?(@property=='second')].v", 2],
    ['$.record[?(@.on)].v', 1],
    ["$.rows[?(@parentProperty=='rows')].id", [1, 2, 3]],
    ['$.rows[?(@parent.limit==18)].id', [1, 2, 3]],
    ['$.rows[?(@path=="$[\'rows\'][1]")].id', 2],
    ["$.rows[?(@.tags[?(@ == 'x')])].id", 1],
    ['$.rows[?(@.missing[?(@.a)])].id', undefined],
    ['$.rows[?(@.id==2)]^', data.rows],
    ['$.rows[?(@.id==2)]~', 1],
  ])
})

describe('methods and patterns', () => {
  testCases(data, [
    ["$.words[?(@.startsWith('up'))]", ['up', 'upper']],
    ['$.words[?(@.match(/^up/))]', ['up', 'upper']],
    ["$.words[?(@.match('^upp'))]", 'upper'],
    ['$.words[?(@.match(/UP/i))]', ['up', 'upper']],
    ['$.words[?(/^upp/.test(@ ))]', 'upper'],
    ['$.words[?(/u/g.test(@ ))]', ['up', 'upper']],
    ['$.words[?(@.search(/w/) == 2)]', 'down'],
    ["$.words[?(@.toUpperCase() == 'UP')]", 'up'],
    ["$.words[?(@.split('p').length == 3)]", 'upper'],
    ['$.words[?(@.length > 2)]', ['down', 'upper']],
    ["$.rows[?(@.tags.includes('x'))].id", 1],
    ["$.rows[?(@.tags.join('-') == 'x-y')].id", 1],
    ["$.rows[?(@.id.toFixed(1) == '2.0')].id", 2],
    ['$.words[?(@.match(/[)\\]]/))]', undefined],
    ["$.words[?(@['toUpperCase']() == 'UP')]", 'up'],
  ])
})

describe('a filter that fails for one row fails the path', () => {
  testCases(data, [
    ['$.rows[?(@.nope.deeper)]', throws],
    ['$.rows[?(@.at && @.at.city)].id', [1, 2, 3]],
    ['$.rows[?(@.age > $.limit)]', throws],
    ['$.rows[?(@.kind == a)]', throws],
    ['$.rows[?(lower(@.name))]', throws],
    ['$.rows[?(@.name.shout())]', throws],
    ['$.rows[?(@.id.startsWith(1))]', throws],
    ['$.words[?(@.match(@ ))]', throws],
    ['$.words[?(@.repeat(99))]', throws],
    ['$.rows[?(@.constructor)]', throws],
    ["$.rows[?(@['__proto__'])]", throws],
    ["$.odd[?(@ + '')]", throws],
    ['$.odd[?(@ == 1)]', throws],
    ['$.rows[(@root.odd[0])]', throws],
    ['$.none[?(@.nope.deeper)]', undefined],
    ['$.missing[?(@.nope.deeper)]', undefined],
    ['$.rows[?(true || nope)].id', [1, 2, 3]],
  ])
})
