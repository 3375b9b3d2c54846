import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository, runCli } from './run-cli.ts'

let folder: string
let index: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-cli-catalog-'))
  index = join(folder, 'index.jsonl')
})

afterAll(() => rm(folder, { recursive: true }))

test('an index is built, replaces an older one, and serves in place of the folder', async () => {
  const build = ['catalog', 'build', 'connectors', '--out', index]
  expect(await runCli(build)).toMatchObject({ exit: 0, stdout: '' })
  const content = await readFile(index)
  expect(await runCli(build)).toMatchObject({
    exit: 0,
    stderr: expect.stringMatching(/^1 connectors with \d+ actions written to /),
  })
  expect((await readFile(index)).equals(content)).toBe(true)
  const fromFolder = await runCli(['actions', '--search', 'phone', '--json'])
  expect(await runCli(['actions', '--search', 'phone', '--json', '--connectors', index])).toEqual(fromFolder)
  expect(await runCli(['describe', 'clockwork_list_people', '--connectors', index])).toMatchObject({
    exit: 0,
  })
})

test('a file that somebody wrote is not replaced', async () => {
  const notes = join(folder, 'notes.txt')
  await writeFile(notes, 'mine')
  expect(await runCli(['catalog', 'build', 'connectors', '--out', notes])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('is no generated index'),
  })
  expect(await readFile(notes, 'utf8')).toBe('mine')
})

test('a connector that cannot be compiled is named and makes the command fail', async () => {
  const broken = join(repository, 'test/golden/lint-errors/input')
  const run = await runCli(['catalog', 'build', broken, '--out', join(folder, 'broken.jsonl')])
  expect(run).toMatchObject({ exit: 1, stderr: expect.stringContaining('acme is left out') })
})

test('a folder without connectors is wrong use', async () => {
  expect(await runCli(['catalog', 'build', 'docs', '--out', join(folder, 'none.jsonl')])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('holds no connector'),
  })
})
