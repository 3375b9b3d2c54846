import { expect, test } from '@jest/globals'
import { exampleSource } from '../../src/lint/example-source.ts'
import { lintSource } from '../../src/lint/lint-source.ts'
import { lintPart } from './lint-text.ts'

test('a name in an expression is reported at its column within the scalar, quotes and folds included', () => {
  const places = [
    "value: '{{ present($.inputs.persn_id) }}'",
    'value: "{{ present($.inputs.persn_id) }}"',
    'value: id-${inputs.persn_id}',
    'value: >-\n    id-${inputs.persn_id}',
  ]
  for (const value of places) {
    const [found] = lintPart('arg', `name: q\nin: query\n${value}`, 'lint/unknown-input')
    expect(found).toMatchObject({ at: 'persn_id', fix: 'person_id' })
  }
})

test('a syntax error of an expression is reported at its column', () => {
  const [found] = lintPart(
    'arg',
    "name: q\nin: query\nvalue: '{{inputs.a &&& inputs.b}}'",
    'expression/syntax',
  )
  expect(found?.at.length).toBeLessThan(20)
  expect(found?.at).toContain('&')
})

test('a missing key is reported on the first line of the thing that lacks it', () => {
  const found = lintPart(
    'step',
    'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    fields:\n      - {targetFieldKey: id, type: string, expression: $.id}',
    'lint/map-without-source',
  )
  expect(found).toMatchObject([{ at: 'fields:' }])
})

test.each([
  ['too far', '      method: get', '        method: get'],
  ['not far enough', '      method: get', '    method: get'],
  ['by one space', '      url: /me', '       url: /me'],
])('a line indented %s is reported itself, though the parser notices it elsewhere', (_, right, wrong) => {
  const yaml =
    'steps:\n  - stepId: read\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /me\n        method: get\n        args: []\nresult:\n  data: $.steps.read.output.data'
  const source = exampleSource({ part: 'action', yaml })
  const text = String(source.read(source.root))
  const line = text.split('\n').findIndex((one) => one.trim() === right.trim() && one.startsWith('      '))
  const own = text.split('\n')[line] ?? ''
  const slipped = text
    .split('\n')
    .with(
      line,
      own
        .replace(right.trim(), `${' '.repeat(Math.max(0, wrong.length - right.length))}${right.trim()}`)
        .slice(Math.max(0, right.length - wrong.length)),
    )
    .join('\n')
  const [found] = lintSource({ ...source, read: () => slipped }).diagnostics
  expect(found?.severity).toBe('error')
  const lines = [found?.location, ...(found?.related ?? []).map(({ location }) => location)].map(
    (place) => place?.range.start.line,
  )
  expect(lines).toContain(line + 1)
})

test('a part with an error of its own is not judged by rules, and the others are', () => {
  const action = (id: string, more: string) =>
    `  - actionId: ${id}\n    ${more}\n    steps:\n      - stepId: read\n        stepFunction: {functionName: request, parameters: {url: /me, method: get}}\n    result: {data: $.steps.raed.output.data}`
  const found = lintPart(
    'connector',
    `actions:\n${action('one', 'inputs: none')}\n${action('two', 'label: Two')}`,
  )
  expect(found.filter(({ code }) => code === 'lint/unknown-step')).toHaveLength(1)
  expect(found[0]?.code).toBe('definition/wrong-type')
})

test('errors come first, then the order of the file', () => {
  const found = lintPart('action', 'actionId: getPerson\nresult:\n  data: $.steps.raed.output.data')
  expect(found.map(({ severity }) => severity)).toEqual([...found.map(({ severity }) => severity)].toSorted())
})

test('the length of a list of objects is no input that is missing; of one object it is', () => {
  const action = (array: string) =>
    `inputs:\n  - {name: mails, type: object, ${array}in: body, required: false, description: d, properties: [{name: value, type: string, required: true, description: d}]}\nsteps:\n  - stepId: read\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /me\n        method: post\n        args: [{name: m, in: body, value: $.inputs.mails, condition: '{{inputs.mails["length"] > 1}}'}]`
  expect(lintPart('action', action('array: true, '), 'lint/unknown-input')).toEqual([])
  expect(lintPart('action', action(''), 'lint/unknown-input')).toMatchObject([{ at: 'length' }])
})

test('a step that sends a file in pieces has the piece as its item, and says what was sent', () => {
  const action = (extension: string) =>
    `inputs:\n  - {name: file, type: string, in: body, required: true, description: d}\nsteps:\n  - stepId: send\n    stepFunction:\n      functionName: upload_binary\n      parameters:\n        url: /part\n        method: put\n        args: [{name: from, in: query, value: $.iterator.item.offset}]\n        binaryContent: {content: $.inputs.file}\n${extension}result:\n  data: $.steps.send.output.bytes`
  const codes = (extension: string) =>
    ['lint/iterator-outside-loop', 'lint/unknown-output'].flatMap((code) =>
      lintPart('action', action(extension), code).map(({ at }) => [code, at]),
    )
  expect(codes('    x-mainspring: {chunks: {bytes: 1000}}\n')).toEqual([])
  expect(codes('').map(([code]) => code)).toEqual(['lint/iterator-outside-loop', 'lint/unknown-output'])
})
