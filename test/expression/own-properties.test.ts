import { describe, expect, test } from '@jest/globals'
import { compileExpression } from '../../src/expression/index.ts'
import { testCases, throws } from './expression-cases.ts'

const context = {
  o: { k: 1 },
  list: [1],
  s: 'text',
  n: 5,
  key: 'constructor',
  run: () => 'ran',
  own: { constructor: 'mine', toString: 'ts', hasOwnProperty: 'hop' },
}

describe('a prototype is out of reach', () => {
  testCases(context, [
    ['$.__proto__', undefined],
    ['$.constructor', undefined],
    ["$.o['__proto__']", undefined],
    ['$.o.constructor.name', undefined],
    ['$.list.constructor', undefined],
    ['$.list.map', undefined],
    ['$.s.at', undefined],
    ['$.o.toString', undefined],
    ['$..constructor', 'mine'],
    ["$.o[('constructor')]", undefined],
    ['$.list[?(@.constructor)]', throws],
    ['$.list[?(@.__proto__)]', throws],
    ["$.list[?(@['const' + 'ructor'])]", throws],
    ['$.list[?(@.toString)]', undefined],
    ['$.list[?(@.toString())]', 1],
    ['$.list[?(@.valueOf())]', throws],
    ['$.list[?(@.toString.constructor)]', throws],
    ["{{o['constructor']}}", undefined],
    ["{{o['__proto__']}}", undefined],
    ['{{o[key]}}', undefined],
    ["{{s['constructor']['name']}}", undefined],
    ["{{list['map']}}", undefined],
    ["{{n['toFixed']}}", undefined],
    ["{{o['toString']}}", undefined],
    ["{{keys(o['constructor'])}}", []],
    ['{{list[.constructors]}}', []],
    ['${o.constructor}', '${o.constructor}'],
    ['${__proto__}', '${__proto__}'],
    ['${..__proto__}', '${..__proto__}'],
  ])
})

describe('keys of the data that look like one are read', () => {
  testCases(context, [
    ['$.own.constructor', 'mine'],
    ["{{own['constructor']}}", 'mine'],
    ['{{own[key]}}', 'mine'],
    ['${own.toString}', 'ts'],
    ["$.own[?(@ == 'hop')]", 'hop'],
    ["$.*[?(@property == 'constructor')]", 'mine'],
  ])
})

describe('nothing of the host is known, and nothing of the data is called', () => {
  testCases(context, [
    ['{{process}}', undefined],
    ['{{globalThis}}', undefined],
    ['{{require("fs")}}', undefined],
    ['{{eval("1")}}', undefined],
    ['{{run()}}', undefined],
    ['$[?(@.call())]', throws],
    ['$.list[?(process)]', throws],
    ['$.list[?(Function("return 1")())]', throws],
    ['$.list[?(@.toString.call(1))]', throws],
    ['$.own[?(@root.run())]', throws],
  ])
})

test('a getter on a class is not run', () => {
  class Tempting {
    get secret(): string {
      throw new Error('The getter ran.')
    }
  }
  const tempting = { it: new Tempting() }
  expect(compileExpression('$.it.secret').evaluate(tempting)).toBeUndefined()
  expect(compileExpression('{{it.secret}}').evaluate(tempting)).toBeUndefined()
  expect(compileExpression('${it.secret}').evaluate(tempting)).toBe('${it.secret}')
})

test('a polluted Object.prototype is not read', () => {
  const polluted = Object.prototype as Record<string, unknown>
  polluted['leaked'] = 'secret'
  try {
    expect(compileExpression('$.leaked').evaluate({})).toBeUndefined()
    expect(compileExpression('{{o.leaked}}').evaluate(context)).toBeUndefined()
    expect(compileExpression('$.list[?(@.leaked)]').evaluate(context)).toBeUndefined()
  } finally {
    delete polluted['leaked']
  }
})

test('evaluation leaves the context as it was', () => {
  const before = structuredClone({ rows: [{ id: 2 }, { id: 1 }], o: { k: 1 } })
  const data = structuredClone(before)
  for (const text of ['$.rows[?(@.id>1)]', '{{rows[.id > 1]}}', '{{ {a: rows} }}', '$..id', '${rows}']) {
    compileExpression(text).evaluate(data)
  }
  expect(data).toEqual(before)
})
