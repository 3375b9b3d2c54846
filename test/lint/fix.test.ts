import { describe, expect, test } from '@jest/globals'
import type { Fix } from '../../src/errors/index.ts'
import { exampleSource } from '../../src/lint/example-source.ts'
import { applyFixes, chooseFixes } from '../../src/lint/fix/apply-edits.ts'
import { fixSource } from '../../src/lint/fix/fix-source.ts'
import { lintSource } from '../../src/lint/lint-source.ts'
import type { ExamplePart } from '../../src/lint/rule.ts'
import { documentedRules } from '../../src/lint/rule-codes.ts'

function fix(part: ExamplePart, yaml: string) {
  const source = exampleSource({ part, yaml })
  const before = String(source.read(source.root))
  const { changed, fixed, result } = fixSource(source)
  return { before, after: changed.get(source.root) ?? before, fixed, result }
}

test('a fix leaves comments, key order, quotes and layout as they are', () => {
  const yaml = [
    "url:   '/people/${inputs.person_id}'   # as the provider documents it",
    'method:   get',
    'args:',
    '    # only those who are there',
    '    - { name: "Acept", value: application/json, in: headers }',
    "    - name: 'active'",
    '      in: query',
    "      value: '{{ presnt( $.inputs.person_id ) }}'  # not sent otherwise",
  ].join('\n')
  const { before, after, fixed } = fix('parameters', yaml)
  expect(after).toBe(before.replace('"Acept"', '"Accept"').replace('presnt', 'present'))
  expect(fixed).toBe(2)
})

test('one fix can bring another to light, and both are made', () => {
  const { after, result } = fix('action', 'acton_id: x\nactionType: delete')
  expect(after).toContain('destructiveHint: true')
  expect(result.diagnostics.map(({ code }) => code)).not.toContain('lint/no-confirmation-hint')
})

test('a key that is added stands behind the first one, indented as it is, also in a flow map', () => {
  expect(fix('field', 'key: apiKey\nlabel: API Key\ntype: password\nrequired: true').after).toMatch(
    / {10}key: apiKey\n|secret: true/,
  )
  const flow = fix(
    'action',
    'inputs:\n  - {name: person_id, type: string, in: path, description: Which person.} # why',
  )
  expect(flow.after).toContain('description: Which person., required: true} # why')
})

describe('every fix of an example', () => {
  for (const { code, bad } of documentedRules()) {
    const source = exampleSource(bad)
    const before = lintSource(source)
    if (!before.diagnostics.some((one) => one.code === code && one.fix !== undefined)) continue
    test(`${code}: the file parses after it, and the finding is gone`, () => {
      const { result, fixed } = fixSource(source)
      expect(fixed).toBeGreaterThan(0)
      expect(result.view).not.toBeNull()
      const left = result.diagnostics.filter((one) => one.code === code && one.fix !== undefined)
      expect(left).toEqual([])
    })
  }
})

test('a fix that would leave a file that does not parse is not made', () => {
  const source = exampleSource({ part: 'connector', yaml: 'baseUrl: http://api.acme.example' })
  const [found] = lintSource(source).diagnostics.filter(({ code }) => code === 'lint/insecure-url')
  const edit = found?.fix?.edits[0]
  if (edit === undefined) throw new Error('no fix')
  const harmful: Fix = { description: 'x', edits: [{ ...edit, text: '{ [' }] }
  const rule = {
    ...(documentedRules()[0] as never as object),
    code: 'lint/harmful' as const,
    severity: 'error' as const,
    title: 'x',
    why: 'x',
    remedy: 'x',
    bad: { part: 'connector' as const, yaml: '' },
    good: { part: 'connector' as const, yaml: '' },
    visit: {
      connector(view: { root: never }, report: (at: never, finding: { message: string; fix: Fix }) => void) {
        report(view.root, { message: 'Harm.', fix: harmful })
      },
    },
  }
  const { changed, fixed, result } = fixSource(source, { rules: [rule as never] })
  expect(fixed).toBe(0)
  expect(changed.size).toBe(0)
  expect(result.view).not.toBeNull()
})

test('edits that meet are not made together, and edits are made from the end', () => {
  const at = (start: number, end: number) => ({
    start: { line: 1, column: start + 1, offset: start },
    end: { line: 1, column: end + 1, offset: end },
  })
  const one: Fix = { description: '', edits: [{ file: 'a', range: at(0, 1), text: 'XY' }] }
  const two: Fix = { description: '', edits: [{ file: 'a', range: at(3, 4), text: '' }] }
  const meets: Fix = { description: '', edits: [{ file: 'a', range: at(1, 2), text: '-' }] }
  const chosen = chooseFixes([one, two, meets])
  expect(chosen).toEqual([one, two])
  expect(applyFixes(new Map([['a', 'abcdef']]), chosen)?.get('a')).toBe('XYbcef')
})
