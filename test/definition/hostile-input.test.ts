import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { loadDefinition } from '../../src/definition/index.ts'
import { action, connector, findings, parse, step } from './text-at.ts'

const root = 'acme.connector.s1.yaml'

function codes(text: string | Uint8Array, limits = {}): readonly string[] {
  const { model, diagnostics } = parse({ [root]: text }, limits)
  expect(model).toBeNull()
  return [...new Set(diagnostics.map(({ code }) => code))]
}

test('aliases that multiply are refused before they are written out', () => {
  const levels = Array.from({ length: 30 }, (_, level) =>
    level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
  )
  expect(codes(levels.join('\n'))).toEqual(['definition/too-large'])
})

test('partials that multiply are refused before they are written out', () => {
  const files: Record<string, string> = { [root]: connector({ actions: '  $ref: acme.p0\n' }) }
  for (let level = 0; level < 40; level += 1) {
    files[`acme.p${level}.s1.partial.yaml`] =
      `- $ref: acme.p${level + 1}\n- [$ref: acme.p${level + 1}]\n- [$ref: acme.p${level + 1}]\n`
  }
  files['acme.p40.s1.partial.yaml'] = '- x\n'
  const { diagnostics } = parse(files, { maxNodes: 10_000 })
  expect(diagnostics.map(({ code }) => code)).toEqual(['definition/too-large'])
})

