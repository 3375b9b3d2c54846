import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/security.md', root), 'utf8')
const rows = text.split('\n').filter((line) => /^\| .*\|$/.test(line) && !line.includes('---'))
const promises = rows.filter((line) => line.split('|').length === 4 && !line.includes('Shown by'))

test('every promise names a test', () => {
  expect(promises.length).toBeGreaterThan(20)
  expect(promises.filter((line) => !/\| test\/[\w./, -]+\.test\.ts \|$/.test(line))).toEqual([])
})

test('every test that is named is there, and has tests in it', () => {
  const named = [...new Set(text.match(/test\/[\w./-]+\.test\.ts/g))]
  expect(named.length).toBeGreaterThan(12)
  const missing = named.filter((path) => !existsSync(new URL(path, root)))
  expect(missing).toEqual([])
  const silent = named.filter(
    (path) => !/\b(?:test|proves|property)\b/.test(readFileSync(new URL(path, root), 'utf8')),
  )
  expect(silent).toEqual([])
})
