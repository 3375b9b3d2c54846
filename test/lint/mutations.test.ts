import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { lintConnector } from '../../src/lint/lint-connector.ts'
import { fuzzLinter } from './mutations/fuzz-linter.ts'
import { judgeFile, readFolder } from './mutations/judge-mutations.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const clockwork = join(root, 'connectors/clockwork')
const corpus = join(root, '../shared/corpus')

test('the connector of the repository has no finding', () => {
  expect(lintConnector(clockwork).diagnostics).toEqual([])
})

test('nearly every change of meaning of our connector is found, at its place', () => {
  const verdicts = [...readFolder(clockwork).texts.keys()].flatMap((file) =>
    judgeFile(clockwork, file, 3, 11),
  )
  const found = verdicts.filter((verdict) => verdict.found)
  const placed = found.filter((verdict) => verdict.placed)
  expect(verdicts.length).toBeGreaterThan(35)
  expect(found.length / verdicts.length).toBeGreaterThan(0.9)
  expect(placed.length / found.length).toBeGreaterThan(0.8)
})

test('no damaged input makes the linter throw', () => {
  expect(fuzzLinter(clockwork, 60, 5).crashes).toEqual([])
})

const describeCorpus = existsSync(corpus) ? describe : describe.skip
describeCorpus('the published definitions of the corpus', () => {
  const folders = existsSync(corpus)
    ? readdirSync(corpus, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : []
  test.each(folders.map(({ name }) => name))('%s has no error', (name) => {
    const errors = lintConnector(join(corpus, name)).diagnostics.filter(
      ({ severity }) => severity === 'error',
    )
    expect(errors).toEqual([])
  })
})
