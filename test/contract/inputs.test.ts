import { describe, expect } from '@jest/globals'
import { oneAction, planOf } from './plan-of.ts'
import { proves } from './proves.ts'
import { valuesStep } from './run-steps.ts'

/** Every problem of the inputs, as code and pointer. */
function problemsOf(declared: unknown, inputs: unknown, action = ''): string[] {
  const text = oneAction({ inputs: JSON.stringify(declared), steps: valuesStep('get', 1), action })
  const { actionsById } = planOf(text)
  return (actionsById['act']?.checkInputs(inputs) ?? []).map(({ code, pointer }) => `${code} ${pointer}`)
}

const input = (name: string, more: object = {}) => ({
  name,
  type: 'string',
  description: 'd',
  required: false,
  in: 'body',
  ...more,
})
const accepts = (declared: object, values: readonly unknown[]) =>
  values.map((value) => problemsOf([input('x', declared)], { x: value }).length === 0)

describe('types', () => {
  proves('5/string', 'a text is taken, a number is not made one', () => {
    expect(accepts({ type: 'string' }, ['a', '', 1])).toEqual([true, true, false])
  })
  proves('5/number', 'a number is taken, a text that looks like one is not', () => {
    expect(accepts({ type: 'number' }, [1.5, 0, '1.5'])).toEqual([true, true, false])
  })
  proves('5/boolean', 'true and false are taken, their words are not', () => {
    expect(accepts({ type: 'boolean' }, [true, false, 'false', 0])).toEqual([true, true, false, false])
  })
  proves('5/datetime_string', 'a date, or a date and time, as ISO 8601', () => {
    expect(accepts({ type: 'datetime_string' }, ['2026-01-02', '2026-01-02T03:04:05Z', 'soon', 1])).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  proves('5/array', 'array makes a list of the element type; a single value is none', () => {
    expect(accepts({ type: 'number', array: true }, [[1, 2], [], 1, ['1']])).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  proves(['5/enum', '5/enum-built-in'], 'the values listed, or those of a named set', () => {
    expect(accepts({ type: 'enum', oneOf: { values: ['a', 2] } }, ['a', 2, '2', 'b'])).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(accepts({ type: 'enum', array: true, oneOf: { values: ['a'] } }, [['a'], ['b']])).toEqual([
      true,
      false,
    ])
    for (const [ref, good] of [
      ['employment_status', 'leave'],
      ['employment_type', 'intern'],
      ['gender', 'non_binary'],
      ['marital_status', 'widowed'],
    ] as const)
      expect(accepts({ type: 'enum', oneOf: { ref } }, [good, 'x'])).toEqual([true, false])
  })
})

proves(
  ['5/properties', '5/object'],
  'nested values are checked at every depth, all problems at once, each with the pointer of its value',
  () => {
    const declared = [
      input('who', {
        type: 'object',
        required: true,
        properties: [
          { name: 'name', type: 'string', description: 'd', required: true },
          { name: 'tags', type: 'string', description: 'd', array: true },
          {
            name: 'a/b',
            type: 'object',
            description: 'd',
            properties: [{ name: 'n', type: 'number', description: 'd' }],
          },
        ],
      }),
      input('n', { type: 'number' }),
    ]
    expect(
      problemsOf(declared, { who: { tags: ['x', 1], 'a/b': { n: '1' } }, n: 'x', zz: 1 }).sort(),
    ).toEqual([
      'input/invalid /n',
      'input/invalid /who/a~1b/n',
      'input/invalid /who/tags/1',
      'input/missing /who/name',
      'input/unknown /zz',
    ])
  },
)

describe('rules', () => {
  proves('5/rules.length', 'minLength and maxLength', () => {
    expect(accepts({ rules: { minLength: 2, maxLength: 3 } }, ['a', 'ab', 'abc', 'abcd'])).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  proves('5/rules.pattern', 'a regular expression, also one that only the older syntax allows', () => {
    expect(accepts({ rules: { pattern: '^[\\w\\-]+$' } }, ['a-b', 'a b'])).toEqual([true, false])
  })
  proves('5/rules.range', 'min and max', () => {
    expect(accepts({ type: 'number', rules: { min: 1, max: 2 } }, [0, 1, 2, 3])).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  proves('5/rules.format', 'email, url, uri, uuid, date and datetime', () => {
    for (const [format, good, bad] of [
      ['email', 'a@b.example', 'a@b'],
      ['url', 'https://x.example/y', 'ftp://x'],
      ['uri', 'urn:a:b', 'no'],
      ['uuid', '00000000-0000-4000-8000-000000000000', '0'],
      ['date', '2026-01-31', '31.01.2026'],
      ['datetime', '2026-01-31T10:00:00.5+02', '2026-01-31'],
    ])
      expect([format, ...accepts({ rules: { format } }, [good, bad])]).toEqual([format, true, false])
  })
  proves('5/rules.errorMessage', "the author's words stand in for ours, nested inputs too", () => {
    const nested = input('o', {
      type: 'object',
      properties: [
        { name: 'p', type: 'string', description: 'd', rules: { minLength: 3, errorMessage: 'Too short!' } },
      ],
    })
    const plan = planOf(oneAction({ inputs: JSON.stringify([nested]), steps: valuesStep('get', 1) }))
    expect(plan.actionsById['act']?.checkInputs({ o: { p: 'a' } })).toMatchObject([
      { message: 'Too short!', pointer: '/o/p' },
    ])
  })
})

proves('5/variants', 'any of the shapes is taken, and a value of none is one problem', () => {
  const declared = {
    variants: [
      { type: 'number' },
      { type: 'object', properties: [{ name: 'id', type: 'string', description: 'd', required: true }] },
    ],
  }
  expect(accepts(declared, ['a', 1, { id: 'x' }, { id: 1 }, true])).toEqual([true, true, true, false, false])
  expect(problemsOf([input('x', declared)], { x: { id: 1 } })).toEqual(['input/invalid /x'])
})

describe('validationRules', () => {
  const fields = [input('a'), input('b'), input('c')]
  const rule = (one: object) => `validationRules: ${JSON.stringify([one])}`

  proves('5/atLeastOneOf', 'one of the fields at least; null is none', () => {
    const action = rule({ rule: 'atLeastOneOf', fields: ['a', 'b'] })
    expect(problemsOf(fields, { b: 'x' }, action)).toEqual([])
    expect(problemsOf(fields, { c: 'x' }, action)).toEqual(['input/missing /a'])
  })
  proves('5/mutuallyExclusive', 'one of the fields at most', () => {
    const action = rule({ rule: 'mutuallyExclusive', fields: ['a', 'b'], errorMessage: 'Not both.' })
    expect(problemsOf(fields, { a: 'x', c: 'x' }, action)).toEqual([])
    expect(problemsOf(fields, { a: 'x', b: 'y' }, action)).toEqual(['input/invalid /a'])
  })
  proves('5/requiredIf', 'required where another field equals, does not equal, or is present', () => {
    const when = (condition: object) =>
      rule({ rule: 'requiredIf', field: 'a', condition: { field: 'b', ...condition } })
    expect(problemsOf(fields, { b: 'x' }, when({ equals: 'x' }))).toEqual(['input/missing /a'])
    expect(problemsOf(fields, { b: 'y' }, when({ equals: 'x' }))).toEqual([])
    expect(problemsOf(fields, { b: 'y' }, when({ notEquals: 'x' }))).toEqual(['input/missing /a'])
    expect(problemsOf(fields, { b: 'y' }, when({ present: true }))).toEqual(['input/missing /a'])
    expect(problemsOf(fields, { a: 'z', b: 'y' }, when({ present: true }))).toEqual([])
  })
})
