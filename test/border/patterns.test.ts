import { describe, expect, test } from '@jest/globals'
import { compileExpression, explainAction } from '../../src/index.ts'
import { checkTyped } from '../../src/plan/index.ts'
import { createInputCheck } from '../../src/plan/inputs/check-inputs.ts'
import { valueFormats } from '../../src/plan/inputs/value-formats.ts'
import { oneAction, planOf, requestStep } from '../contract/plan-of.ts'
import { thrownBy } from '../transport/requests.ts'

// Wherever the pattern of a definition runs over what somebody else gave, a text made for it holds nobody up. The engine
// of the platform would take longer than the sun for each of these: a test that ends has shown it.
const evil = '(a+)+$'
const long = `${'a'.repeat(50_000)}!`

describe('a pattern that divides its text in ever more ways', () => {
  test('of an input', async () => {
    const plan = planOf(
      oneAction({
        inputs: `[{ name: q, type: string, required: true, description: q, rules: { pattern: '${evil}' } }, { name: r, type: string, required: false, description: r, rules: { pattern: '^b' } }]`,
        steps: requestStep('{ url: /x, method: get }'),
      }),
    )
    const explain = async (inputs: object) => explainAction(plan, 'act', { inputs: { ...inputs } })
    expect(await thrownBy(explain({ q: long, r: 'c' }))).toMatchObject({
      code: 'input/invalid',
      problems: [
        { name: 'q', message: `Input "q" must match ${evil}.` },
        { name: 'r', message: 'Input "r" must match ^b.' },
      ],
    })
    expect((await explain({ q: long.slice(0, -1), r: 'b' })).requests).toHaveLength(1)
  })

  test('of a credential', () => {
    const field = { label: 'Key', type: 'text', required: true, normalization: {} }
    const verdictOf = (typed: string) => checkTyped({ ...field, validation: { pattern: evil } }, typed)
    expect(verdictOf(long)).toMatchObject({ problem: { kind: 'invalid' } })
    expect(verdictOf('aaa')).toEqual({ value: 'aaa' })
  })

  test.each(['@.name.match(/(a+)+b/)', '@.name.search(/(a+)+b/) > 0', '/(a+)+b/.test(@.name)'])(
    'of a filter, over what a provider answers: %s',
    (condition) => {
      const rows = [{ name: long.slice(-10_000) }, { name: 'baab' }]
      expect(compileExpression(`$.rows[?(${condition})].name`).evaluate({ rows })).toBe('baab')
    },
  )

  test('with a reference back to a group, which cannot be searched step by step', async () => {
    const found = compileExpression('$.rows[?(@.name.match(/(?=(a+))\\1*b/))].name')
    expect(found.evaluate({ rows: [{ name: 'aaab' }] })).toBe('aaab')
    const given = async () => found.evaluate({ rows: [{ name: long.slice(-10_000) }] })
    expect(await thrownBy(given())).toMatchObject({ code: 'expression/limit' })
  })
})

test.each(Object.keys(valueFormats))('the built-in format %s takes a text of any length', (name) => {
  const schema = { type: 'object', properties: { v: { type: 'string', format: name } } }
  const check = (v: string) => createInputCheck(schema, [], {})({ v })[0]
  for (const text of [
    long,
    `https://${long} `,
    `a@${'b.'.repeat(50_000)}@`,
    `2026-01-01T00:00:00.${'0'.repeat(50_000)}x`,
  ])
    expect(check(text)).toMatchObject({ code: 'input/invalid', name: 'v' })
})
