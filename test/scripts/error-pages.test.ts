import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { errorCatalogue } from '../../src/errors/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const codes = Object.keys(errorCatalogue)

/** Codes whose room is not built yet. */
const awaited: readonly string[] = []

test('every code has its section on the page, and every section its code', () => {
  const page = readFileSync(`${root}docs/reference/errors.md`, 'utf8')
  expect([...page.matchAll(/^## (.+)$/gm)].map(([, code]) => code)).toEqual(codes)
})

test('every code is used somewhere, and none is awaited any more once it is', () => {
  const sources = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('catalogue.ts'))
    .map((file) => readFileSync(`${root}${file}`, 'utf8'))
  const unused = codes.filter((code) => !sources.some((source) => source.includes(`'${code}'`)))
  expect(unused).toEqual(awaited)
})
