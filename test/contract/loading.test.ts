import { expect, test } from '@jest/globals'
import { parseDefinition } from '../../src/definition/index.ts'
import { compileModel } from '../../src/plan/index.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'
import { proves } from './proves.ts'

type Files = Readonly<Record<string, string>>

/** What loading says of some files, of which the first is the root; places as `file:line`. */
function load(files: Files) {
  const [root = ''] = Object.keys(files)
  const { model, diagnostics } = parseDefinition({ root, read: (name) => files[name] })
  const all = [...diagnostics, ...(model === null ? [] : compileModel(model).diagnostics)]
  return {
    ids: model?.definition.actions.map(({ actionId }) => actionId),
    found: all.map(
      ({ severity, code, location: { file, range } }) => `${severity} ${code} ${file}:${range.start.line}`,
    ),
    diagnostics: all,
    model,
  }
}

const head = oneAction({}).split('\nactions:')[0] ?? ''
const root = 'acme.connector.s1.yaml'
const withActions = (actions: string) => `${head}\nactions:\n${actions}`

/** An action as partials hold them: at the left edge. */
function listed(id: string, more = ''): string {
  return `- actionId: ${id}
  label: L
  description: D
  categories: [crm]
  actionType: list
${more}  steps:
    - stepId: get
      description: D
      stepFunction: { functionName: request, parameters: { url: /x, method: get } }
  result: { data: $.steps.get.output.data }
`
}

const indented = (text: string) => text.replace(/^(?=.)/gm, '  ')

proves('1/root-file', 'a connector is its root file', () => {
  expect(planOf({ 'acme.connector.s1.yaml': withActions(indented(listed('a'))) }).key).toBe('acme')
})

proves(
  ['1/partial-file', '1/reference-name', '1/reference-map'],
  'repeated references under actions bring the lists of partials whose names hold dots and capitals',
  () => {
    const { ids, found } = load({
      [root]: withActions('  $ref: acme.process.types\n  $ref: acme.timeOff\n'),
      'acme.process.types.s1.partial.yaml': listed('one'),
      'acme.timeOff.s1.partial.yaml': listed('two'),
    })
    expect({ ids, found }).toEqual({ ids: ['one', 'two'], found: [] })
  },
)

proves('1/reference-root', 'a reference at the top level brings actions with their wrapper', () => {
  const { ids, found } = load({
    [root]: `${head}\n$ref: acme.people\n`,
    'acme.people.s1.partial.yaml': `actions:\n${listed('one')}`,
  })
  expect({ ids, found }).toEqual({ ids: ['one'], found: [] })
})

proves('1/reference-list', 'references stand as items beside actions', () => {
  const { ids, found } = load({
    [root]: withActions(`  - $ref: acme.people\n${indented(listed('two'))}`),
    'acme.people.s1.partial.yaml': listed('one'),
  })
  expect({ ids, found }).toEqual({ ids: ['one', 'two'], found: [] })
})

proves(['1/single-file', '1/any-root'], 'one file with its version in the name is a connector', () => {
  expect(planOf({ 'acme_v1-0-0.s1.yaml': withActions(indented(listed('one'))) }).actions).toHaveLength(1)
})

proves('1/text-inlining', 'a reference beside list items is YAML once its text is put in', () => {
  const files = {
    [root]: withActions(`  $ref: acme.people # first\n${indented(listed('two'))}  $ref: acme.tags\n`),
    'acme.people.s1.partial.yaml': `# People\n${listed('one')}`,
    'acme.tags.s1.partial.yaml': listed('three').replace('label: L', 'lable: L'),
  }
  const { ids, found, diagnostics } = load(files)
  expect(ids).toEqual(['one', 'two', 'three'])
  expect(found).toEqual([
    `warning definition/reference-invalid ${root}:${head.split('\n').length + 3}`,
    'warning definition/unknown-key acme.tags.s1.partial.yaml:2',
  ])
  const misspelt = diagnostics.find(({ code }) => code === 'definition/unknown-key')
  const { start, end } = misspelt?.location.range ?? { start: { offset: 0 }, end: { offset: 0 } }
  expect(files['acme.tags.s1.partial.yaml'].slice(start.offset, end.offset)).toBe('lable')
})

test('an anchor of the root serves a partial, as it does in the text as a whole', () => {
  const { ids, found, model } = load({
    [root]: `categories: &kinds [crm, hris]\n${withActions('  $ref: acme.more\n')}`,
    'acme.more.s1.partial.yaml': listed('two').replace('[crm]', '*kinds'),
  })
  expect(ids).toEqual(['two'])
  expect(model?.definition.actions[0]?.categories).toEqual(['crm', 'hris'])
  expect(found).toEqual(['warning definition/reference-invalid acme.more.s1.partial.yaml:4'])
})

test('a text that is YAML neither apart nor together is told at its own place', () => {
  const { found } = load({
    [root]: withActions('  $ref: acme.people\n'),
    'acme.people.s1.partial.yaml': `${listed('one')} bad: [\n`,
  })
  expect(found[0]).toMatch(/^error definition\/syntax acme\.people\.s1\.partial\.yaml:/)
})

test('references that multiply are stopped by the limit of length', () => {
  const many = (name: string) => `${`- $ref: ${name}\n`.repeat(20)}- a: &x\n- *y\n`
  const files: Record<string, string> = { [root]: withActions('  $ref: acme.p0\n') }
  for (let level = 0; level < 8; level += 1)
    files[`acme.p${level}.s1.partial.yaml`] = many(`acme.p${level + 1}`)
  files['acme.p8.s1.partial.yaml'] = listed('x')
  const { model } = load(files)
  expect(model).toBeNull()
})

