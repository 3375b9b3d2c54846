import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/errors/index.ts'
import { createBaseline, parseBaseline, subtractBaseline } from '../../src/lint/baseline/baseline.ts'
import { createLevelOf } from '../../src/lint/config/create-level-of.ts'
import { readConfig } from '../../src/lint/config/read-config.ts'
import { exampleSource } from '../../src/lint/example-source.ts'
import { lintSource } from '../../src/lint/lint-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mainspring-lint-'))
afterAll(() => rmSync(folder, { recursive: true }))

function config(text: string) {
  const file = join(folder, 'mainspring.config.yaml')
  writeFileSync(file, text)
  return readConfig(file)
}

const at = (line: number): Diagnostic => ({
  code: 'lint/unused-input',
  severity: 'warning',
  message: 'The input "x" is never used.',
  hint: '',
  location: {
    file: '/p/a.yaml',
    range: { start: { line, column: 1, offset: line }, end: { line, column: 2, offset: line + 1 } },
  },
})

test('known findings are not shown, wherever their lines are now; a further one of the same kind is', () => {
  const baseline = createBaseline([at(1)], '/p')
  expect(baseline.findings).toEqual([
    { file: 'a.yaml', code: 'lint/unused-input', message: 'The input "x" is never used.', count: 1 },
  ])
  expect(subtractBaseline([at(9)], baseline, '/p')).toEqual({ diagnostics: [], gone: [] })
  expect(subtractBaseline([at(9), at(10)], baseline, '/p').diagnostics).toEqual([at(10)])
  expect(subtractBaseline([], baseline, '/p').gone).toHaveLength(1)
  expect(parseBaseline(JSON.stringify(baseline))).toEqual(baseline)
  for (const text of ['', '[]', '{"findings":[1]}', '{"findings":[{"file":"a"}]}'])
    expect(parseBaseline(text)).toBeUndefined()
})

test('levels hold for all files, and the last override that fits goes before them', () => {
  const { config: read } = config(
    'rules:\n  lint/unused-input: error\noverrides:\n  - paths: ["legacy/**"]\n    rules: {lint/unused-input: "off"}\n  - paths: ["legacy/new/*.yaml"]\n    rules: {lint/unused-input: info}\nmaxWarnings: 3\nbaseline: known.json\n',
  )
  expect(read).toMatchObject({ maxWarnings: 3, baseline: join(folder, 'known.json') })
  if (read === null) return
  const levelOf = createLevelOf(read)
  expect(levelOf('lint/unused-input', join(folder, 'a/b.yaml'))).toBe('error')
  expect(levelOf('lint/unused-input', join(folder, 'legacy/b/c.yaml'))).toBe('off')
  expect(levelOf('lint/unused-input', join(folder, 'legacy/new/c.yaml'))).toBe('info')
  expect(levelOf('lint/insecure-url', join(folder, 'a.yaml'))).toBeUndefined()
})

test.each([
  ['ruels: {}', 'config/invalid', 'Did you mean `rules`?'],
  ['rules: {lint/unused-inptu: off}', 'config/unknown-rule', 'Did you mean `lint/unused-input`?'],
  ['rules: {lint/unused-input: loud}', 'config/invalid', 'The levels are: off, info, warning, error.'],
  ['rules: []', 'config/invalid', ''],
  ['overrides: [{rules: {}}]', 'config/invalid', ''],
  ['maxWarnings: many', 'config/invalid', ''],
  ['a: [', 'definition/syntax', ''],
])('the mistake in `%s` is found where it is', (text, code, hint) => {
  const { config: read, diagnostics } = config(text)
  expect(read).toBeNull()
  expect(diagnostics[0]).toMatchObject({ code, severity: 'error' })
  expect(diagnostics[0]?.hint).toContain(hint)
})

test('a rule that is off is not reported, one that is raised is an error; an error of loading stays one', () => {
  const source = exampleSource({ part: 'action', yaml: 'actionId: getPerson\ninputs: none' })
  const codes = (levelOf: (code: string) => 'off' | 'error' | undefined) =>
    lintSource(exampleSource({ part: 'action', yaml: 'actionId: getPerson' }), { levelOf }).diagnostics.map(
      ({ code, severity }) => `${severity} ${code}`,
    )
  expect(codes(() => 'off')).toEqual([])
  expect(codes(() => 'error')).toEqual(['error lint/action-id-format'])
  expect(lintSource(source, { levelOf: () => 'off' }).diagnostics.map(({ code }) => code)).toContain(
    'definition/wrong-type',
  )
})
