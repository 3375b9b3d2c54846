import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { exampleSource } from '../../src/lint/example-source.ts'
import { lintSource } from '../../src/lint/lint-source.ts'
import { sarifReport } from '../../src/lint/reporters/sarif-report.ts'
import { documentedRules } from '../../src/lint/rule-codes.ts'

const packageFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif')
const schema = JSON.parse(readFileSync(join(dirname(packageFile), 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'))
// Ajv does not know the draft-04 it names; it uses nothing that later drafts read otherwise.
delete schema.$schema
delete schema.id
const validate = new Ajv({
  strict: false,
  validateFormats: false,
  allErrors: true,
  unicodeRegExp: false,
}).compile(schema)

const source = exampleSource({
  part: 'parameters',
  yaml: 'url: /people//${inputs.persn_id}\nmethod: gett\nargs:\n  - {name: Acept, value: a, in: headers}',
})
const findings = [source, ...documentedRules().map(({ bad }) => exampleSource(bad))].flatMap(
  (one) => lintSource(one).diagnostics,
)
const options = { cwd: '/', version: '1.2.3', read: (file: string) => String(source.read(file) ?? '') }

test('the log of every kind of finding is valid by the published schema', () => {
  expect(findings.length).toBeGreaterThan(100)
  validate(sarifReport(findings, options))
  expect(validate.errors ?? []).toEqual([])
  validate(sarifReport([], options))
  expect(validate.errors ?? []).toEqual([])
})

test('the check itself refuses a log that is not one', () => {
  const log = sarifReport(findings, options)
  expect(validate({ ...log, version: '2.0.0' })).toBe(false)
})

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[]
      }
    }
    readonly results: readonly {
      readonly ruleIndex: number
      readonly ruleId: string
      readonly partialFingerprints: Readonly<Record<string, string>>
      readonly fixes?: readonly unknown[]
    }[]
  }[]
}

test('every result names its rule, whose help says how to fix it', () => {
  const [run] = (sarifReport(findings, options) as unknown as Log).runs
  for (const { ruleId, ruleIndex } of run?.results ?? []) {
    const rule = run?.tool.driver.rules[ruleIndex]
    expect(rule?.id).toBe(ruleId)
    expect(rule?.help.text).toContain('How to fix it')
  }
  expect(run?.results.some(({ fixes }) => fixes !== undefined)).toBe(true)
})

test('fingerprints stay when lines are added above, and differ between findings', () => {
  const prints = (text: string) => {
    const moved = { ...source, read: () => text }
    const log = sarifReport(lintSource(moved).diagnostics, { ...options, read: () => text }) as unknown as Log
    return log.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints['mainspring/v1'])
  }
  const text = String(source.read(source.root))
  const before = prints(text)
  expect(prints(`# one more line\n\n${text}`)).toEqual(before)
  expect(new Set(before).size).toBe(before?.length)
})
