import { expect, test } from '@jest/globals'
import { exampleSource } from '../../src/lint/example-source.ts'
import { fixSource } from '../../src/lint/fix/fix-source.ts'
import { lintPart } from './lint-text.ts'

const reason = '-- The provider gives everything at once.'

test('a comment with a reason turns one code off on the next line, or on its own', () => {
  expect(
    lintPart('action', `# mainspring-disable-next-line lint/action-id-format ${reason}\nactionId: getPerson`),
  ).toEqual([])
  expect(
    lintPart('action', `actionId: getPerson # mainspring-disable-line lint/action-id-format ${reason}`),
  ).toEqual([])
})

test('several comments above a line all speak of it', () => {
  const yaml = `# mainspring-disable-next-line lint/action-id-format ${reason}\n# mainspring-disable-next-line lint/id-differs-from-label ${reason}\nactionId: getPersn`
  expect(lintPart('action', yaml)).toEqual([])
})

test('a comment for the whole file turns a code off everywhere in it', () => {
  expect(
    lintPart(
      'connector',
      `# mainspring-disable lint/insecure-url ${reason}\nbaseUrl: http://api.acme.example`,
    ),
  ).toEqual([])
})

test('without a reason nothing is turned off, and the comment is an error', () => {
  const found = lintPart(
    'action',
    '# mainspring-disable-next-line lint/action-id-format\nactionId: getPerson',
  )
  expect(found.map(({ code }) => code)).toEqual(['lint/disable-without-reason', 'lint/action-id-format'])
})

test('a comment that is no longer needed is reported, and its fix takes the whole line away', () => {
  const yaml = `# mainspring-disable-next-line lint/action-id-format ${reason}\nactionId: get_person`
  const source = exampleSource({ part: 'action', yaml })
  const { changed, result } = fixSource(source)
  expect(lintPart('action', yaml)).toMatchObject([{ code: 'lint/unused-disable', severity: 'warning' }])
  expect(result.diagnostics).toEqual([])
  expect(changed.get(source.root)).not.toContain('mainspring-disable')
})

test('an error of the definition cannot be excused', () => {
  const yaml = `# mainspring-disable-next-line definition/wrong-type ${reason}\ninputs: none`
  expect(lintPart('action', yaml).map(({ code }) => code)).toContain('definition/wrong-type')
})

test('a misspelt code is reported with the one that was meant', () => {
  const [found] = lintPart(
    'action',
    `# mainspring-disable-next-line lint/action-id-fromat ${reason}\nactionId: get_person`,
  )
  expect(found).toMatchObject({ code: 'lint/unknown-disable', hint: 'Did you mean `lint/action-id-format`?' })
})

test('within a text the words are no comment', () => {
  const yaml = "description: 'Reads one person of the firm. # mainspring-disable lint/insecure-url -- no'"
  expect(lintPart('action', yaml)).toEqual([])
})
