import { expect, test } from '@jest/globals'
import { compareConnectors } from '../../src/compat/index.ts'
import { parseDefinition } from '../../src/definition/index.ts'

const base = `StackOne: 1.0.0
info:
  title: Base
  key: base
  version: 1.2.3
baseUrl: https://api.example.com
authentication:
  - custom:
      type: custom
      label: Key
      configFields:
        - key: apiKey
          label: API Key
          type: password
          required: true
          secret: true
      authorization:
        type: bearer
        token: $.credentials.apiKey
actions:
  - actionId: list_things
    label: List Things
    description: Lists things.
    categories: [internal]
    actionType: list
    inputs:
      - name: kind
        type: enum
        oneOf:
          values: [small, large]
        in: query
        required: false
        description: Which kind.
      - name: count
        type: number
        in: query
        required: false
        description: How many.
        rules:
          min: 1
          max: 50
    steps:
      - stepId: get
        description: Read
        stepFunction:
          functionName: request
          parameters:
            url: /things
            method: get
    result:
      data: $.steps.get.output.data
`

function model(text: string) {
  const { model: found, diagnostics } = parseDefinition({
    root: 'base.connector.s1.yaml',
    read: () => text,
  })
  if (found === null) throw new Error(JSON.stringify(diagnostics, undefined, 1))
  return found
}

/** The differences from the base after replacing one text in it. */
function compare(from: string, to: string, version?: string) {
  const text = base.replace(from, to)
  expect(text).not.toBe(base)
  return compareConnectors(model(base), model(version === undefined ? text : text.replace('1.2.3', version)))
}

const cases: readonly (readonly [
  what: string,
  from: string,
  to: string,
  changeClass: string,
  code: string,
])[] = [
  ['an action that has another name', 'list_things', 'list_all', 'breaking', 'compat/action-renamed'],
  [
    'an input that is demanded',
    'required: false\n        description: Which',
    'required: true\n        description: Which',
    'breaking',
    'compat/input-demanded',
  ],
  ['an input that has another name', 'name: kind', 'name: sort', 'breaking', 'compat/input-renamed'],
  ['an input with another type', 'type: number', 'type: string', 'breaking', 'compat/input-type-changed'],
  [
    'an input that takes any text now',
    'type: enum\n        oneOf:\n          values: [small, large]',
    'type: string',
    'feature',
    'compat/input-type-widened',
  ],
  ['a lost value', '[small, large]', '[small]', 'breaking', 'compat/enum-changed'],
  ['a gained value', '[small, large]', '[small, large, huge]', 'feature', 'compat/enum-changed'],
  ['values in another order', '[small, large]', '[large, small]', 'fix', 'compat/enum-order'],
  ['a lower maximum', 'max: 50', 'max: 20', 'breaking', 'compat/input-rules-max-changed'],
  ['a higher maximum', 'max: 50', 'max: 100', 'feature', 'compat/input-rules-max-changed'],
  ['a read that becomes a write', 'method: get', 'method: post', 'breaking', 'compat/effect-changed'],
  ['another base URL', 'api.example.com', 'eu.example.com', 'breaking', 'compat/base-url-changed'],
  ['another path', 'url: /things', 'url: /v2/things', 'fix', 'compat/behaviour-changed'],
  ['a description', 'Lists things.', 'Lists all things.', 'fix', 'compat/wording-changed'],
  ['a lost result field', 'data: $.steps', 'rows: $.steps', 'breaking', 'compat/result-field-removed'],
  [
    'a gained result field',
    'result:\n',
    'result:\n      note: fine\n',
    'feature',
    'compat/result-field-added',
  ],
  ['a secret that is shown', 'secret: true', 'secret: false', 'breaking', 'compat/credential-shown'],
  [
    'a stage that is preview now',
    'actionType: list\n',
    'actionType: list\n    releaseStage: preview\n',
    'breaking',
    'compat/stage-to-preview',
  ],
]

test.each(cases)('%s', (_, from, to, changeClass, code) => {
  const { changes } = compare(from, to)
  const worst = changes.find((change) => change.code === code)
  expect({ found: changes.map((change) => change.code), class: worst?.class }).toMatchObject({
    class: changeClass,
  })
})

test('a new field of the form breaks where it is required, and adds where it is not', () => {
  const field = (required: boolean) =>
    `configFields:\n        - key: region\n          label: Region\n          type: text\n          required: ${required}\n`
  expect(compare('configFields:\n', field(true)).changes[0]).toMatchObject({
    class: 'breaking',
    code: 'compat/credential-added',
  })
  expect(compare('configFields:\n', field(false)).changes[0]).toMatchObject({
    class: 'feature',
    code: 'compat/credential-added',
  })
})

test('paging that appears on a list breaks its callers; so does its end', () => {
  const paging = '    result:\n'
  const paged = base.replace(
    '            method: get\n',
    '            method: get\n        x-mainspring:\n          paging: { style: offset, limitParam: limit, offsetParam: offset }\n          response: { rows: [things] }\n',
  )
  expect(base).toContain(paging)
  const codes = (from: string, to: string) =>
    compareConnectors(model(from), model(to)).changes.map(({ code }) => code)
  expect(codes(base, paged)).toContain('compat/paging-added')
  expect(codes(paged, base)).toContain('compat/paging-removed')
})

test('both places of a change are named, by the key at fault', () => {
  const { changes } = compare('max: 50', 'max: 20')
  expect(changes[0]?.before?.range.start).toMatchObject({ line: 41, column: 11 })
  expect(changes[0]?.after?.range.start).toMatchObject({ line: 41, column: 11 })
  expect(changes[0]).toMatchObject({
    action: 'list_things',
    message: '`max` of input "count" of action "list_things" changed from 50 to 20.',
  })
})

test.each([
  ['a breaking change', 'method: get', 'method: post', '1.3.0', '2.0.0'],
  ['a new ability', '[small, large]', '[small, large, huge]', '1.2.4', '1.3.0'],
  ['anything else', 'Lists things.', 'Lists all things.', '1.2.3', '1.2.4'],
])('%s under too low a version is found, with the version to set', (_, from, to, low, lowest) => {
  const { findings } = compare(from, to, low)
  expect(findings).toMatchObject([
    {
      code: 'compat/version-too-low',
      location: { range: { start: { line: 5, column: 12 } } },
      fix: { edits: [{ text: lowest }] },
    },
  ])
  expect(compare(from, to, lowest).findings).toEqual([])
})

test('before 1.0.0 a minor version may break', () => {
  const early = base.replace('1.2.3', '0.4.0')
  const broken = early.replace('method: get', 'method: post')
  const under = (version: string) =>
    compareConnectors(model(early), model(broken.replace('0.4.0', version))).findings.length
  expect([under('0.4.1'), under('0.5.0')]).toEqual([1, 0])
})

test('the same definition has no changes', () => {
  expect(compareConnectors(model(base), model(base))).toMatchObject({
    changes: [],
    bump: 'none',
    findings: [],
  })
})

test('steps in another order are another way of doing things, and no more', () => {
  const two = base.replace(
    '    result:',
    `      - stepId: more
        description: More
        stepFunction: { functionName: static_values, parameters: { values: 1 } }
    result:`,
  )
  const definition = model(two)
  const swapped = two.replace(/( {6}- stepId: get[\s\S]*?)( {6}- stepId: more[\s\S]*?)( {4}result)/, '$2$1$3')
  expect(swapped).not.toBe(two)
  const { changes } = compareConnectors(definition, model(swapped))
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ class: 'fix' })
})
