import { describe, expect, test } from '@jest/globals'
import { compileExpression } from '../../src/expression/index.ts'
import { faultOf } from './expression-cases.ts'

describe('a program that is refused names the place', () => {
  test.each([
    ['{{a +}}', '', 6],
    ['{{+ a}}', '+', 3],
    ['{{a b}}', 'b', 5],
    ['{{a 1}}', '1', 5],
    ["{{'a' 'b'}}", "'b'", 7],
    ['{{a)}}', ')', 4],
    ['{{a]}}', ']', 4],
    ['{{{a}}', '', 5],
    ['{{a,}}', ',', 4],
    ['{{a : b}}', ':', 5],
    ['{{(a + (b}}', '', 10],
    ['{{a + (b}}', '', 9],
    ['{{[a}}', '', 5],
    ['{{a[0}}', '', 6],
    ['{{a[0)}}', ')', 6],
    ['{{f(a}}', '', 6],
    ['{{f(a b)}}', 'b', 7],
    ['{{f(a)(b)}}', '(', 7],
    ['{{(a)(b)}}', '(', 6],
    ['{{(a)[0]}}', '[', 6],
    ['{{[1][0]}}', '[', 6],
    ["{{'a'[0]}}", '[', 6],
    ['{{{k: 1}[0]}}', '[', 9],
    ['{{a..b}}', '.', 5],
    ['{{a.}}', '', 5],
    ['{{a.0}}', '0', 5],
    ['{{a.in}}', 'in', 5],
    ['{{a.true}}', 'true', 5],
    ['{{.5}}', '5', 4],
    ['{{1e3}}', 'e3', 4],
    ['{{1_000}}', '_000', 4],
    ['{{-a}}', '-', 3],
    ['{{-(1)}}', '-', 3],
    ["{{-'a'}}", '-', 3],
    ['{{a * -b}}', '-', 7],
    ['{{f(1, -2)}}', '-', 8],
    ['{{a === b}}', '=', 7],
    ['{{a = b}}', '=', 5],
    ['{{a => b}}', '=', 5],
    ['{{a & b}}', '&', 5],
    ['{{a ~ b}}', '~', 5],
    ['{{a # b}}', '#', 5],
    ['{{a ; b}}', ';', 5],
    ['{{`a`}}', '`', 3],
    ['{{😀}}', '😀', 3],
    ['{{ё}}', 'ё', 3],
    ['{{a || || b}}', '||', 8],
    ['{{a ?? }}', '', 7],
    ['{{a ??? b}}', '?', 7],
    ['{{? 1 : 2}}', '?', 3],
    ['{{a ? 1}}', '', 8],
    ['{{a ?}}', '', 6],
    ['{{a ? ? 1 : 2 : 3}}', '?', 7],
    ['{{present(a) ? 1 : 2}}', '?', 14],
    ['{{!present(a) ? 1 : 2}}', '?', 15],
    ['{{a | f ? 1 : 2}}', '?', 9],
    ['{{a |}}', '', 6],
    ['{{| a}}', '|', 3],
    ['{{!}}', '', 4],
    ['{{a!}}', '!', 4],
    ['{{a + ()}}', '', 9],
    ['{{!()}}', '', 6],
    ['{{() + 1}}', '+', 6],
    ['{{() | f}}', '|', 6],
    ["{{'open}}", "'", 3],
    ['{{"open}}', '"', 3],
    ["{{a + '}}", "'", 7],
    ['{{ {1: 2} }}', '1', 5],
    ['{{ {true: 1} }}', 'true', 5],
    ['{{ {a 1} }}', '1', 7],
    ['{{ {,} }}', ',', 5],
    ['{{ {"__proto__": 1} }}', '"__proto__"', 5],
    ['{{a}} {{b}}', '}', 4],
    ['{{{{a}}}}', '{', 4],
    ['{{[*]}}', '*', 4],
    ['{{constructor}}', 'constructor', 3],
    ['{{a.toString}}', 'toString', 5],
    ['{{valueOf()}}', 'valueOf', 3],
    ['{{s | constructor}}', 'constructor', 7],
  ])('%s', (text, at, column) => {
    expect(faultOf(text)).toEqual({ code: 'expression/syntax', at, column })
  })

  test('columns count from what the author wrote, with every $. and blank in front', () => {
    expect(faultOf('  {{ $.a + $.b + }}')).toEqual({ code: 'expression/syntax', at: '', column: 17 })
    expect(faultOf('{{$.a $.b}}')).toEqual({ code: 'expression/syntax', at: 'b', column: 9 })
  })

  test('a fault on a later line has its line', () => {
    expect(() => compileExpression('{{a\n  && && b}}')).toThrow(
      expect.objectContaining({
        range: { start: { line: 2, column: 6, offset: 9 }, end: { line: 2, column: 8, offset: 11 } },
      }),
    )
  })

  test.each([
    ['{{present(a) ? 1 : 2}}', 'Put the condition in parentheses: `(present(x)) ? a : b`.'],
    ['{{-a}}', 'Write `0 - x` for the negative of a value.'],
    ['{{a === b}}', 'Compare with == and !=; there is no ===, and nothing can be assigned.'],
    ['{{a.constructor}}', "Write it in brackets: ['constructor']."],
  ])('%s comes with a hint', (text, hint) => {
    expect(() => compileExpression(text)).toThrow(expect.objectContaining({ hint }))
  })
})
