import { expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/errors/index.ts'
import { githubReport, jsonReport } from '../../src/lint/index.ts'
import { prettyReport } from '../../src/lint/reporters/pretty-report.ts'

const text = 'info:\n  titel: Acme, 100%\n'
const location = {
  file: '/repo/acme/acme.connector.s1.yaml',
  range: { start: { line: 2, column: 3, offset: 8 }, end: { line: 2, column: 8, offset: 13 } },
}
const finding: Diagnostic = {
  code: 'definition/unknown-key',
  severity: 'warning',
  message: '"titel" is not a key of info.',
  hint: 'Did you mean "title"?',
  location,
  pointer: '/info/titel',
  related: [{ message: 'info begins here', location }],
}

test('people see place, code, the line with its mark, and the hint', () => {
  const report = prettyReport([finding], { colour: false, cwd: '/repo', read: () => text })
  expect(report).toContain('acme/acme.connector.s1.yaml:2:3 warning definition/unknown-key')
  expect(report).toContain('> 2 |   titel: Acme, 100%\n    |   ^^^^^')
  expect(report).toContain('hint Did you mean "title"?')
  expect(report).toContain('info begins here')
  expect(report.endsWith('1 warning')).toBe(true)
})

test('colours are there only where they are asked for', () => {
  const colour = '\u001b['
  expect(prettyReport([finding], { colour: false, read: () => text })).not.toContain(colour)
  expect(prettyReport([finding], { colour: true, read: () => text })).toContain(colour)
})

test('programs get places from 1, relative files and the counts', () => {
  expect(jsonReport([finding], { cwd: '/repo' })).toEqual({
    diagnostics: [
      {
        code: 'definition/unknown-key',
        severity: 'warning',
        message: finding.message,
        hint: finding.hint,
        pointer: '/info/titel',
        location: {
          file: 'acme/acme.connector.s1.yaml',
          range: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
        },
        related: [
          {
            message: 'info begins here',
            location: {
              file: 'acme/acme.connector.s1.yaml',
              range: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
            },
          },
        ],
      },
    ],
    summary: { errors: 0, warnings: 1, infos: 0, files: 1 },
  })
})

test('an annotation is one line whatever its message holds', () => {
  const report = githubReport([{ ...finding, message: 'two\nlines: 100%' }], { cwd: '/repo' })
  expect(report).toBe(
    '::warning file=acme/acme.connector.s1.yaml,line=2,col=3,endLine=2,endColumn=8,title=definition/unknown-key::two%0Alines: 100%25 Did you mean "title"?',
  )
})