test.each([
  ['flow lists', '['.repeat(50_000)],
  ['closed flow lists', `a: ${'['.repeat(300)}${']'.repeat(300)}`],
  ['block lists', `${'- '.repeat(20_000)}x`],
  ['block maps', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('%s within each other are refused', (_kind, text) => {
  expect(codes(text)).toContain('definition/too-large')
})

test('an alias within its own anchor is a finding', () => {
  expect(codes(`${connector()}x: &self [*self]\n`)).toContain('definition/syntax')
})

test('text, tokens and files beyond the limits are refused', () => {
  expect(codes('#'.repeat(2000), { maxFileBytes: 1000 })).toEqual(['definition/too-large'])
  expect(codes('a: [1]\n'.repeat(1000), { maxTokens: 500 })).toEqual(['definition/too-large'])
  const files = { [root]: connector({ actions: '  $ref: acme.a\n' }), 'acme.a.s1.partial.yaml': '- x\n' }
  expect(parse(files, { maxFiles: 1 }).diagnostics.map(({ code }) => code)).toEqual(['definition/too-large'])
})

test.each([
  ['UTF-16', new Uint8Array(Buffer.from(`\uFEFF${connector()}`, 'utf16le'))],
  ['bytes that are no UTF-8', Uint8Array.of(0x61, 0xff, 0xfe)],
  ['a NUL', 'a: \0'],
])('%s is no text', (_kind, content) => {
  expect(codes(content)).toEqual(['definition/unreadable'])
})

test.each([
  ['a tab that indents', 'info:\n\ttitle: x\n'],
  ['an unclosed quote', 'info: "x\n'],
  ['an undefined alias', 'info: *none\n'],
  ['a second document', `${connector()}---\na: 1\n`],
  ['a map as a key', '? { a: 1 }\n: 2\n'],
])('%s is a syntax finding', (_kind, text) => {
  expect(codes(text)).toContain('definition/syntax')
})

test.each([
  '!!binary aGk=',
  '!!timestamp 2026-01-01',
  '!!set { a, b }',
  '!!omap [a: 1]',
  '!!js/function "x"',
])('the tag of %s is told at its place and makes no value of a kind of its own', (tagged) => {
  const parameters = `            args:\n              - { name: x, in: query, value: ${tagged} }\n`
  const files = { [root]: connector({ actions: action({ steps: step({ parameters }) }) }) }
  const { model, diagnostics } = parse(files)
  expect(findings(files, diagnostics)).toContain(`warning definition/syntax ${tagged.split(' ', 1)[0]}`)
  if (model !== null) expect(JSON.parse(JSON.stringify(model.definition))).toEqual(model.definition)
})

test.each(['', '# nothing\n', '- a\n', 'text\n'])('a file that is no map (%j) is one finding', (text) => {
  expect(codes(text)).toEqual(['definition/wrong-type'])
})

test('keys that would reach the prototype are refused and do not', () => {
  const files = { [root]: `${connector()}__proto__: { polluted: true }\n` }
  const { model, diagnostics } = parse(files)
  expect(model).toBeNull()
  expect(findings(files, diagnostics)).toEqual(['error definition/unknown-key __proto__'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('merge keys are refused, since YAML 1.2 would read them as any key', () => {
  const files = { [root]: connector({ info: '  <<: { details: x }\n' }) }
  expect(findings(files, parse(files).diagnostics)).toEqual(['error definition/unknown-key <<'])
})

test('a key that stands twice is shown with the first', () => {
  const files = { [root]: connector({ info: '  key: other\n' }) }
  const { diagnostics } = parse(files)
  expect(findings(files, diagnostics)).toEqual(['error definition/duplicate-key key'])
  expect(diagnostics[0]?.related?.[0]?.location.range.start.line).toBe(4)
})

test('a syntax error in a partial hides no mistake elsewhere and brings none with it', () => {
  const files = {
    [root]: connector({ info: '  asets: {}\n', actions: '  $ref: acme.people\n' }),
    'acme.people.s1.partial.yaml': '- actionId: "x\n',
  }
  const found = parse(files).diagnostics.map(({ code, location }) => `${location.file} ${code}`)
  expect(found[0]).toBe(`${root} definition/unknown-key`)
  expect(new Set(found.slice(1))).toEqual(new Set(['acme.people.s1.partial.yaml definition/syntax']))
})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'definition-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function loadCodes(path: string): Promise<readonly string[]> {
  const { model, diagnostics } = await loadDefinition(path)
  expect(model).toBeNull()
  return diagnostics.map(({ code }) => code)
}

test('a folder gives its connector file, whose path the findings name', async () => {
  writeFileSync(join(folder, root), connector({ info: '  asets: {}\n' }))
  const { model, diagnostics } = await loadDefinition(folder)
  expect(model?.rootFile).toBe(join(folder, root))
  expect(diagnostics[0]?.location.file).toBe(join(folder, root))
})

test('no connector file, several, a partial and a missing path are said plainly', async () => {
  expect(await loadCodes(folder)).toEqual(['definition/not-found'])
  expect(await loadCodes(join(folder, 'none'))).toEqual(['definition/not-found'])
  writeFileSync(join(folder, 'acme.people.s1.partial.yaml'), '[]')
  expect(await loadCodes(join(folder, 'acme.people.s1.partial.yaml'))).toEqual(['definition/not-found'])
  writeFileSync(join(folder, root), connector())
  writeFileSync(join(folder, 'other.connector.s1.yaml'), connector())
  expect(await loadCodes(folder)).toEqual(['definition/not-found'])
})

test('a link that leads out of the folder is not followed', async () => {
  const inner = join(folder, 'inner')
  mkdirSync(inner)
  writeFileSync(join(folder, 'secret.yaml'), '- actionId: secret\n')
  writeFileSync(join(inner, root), connector({ actions: '  $ref: acme.people\n' }))
  symlinkSync(join(folder, 'secret.yaml'), join(inner, 'acme.people.s1.partial.yaml'))
  expect(await loadCodes(inner)).toEqual(['definition/reference-invalid'])
})

test('a named pipe does not stop the reader', async () => {
  execFileSync('mkfifo', [join(folder, root)])
  expect(await loadCodes(join(folder, root))).toEqual(['definition/unreadable'])
})

test('a file of 50 MB is refused without being read', async () => {
  writeFileSync(join(folder, root), Buffer.alloc(50 * 1024 * 1024, 0x23))
  expect(await loadCodes(folder)).toEqual(['definition/too-large'])
})
