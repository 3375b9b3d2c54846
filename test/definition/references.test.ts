import { expect, test } from '@jest/globals'
import { action, connector, type Files, findings, parse, step, textAt } from './text-at.ts'

const root = 'acme.connector.s1.yaml'
const people = 'acme.people.s1.partial.yaml'
const tags = 'acme.tags.s1.partial.yaml'

/** An action as a partial holds it: at the left edge. */
function listed(id: string, faulty = ''): string {
  return action({ id, steps: step({ parameters: faulty }) }).replaceAll(/^ {2}/gm, '')
}

function check(files: Files) {
  const result = parse(files)
  return { ...result, found: findings(files, result.diagnostics) }
}

function actionIds(files: Files): readonly string[] | undefined {
  return parse(files).model?.definition.actions.map(({ actionId }) => actionId)
}

test('several references under actions give the actions of all partials in order', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people # first\n  $ref: acme.tags\n' }),
    [people]: `# People\n${listed('list_people')}${listed('get_person')}`,
    [tags]: listed('list_tags'),
  }
  expect(check(files).found).toEqual([])
  expect(actionIds(files)).toEqual(['list_people', 'get_person', 'list_tags'])
})

test('a reference at the top level brings the keys of its partial', () => {
  const files = {
    [root]: connector({ actions: '' }).replace('actions:\n', '$ref: acme.people\n'),
    [people]: `# People\nactions:\n${listed('list_people')}`,
  }
  expect(check(files).found).toEqual([])
  expect(actionIds(files)).toEqual(['list_people'])
})

test('references as list items stand beside actions', () => {
  const files = {
    [root]: connector({ actions: `  - $ref: acme.people\n${action({ id: 'last' })}` }),
    [people]: listed('list_people'),
  }
  expect(check(files).found).toEqual([])
  expect(actionIds(files)).toEqual(['list_people', 'last'])
})

test('a partial may refer to another one', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people\n' }),
    [people]: `- $ref: acme.tags\n${listed('list_people')}`,
    [tags]: listed('list_tags'),
  }
  expect(actionIds(files)).toEqual(['list_tags', 'list_people'])
})

test('a mistake within a partial is reported in that partial', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people\n' }),
    [people]: listed('list_people', '            args: [{ name: q, in: path }]\n'),
  }
  const { diagnostics, found } = check(files)
  expect(found).toEqual(['error definition/wrong-value path'])
  expect(diagnostics[0]?.location.file).toBe(people)
  expect(diagnostics[0]?.pointer).toBe('/actions/0/steps/0/stepFunction/parameters/args/0/in')
})

test('a reference to a missing partial is the only finding, with the name that was probably meant', () => {
  const files = { [root]: connector({ actions: '  $ref: acme.peple\n' }), [people]: listed('list_people') }
  const { diagnostics, found } = check(files)
  expect(found).toEqual(['error definition/reference-missing acme.peple'])
  expect(diagnostics[0]?.hint).toContain('acme.people')
})

test('a circle of references is reported with its way round', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people\n' }),
    [people]: '- $ref: acme.tags\n',
    [tags]: '- $ref: acme.people\n',
  }
  const { diagnostics, found } = check(files)
  expect(found).toEqual(['error definition/reference-cycle acme.people'])
  expect(diagnostics[0]?.message).toContain('acme.people → acme.tags → acme.people')
  expect(diagnostics[0]?.location.file).toBe(tags)
  expect(diagnostics[0]?.related?.map(({ location }) => textAt(files, location))).toEqual([
    'acme.people',
    'acme.tags',
  ])
})

test.each(['../secrets.people', '/etc/passwd', 'acme', 'acme.people#/0'])(
  'the reference %s is not followed',
  (name) => {
    const { found } = check({
      [root]: connector({ actions: `  $ref: ${name}\n` }),
      [people]: listed('list_people'),
    })
    expect(found).toEqual([`error definition/reference-invalid ${name}`])
  },
)

test('a partial for the top level is taken under actions, with a warning', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people\n' }),
    [people]: `actions:\n${listed('list_people')}`,
  }
  expect(check(files).found).toEqual(['warning definition/reference-invalid actions'])
  expect(actionIds(files)).toEqual(['list_people'])
})

test('a list at the top level cannot stand beside other keys', () => {
  const files = {
    [root]: connector({ actions: '' }).replace('actions:\n', '$ref: acme.people\n'),
    [people]: listed('list_people'),
  }
  expect(check(files).found).toEqual(['error definition/reference-invalid acme.people'])
})

test('the same partial twice is a duplicate of its actions', () => {
  const files = {
    [root]: connector({ actions: '  $ref: acme.people\n  $ref: acme.people\n' }),
    [people]: listed('list_people'),
  }
  expect(check(files).found).toEqual(['error definition/duplicate-action list_people'])
})
