import { describe } from '@jest/globals'
import { testCases } from './expression-cases.ts'

const ann = { name: 'Ann', age: 30, tags: ['x'], on: true }
const bob = { name: 'Bob', age: 17, tags: ['y'], on: false }
const cem = { name: 'Cem', age: 41, tags: ['x', 'y'], on: true }
const context = {
  people: [ann, bob, cem],
  person: ann,
  name: 'root name',
  limit: 20,
  mixed: [null, 0, '', { id: 1 }, 'text'],
  matrix: [[1, 2], [3]],
  none: [],
  nothing: null,
}

describe('a leading dot in brackets makes a filter', () => {
  testCases(context, [
    ['{{people[.age > 18]}}', [ann, cem]],
    ['{{people[ .age > 18 ]}}', [ann, cem]],
    ['{{people[18 < .age]}}', [ann, cem]],
    ['{{people[.age > 99]}}', []],
    ['{{people[.on]}}', [ann, cem]],
    ['{{people[!.on]}}', [bob]],
    ['{{people[.on && .age > 35]}}', [cem]],
    ['{{people[.age > limit]}}', [ann, cem]],
    ['{{people[.age > $.limit]}}', [ann, cem]],
    ['{{people["y" in .tags]}}', [bob, cem]],
    ['{{people[.tags[0] == "x"]}}', [ann, cem]],
    ['{{people[.on ? .age > 35 : true]}}', [bob, cem]],
    ['{{people[.age == people[.name == "Bob"].age]}}', [bob]],
    ['{{people[.age > 18][1].name}}', 'Cem'],
    ['{{people[.age > 18].name}}', 'Ann'],
    ['{{people[.age > 99].name}}', undefined],
    ['{{people[.age > 18][.age > 35]}}', [cem]],
    ['{{person[.age > 18]}}', [ann]],
    ['{{person[.age > 99]}}', []],
    ['{{nope[.x]}}', []],
    ['{{none[.x]}}', []],
    ['{{matrix[.length == 2]}}', [[1, 2]]],
    ['{{values({a: {id: 1}, b: {id: 2}})[.id == 2]}}', [{ id: 2 }]],
    ['{{present(people[.age > 99])}}', true],
    ['{{people[.age > 99] ? 1 : 2}}', 1],
  ])
})

describe('a row that counts as nothing reads the root', () => {
  testCases(context, [
    ['{{mixed[.id == 1]}}', [{ id: 1 }]],
    ['{{mixed[.limit == 20]}}', [null, 0, '']],
    ['{{nothing[.limit == 20]}}', [null]],
    ['{{mixed[.length == 4]}}', ['text']],
  ])
})

describe('a dot deeper inside makes none', () => {
  testCases(context, [
    ['{{people[(.age > 18)]}}', undefined],
    ['{{people[present(.age)]}}', undefined],
    ['{{people[[.age]]}}', undefined],
    ['{{people[true ? .limit : 1]}}', undefined],
    ['{{person[(.name)]}}', undefined],
  ])
})

describe('one row that fails makes the whole program undefined', () => {
  testCases(context, [
    ['{{people[unknown(.age)]}}', undefined],
    ['{{people[.age && unknown()]}}', undefined],
    ['{{people[.nope["x"]]}}', undefined],
    ['{{people[.age | up]}}', undefined],
  ])
})
