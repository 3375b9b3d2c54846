import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/errors/index.ts'
import { lintFolders } from '../../src/lint/index.ts'

const count = 40
let folder: string
let paths: readonly string[]

/** Connectors with one mistake each, told apart by their keys; every seventh cannot be parsed at all. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-threads-'))
  paths = Array.from({ length: count }, (_, at) => join(folder, `acme${at}`))
  for (const [at, path] of paths.entries()) {
    await mkdir(path)
    const text =
      at % 7 === 3
        ? 'StackOne: [1.0.0\n'
        : `StackOne: 1.0.0\ninfo: {title: Acme, key: acme${at}, version: 1.0.0, description: x}\nbaseUrl: http://a.example\nauthentication: []\nactions: []\n`
    await writeFile(join(path, `acme${at}.connector.s1.yaml`), text)
  }
})

afterAll(() => rm(folder, { recursive: true }))

const run = promisify(execFile)

/** Lints in a process of its own, whose threads can be counted. */
async function lintApart(threads: number): Promise<{ started: number; found: readonly Diagnostic[] }> {
  const script = `
import { lintFolders } from ${JSON.stringify(new URL('../../src/lint/index.ts', import.meta.url).href)}
    let started = 0
    process.on('worker', () => { started += 1 })
    const found = await lintFolders(${JSON.stringify(paths)}, { threads: ${threads} })
    console.log(JSON.stringify({ started, found }))`
  const file = join(folder, `threads-${threads}.mjs`)
  await writeFile(file, script)
  const { stdout } = await run(process.execPath, [file], { maxBuffer: 1e8 })
  return JSON.parse(stdout)
}

test('several threads find what one finds, in the same order', async () => {
  const [alone, together] = [await lintApart(1), await lintApart(3)]
  expect([alone.started, together.started]).toEqual([0, 2])
  expect(together.found).toEqual(alone.found)
  expect(new Set(alone.found.map(({ location }) => location.file)).size).toBe(count)
}, 60_000)

test('the levels of a configuration reach every thread', async () => {
  const found = await lintFolders(paths, { threads: 3 })
  const codes = [...new Set(found.map(({ code }) => code))].filter((code) => code.startsWith('lint/'))
  expect(codes.length).toBeGreaterThan(0)
  const rules = Object.fromEntries(codes.map((code) => [code, 'off' as const]))
  const config = { file: join(folder, 'mainspring.config.yaml'), rules, overrides: [] }
  const left = await lintFolders(paths, { threads: 3, config })
  expect(left.filter(({ code }) => codes.includes(code))).toEqual([])
  expect(left.length).toBeGreaterThan(0)
})
