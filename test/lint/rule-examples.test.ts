import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { expressionFunctionNames } from '../../src/expression/index.ts'
import { rules } from '../../src/lint/generated/rule-registry.ts'
import { argumentCounts } from '../../src/lint/knowledge/functions.ts'
import { documentedRules } from '../../src/lint/rule-codes.ts'
import { lintExample, lintPart } from './lint-text.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe.each(documentedRules().map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  test('finds its failing example', () => {
    const found = lintExample(rule.bad).filter((diagnostic) => diagnostic.code === code)
    expect(found.length).toBeGreaterThan(0)
    for (const { message, hint, location, severity } of found) {
      expect(message).toMatch(/^[A-Z"`].*[.:?!")]$/su)
      expect(hint).not.toBe('')
      expect(location.range.start.line).toBeGreaterThan(0)
      expect(['error', 'warning', 'info']).toContain(severity)
    }
    // What loading finds can be tolerated in one place and not in another.
    if (code.startsWith('lint/')) expect(found.map(({ severity }) => severity)).toContain(rule.severity)
  })

  test('lets its passing example pass', () => {
    const codes = lintExample(rule.good).map((diagnostic) => diagnostic.code)
    expect(codes).not.toContain(code)
    expect(codes).not.toContain('definition/syntax')
  })
})

test('there are more rules than any peer has, and no code twice', () => {
  const codes = documentedRules().map(({ code }) => code)
  expect(rules.length).toBeGreaterThanOrEqual(71)
  expect(new Set(codes).size).toBe(codes.length)
})

test('every file of rules/ is a rule of the registry, named as its code', () => {
  const files = globSync('src/lint/rules/*/*.ts', { cwd: root }).map((file) =>
    file.split('/').at(-1)?.replace('.ts', ''),
  )
  expect(files.toSorted()).toEqual(rules.map(({ code }) => code.replace('lint/', '')).toSorted())
})

test('every rule has a page, and every page a rule', () => {
  const pages = globSync('docs/rules/*/*.md', { cwd: root }).map((file) =>
    file.replace('docs/rules/', '').replace('.md', ''),
  )
  expect(pages.toSorted()).toEqual(
    documentedRules()
      .map(({ code }) => code)
      .toSorted(),
  )
  for (const { code, title } of documentedRules()) {
    const page = `${root}docs/rules/${code}.md`
    expect(existsSync(page) && readFileSync(page, 'utf8').includes(title)).toBe(true)
  }
})

test('the whole around an example has no finding of its own', () => {
  expect(lintPart('connector', '')).toEqual([])
})

test('every function with a known number of arguments is one of the language', () => {
  for (const name of Object.keys(argumentCounts)) expect(expressionFunctionNames).toContain(name)
})