proves('1/yaml-1.2', 'words of YAML 1.1 are texts, and partials begin with comments', () => {
  const { model, found } = load({
    [root]: withActions('  $ref: acme.people\n'),
    'acme.people.s1.partial.yaml': `# head\n\n# more\n${listed('one', '  details: no\n  tags: [on, 0777]\n')}`,
  })
  expect(model?.definition.actions[0]).toMatchObject({ details: 'no' })
  expect(found).toEqual(['warning definition/wrong-type acme.people.s1.partial.yaml:10'])
})

proves('1/camel-case', 'a key in snake_case has no effect, and is named with the key that was meant', () => {
  const { diagnostics, found } = load({
    [root]: oneAction({ steps: requestStep('{ url: /x, method: get, encode_query_params: false }') }),
  })
  expect(found).toEqual([`warning definition/unknown-key ${root}:23`])
  expect(diagnostics[0]?.hint).toContain('encodeQueryParams')
})

/** The root after every fix that a finding offers. */
function mend(text: string): string {
  const { diagnostics } = load({ [root]: text })
  const edits = diagnostics.flatMap(({ fix }) => fix?.edits ?? [])
  return edits
    .toSorted((one, other) => other.range.start.offset - one.range.start.offset)
    .reduce(
      (now, { range, text: put }) => now.slice(0, range.start.offset) + put + now.slice(range.end.offset),
      text,
    )
}

proves(
  ['1/former-operations', '1/former-context', '1/former-testActionsIds'],
  'former names are read, each with the fix that makes it the present one',
  () => {
    const present = withActions(indented(listed('one')))
    const former = present
      .replace('\nactions:', '\ncontext: https://docs.acme.test\noperations:')
      .replace('actionId', 'operationId')
      .replace('actionType', 'operationType')
      .replace('      label: Key', '      label: Key\n      testActionsIds:\n        - one')
    const { ids, found, model } = load({ [root]: former })
    expect(ids).toEqual(['one'])
    expect(found.every((line) => line.startsWith('warning definition/unknown-key'))).toBe(true)
    expect(found).toHaveLength(5)
    expect(model?.definition.authentication?.[0]?.['key']?.testActions).toEqual([{ action: 'one' }])
    const mended = load({ [root]: mend(former) })
    expect(mended.found).toEqual([])
    expect(mended.model?.definition).toEqual(model?.definition)
  },
)

test.each([
  [
    'a text that does not parse in an arg',
    requestStep('{ url: /x, method: get, args: [{ name: q, value: "{{a ==}}", in: query }] }'),
    'expression/syntax',
  ],
  ['an unknown parameter', requestStep('{ url: /x, method: get, body: { a: 1 } }'), 'definition/unknown-key'],
  [
    'a number where a text is meant',
    requestStep('{ url: /x, method: get }', '').replace('Calls.', '7'),
    'definition/wrong-type',
  ],
])('%s is a warning, and the connector runs', (_, steps, code) => {
  const { model, found } = load({ [root]: oneAction({ steps }) })
  expect(model).not.toBeNull()
  expect(found).toEqual([expect.stringContaining(`warning ${code}`)])
})

test.each([
  ['an unknown type of input', '[{ name: a, type: array, description: d, in: body }]'],
  ['an unknown place of an input', '[{ name: a, type: string, description: d, in: header }]'],
])('%s is a warning, since the original never looks at it', (_, inputs) => {
  const { model, found } = load({
    [root]: oneAction({ inputs, steps: requestStep('{ url: /x, method: get }') }),
  })
  expect(model).not.toBeNull()
  expect(found).toEqual([expect.stringContaining('warning definition/wrong-value')])
})

test.each([
  ['a URL that does not parse', requestStep('{ url: "{{a ==}}", method: get }'), 'expression/syntax'],
  [
    'an unknown step function',
    requestStep('{ url: /x, method: get }').replace('request', 'requst'),
    'definition/unknown-step-function',
  ],
  [
    'an unknown key of an arg',
    requestStep('{ url: /x, method: get, args: [{ name: q, val: 1, in: query }] }'),
    'definition/unknown-key',
  ],
])('%s is refused, since nothing can run it', (_, steps, code) => {
  const { found } = load({ [root]: oneAction({ steps }) })
  expect(found).toContainEqual(expect.stringContaining(`error ${code}`))
})

proves('14/upper-case-method', 'a method in capitals is refused with its fix', () => {
  const { found, diagnostics } = load({
    [root]: oneAction({ steps: requestStep('{ url: /x, method: GET }') }),
  })
  expect(found).toEqual([expect.stringContaining('error definition/wrong-value')])
  expect(diagnostics[0]?.fix?.edits[0]?.text).toBe('get')
})

proves('14/misspelt-parameter', 'a misspelt parameter is a warning and has no effect', () => {
  const { found, model } = load({
    [root]: oneAction({ steps: requestStep('{ url: /x, method: get, ags: [], body: {} }') }),
  })
  expect(model).not.toBeNull()
  expect(found.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'warning definition/unknown-key',
    'warning definition/unknown-key',
  ])
})

proves('14/yaml-quoting', 'what breaks YAML is told at its place with what to do', () => {
  const { found, diagnostics } = load({
    [root]: oneAction({ result: 'a: b: c', steps: requestStep('{ url: /x, method: get }') }),
  })
  expect(found[0]).toMatch(/^error definition\/syntax/)
  expect(diagnostics[0]?.message).toContain('without being quoted')
})
