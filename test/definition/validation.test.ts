import { expect, test } from '@jest/globals'
import { action, connector, findings, parse, step, textAt } from './text-at.ts'

const root = 'acme.connector.s1.yaml'

function check(text: string) {
  const files = { [root]: text }
  const result = parse(files)
  return { ...result, files, found: findings(files, result.diagnostics) }
}

test('a connector without fault gives a frozen model and no finding', () => {
  const { model, found } = check(connector())
  expect(found).toEqual([])
  expect(model?.key).toBe('acme')
  expect(model?.definition.actions[0]?.actionId).toBe('list_people')
  expect(Object.isFrozen(model?.definition.actions[0]?.steps)).toBe(true)
})

test('a key without effect is a warning that names the key that was probably meant', () => {
  const { model, diagnostics, found } = check(connector({ info: '  asets: {}\n' }))
  expect(found).toEqual(['warning definition/unknown-key asets'])
  expect(diagnostics[0]?.hint).toContain('`assets`')
  expect(diagnostics[0]?.fix?.edits[0]?.text).toBe('assets')
  expect(diagnostics[0]?.pointer).toBe('/info/asets')
  expect(model).not.toBeNull()
})

test('an unknown key of an arg is an error, since the original runtime refuses it', () => {
  const parameters = '            args: [{ name: q, in: query, valeu: 1 }]\n'
  const { model, found } = check(connector({ actions: action({ steps: step({ parameters }) }) }))
  expect(found).toEqual(['error definition/unknown-key valeu'])
  expect(model).toBeNull()
})

test('a missing key is reported at the key of the map that lacks it', () => {
  const { found } = check(connector().replace('  title: Acme\n', ''))
  expect(found).toEqual(['error definition/missing-key info'])
})

test('a missing key of a list item is reported at its first line', () => {
  const { found } = check(
    connector({ actions: action({ steps: '      - stepId: get\n        description: x\n' }) }),
  )
  expect(found).toEqual(['error definition/missing-key stepId: get'])
})

test('a misspelt required key is one error, not two', () => {
  const { found } = check(connector().replace('actionId', 'actionid'))
  expect(found).toEqual(['error definition/unknown-key actionid'])
})

test('a number where a text is meant is read as its text, with a warning', () => {
  const { model, found } = check(connector().replace('version: 1.0.0', 'version: 2'))
  expect(found).toEqual(['warning definition/wrong-type 2'])
  expect(model?.definition.info.version).toBe('2')
})

test('a key without value is read as if it were not there', () => {
  const { model, found } = check(connector({ actions: action({ extra: '    inputs:\n' }) }))
  expect(found).toEqual(['warning definition/wrong-type inputs'])
  expect(model?.definition.actions[0]).not.toHaveProperty('inputs')
})

test('an unknown step function is one error and brings no others with it', () => {
  const { found } = check(connector().replace('functionName: request', 'functionName: reqest'))
  expect(found).toEqual(['error definition/unknown-step-function reqest'])
})

test('a version that a step function does not have is said once', () => {
  const { found } = check(
    connector().replace('functionName: request', 'functionName: request\n          version: 3'),
  )
  expect(found).toEqual(['error definition/unknown-step-function 3'])
})

test('a method in capitals is an error with its fix, and an expression is taken', () => {
  const { found, diagnostics } = check(connector().replace('method: get', 'method: GET'))
  expect(found).toEqual(['error definition/wrong-value GET'])
  expect(diagnostics[0]?.fix?.edits[0]?.text).toBe('get')
  expect(check(connector().replace('method: get', "method: '{{$.inputs.method}}'")).found).toEqual([])
})

test('an authorization of type apiKey needs the name of the key and its value', () => {
  const { found } = check(connector().replace('type: none', 'type: apiKey'))
  expect(found).toEqual([
    'error definition/missing-key authorization',
    'error definition/missing-key authorization',
  ])
  const whole = '{ type: apiKey, key: X-Key, value: $.credentials.apiKey, in: header }'
  expect(check(connector().replace('{ type: none }', whole)).found).toEqual([])
})

test('an unknown key of ours is an error', () => {
  expect(check(connector({ root: 'x-mainspring: { requests: {} }\n' })).found).toEqual([
    'error definition/unknown-key requests',
  ])
})

test('each paging style demands its own keys', () => {
  const steps = `${step()}        x-mainspring: { paging: { style: page, limitParam: limit } }\n`
  const { found, diagnostics } = check(connector({ actions: action({ steps }) }))
  expect(found).toEqual(['error definition/missing-key paging'])
  expect(diagnostics[0]?.message).toContain('`pageParam`')
})

test('former names are read, with a fix', () => {
  const text = connector().replace('actions:', 'operations:').replace('actionId', 'operationId')
  const { model, found } = check(text)
  expect(found).toEqual([
    'warning definition/unknown-key operations',
    'warning definition/unknown-key operationId',
  ])
  expect(model?.definition.actions[0]?.actionId).toBe('list_people')
})

test('former test action ids become test actions', () => {
  const { model, found } = check(
    connector().replace('      label: Key', '      label: Key\n      testActionsIds: [list_people]'),
  )
  expect(found).toEqual(['warning definition/unknown-key testActionsIds'])
  expect(model?.definition.authentication?.[0]?.['key']?.testActions).toEqual([{ action: 'list_people' }])
})

test('a second action or step of one id is an error that shows the first', () => {
  const twice = check(connector({ actions: action() + action({ steps: step() + step() }) }))
  expect(twice.found).toEqual([
    'error definition/duplicate-action list_people',
    'error definition/duplicate-step get',
  ])
  const [related] = twice.diagnostics[0]?.related ?? []
  expect(related && textAt(twice.files, related.location)).toBe('list_people')
  expect(related?.location.range.start.line).toBeLessThan(
    twice.diagnostics[0]?.location.range.start.line ?? 0,
  )
})
