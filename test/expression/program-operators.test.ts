import { describe } from '@jest/globals'
import { testCases } from './expression-cases.ts'

const context = {
  a: 1,
  b: 2,
  c: 3,
  ten: '10',
  s: 'text',
  empty: '',
  zero: 0,
  nothing: null,
  yes: true,
  no: false,
  nan: Number.NaN,
  list: [1, 2],
  words: ['x', 'y'],
  none: [],
  object: { k: 1 },
  odd: { toString: 'not a function' },
  when: new Date(0),
}

describe('arithmetic', () => {
  testCases(context, [
    ['{{a + b}}', 3],
    ['{{a+b}}', 3],
    ['{{b - a}}', 1],
    ['{{b -1}}', 1],
    ['{{5 - -5}}', 10],
    ['{{b * c}}', 6],
    ['{{a / b}}', 0.5],
    ['{{1 / 0}}', Number.POSITIVE_INFINITY],
    ['{{0 / 0}}', Number.NaN],
    ['{{7 // 2}}', 3],
    ['{{-7 // 2}}', -4],
    ['{{7 % 4}}', 3],
    ['{{2 ^ 3}}', 8],
    ['{{2 ^ 3 ^ 2}}', 64],
    ['{{-2 ^ 2}}', 4],
    ['{{10 - 3 - 2}}', 5],
    ['{{10 - (3 - 2)}}', 9],
    ['{{1 + 2 * 3}}', 7],
    ['{{10 * 7 % 3}}', 10],
    ['{{17 % 5 ^ 2}}', 4],
    ['{{a * (0 - b)}}', -2],
    ['{{ten + 1}}', '101'],
    ['{{ten - 1}}', 9],
    ['{{s * 2}}', Number.NaN],
    ['{{nope + 1}}', Number.NaN],
    ['{{nothing + 1}}', 1],
    ['{{(1 + 2}}', 3],
    ['{{odd + ""}}', undefined],
    ['{{odd * 1}}', undefined],
  ])
})

describe('joining texts', () => {
  testCases(context, [
    ['{{s + "-" + a}}', 'text-1'],
    ['{{"v" + nope}}', 'vundefined'],
    ['{{"v" + nothing}}', 'vnull'],
    ['{{"v" + list}}', 'v1,2'],
    ['{{"v" + object}}', 'v[object Object]'],
    ['{{"v" + 1 + 1}}', 'v11'],
    ['{{1 + 1 + "v"}}', '2v'],
  ])
})

describe('comparison', () => {
  testCases(context, [
    ['{{a == 1}}', true],
    ['{{a==1}}', true],
    ['{{ten == 10}}', true],
    ['{{a != 1}}', false],
    ['{{nope == null}}', true],
    ['{{nothing == null}}', true],
    ['{{zero == null}}', false],
    ['{{zero == empty}}', true],
    ['{{nan == nan}}', false],
    ['{{list == list}}', true],
    ['{{[1] == 1}}', true],
    ['{{b > a}}', true],
    ['{{b >= 2}}', true],
    ['{{b < a}}', false],
    ['{{a <= 1}}', true],
    ["{{'10' > '9'}}", false],
    ['{{ten > 9}}', true],
    ['{{nope > 0}}', false],
    ["{{when < '9'}}", true],
    ['{{1 < 2 < 3}}', true],
    ['{{3 > 2 > 1}}', false],
    ['{{a < b == true}}', true],
  ])
})

describe('in', () => {
  testCases(context, [
    ['{{1 in list}}', true],
    ['{{"1" in list}}', false],
    ['{{"ex" in s}}', true],
    ['{{"" in s}}', true],
    ['{{"k" in object}}', false],
    ['{{1 in nope}}', false],
    ['{{nan in [nan]}}', false],
    ['{{1 + 1 in list}}', true],
    ['{{"x" in words && yes}}', true],
    ['{{1in list}}', true],
  ])
})

describe('logic', () => {
  testCases(context, [
    ['{{yes && s}}', 'text'],
    ['{{empty && s}}', ''],
    ['{{no || s}}', 'text'],
    ['{{nothing || empty}}', ''],
    ['{{a || b && c}}', 3],
    ['{{yes || no && no}}', false],
    ['{{yes || (no && no)}}', true],
    ['{{no && no || yes}}', true],
    ['{{!yes}}', false],
    ['{{!!s}}', true],
    ['{{! no}}', true],
    ['{{!none}}', false],
    ['{{!a == 1}}', false],
    ['{{!(a == 2)}}', true],
    ['{{!object.k}}', false],
    ['{{yes || unknown()}}', true],
    ['{{no && unknown()}}', false],
    ['{{no || unknown()}}', undefined],
  ])
})

describe('defaults', () => {
  testCases(context, [
    ['{{nope ?? "d"}}', 'd'],
    ['{{nothing ?? "d"}}', 'd'],
    ['{{empty ?? "d"}}', 'd'],
    ['{{zero ?? "d"}}', 0],
    ['{{no ?? "d"}}', false],
    ['{{empty ?? nothing}}', null],
    ['{{nope ?? nothing ?? "d"}}', 'd'],
    ['{{nope ?? a + 1}}', 2],
    ['{{nope ?? no || yes}}', true],
    ['{{(nope ?? "d") + "!"}}', 'd!'],
    ['{{nope ?? -1}}', -1],
    ['{{s ?? unknown()}}', undefined],
    ['{{none.x ?? "d"}}', undefined],
    ['{{nope.x.y ?? "d"}}', 'd'],
  ])
})

describe('choice', () => {
  testCases(context, [
    ['{{yes ? 1 : 2}}', 1],
    ['{{no ? 1 : 2}}', 2],
    ['{{none ? 1 : 2}}', 1],
    ['{{yes?1:2}}', 1],
    ['{{a > 1 ? "more" : "less"}}', 'less'],
    ['{{"v" + yes ? 1 : 2}}', 1],
    ['{{"v" + (yes ? 1 : 2)}}', 'v1'],
    ['{{no ? 1 : no ? 2 : 3}}', 3],
    ['{{yes ? no ? 1 : 2 : 3}}', 2],
    ['{{no ? 1 : 2 + 3}}', 5],
    ['{{s ?: "d"}}', 'text'],
    ['{{nope ?: "d"}}', 'd'],
    ['{{nope ?: nothing ?: "d"}}', 'd'],
    ['{{yes ? 1 :}}', 1],
    ['{{no ? 1 :}}', undefined],
    ['{{yes ? :}}', true],
    ['{{yes ? -1 : 1}}', -1],
    ['{{yes ? {k: 1} : 2}}', { k: 1 }],
    ['{{ {k: yes ? 1 : 2} }}', { k: 1 }],
    ['{{no ? unknown() : 2}}', 2],
    ['{{(present(s)) ? 1 : 2}}', 1],
    ['{{present(s) && yes ? 1 : 2}}', 1],
    ['{{list[0] ? 1 : 2}}', 1],
    ['{{no ? 1 : (b}}', 2],
    ['{{() ? 1 : 2}}', undefined],
  ])
})

describe('transforms do not exist', () => {
  testCases(context, [
    ['{{s | upper}}', undefined],
    ['{{s | pad(3)}}', undefined],
    ['{{s | a | b}}', undefined],
    ['{{yes || no | upper}}', true],
    ['{{yes | no}}', undefined],
  ])
})
