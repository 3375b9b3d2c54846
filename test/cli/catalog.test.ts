import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
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
    stderr: expect.stringMatching(/^\d+ connectors with \d+ actions written to /),
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

test('a connector that cannot be compiled is shown with its findings, and what was there before stays', async () => {
  const broken = join(repository, 'test/golden/lint-errors/input')
  const site = join(folder, 'kept')
  const kept = join(folder, 'kept.jsonl')
  const targets = ['--out', kept, '--html', site]
  expect(await runCli(['catalog', 'build', 'connectors', ...targets])).toMatchObject({ exit: 0 })
  const before = [await readFile(kept), await readFile(join(site, 'index.html'))]
  expect(await runCli(['catalog', 'build', broken, ...targets])).toMatchObject({
    exit: 1,
    stderr: expect.stringMatching(
      /\d+:\d+ error definition\/[\s\S]*Nothing is written: acme cannot be compiled\./,
    ),
  })
  expect([await readFile(kept), await readFile(join(site, 'index.html'))]).toEqual(before)
})

describe('connectors together', () => {
  const twin = (key: string, comment = '') => `StackOne: 1.0.0${comment}
info: {title: Twin, key: ${key}, version: 1.0.0, description: A connector like another.}
baseUrl: https://api.example.com
authentication: [{none: {type: custom, label: None, authorization: {type: none}}}]
actions: []
`
  async function build(texts: Readonly<Record<string, string>>, ...options: readonly string[]) {
    const parent = await mkdtemp(join(folder, 'twins-'))
    for (const [name, text] of Object.entries(texts)) {
      await mkdir(join(parent, name))
      await writeFile(join(parent, name, `${name}.connector.s1.yaml`), text)
    }
    const run = await runCli(['catalog', 'build', parent, '--html', join(parent, 'site'), ...options])
    return { ...run, written: await readdir(parent).then((names) => names.includes('site')) }
  }

  test('two of one key are an error, and nothing is written', async () => {
    const { exit, stderr, written } = await build({ one: twin('acme'), two: twin('acme') })
    expect({ exit, written }).toEqual({ exit: 1, written: false })
    expect(stderr).toContain('lint/duplicate-connector-key')
  })

  test('the findings are there for programs', async () => {
    const { stdout } = await build({ one: twin('acme'), two: twin('acme') }, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      connectors: 2,
      diagnostics: [{ code: 'lint/duplicate-connector-key', severity: 'error' }],
    })
  })

  test('a comment with a reason turns one off, and is not called needless by a look at its connector alone', async () => {
    const comment = ' # mainspring-disable lint/duplicate-connector-key -- the older one goes soon'
    const { exit, stderr, written } = await build({ one: twin('acme'), two: twin('acme', comment) })
    expect({ exit, written, stderr: stderr.includes('duplicate') }).toEqual({
      exit: 0,
      written: true,
      stderr: false,
    })
  })
})

describe('the website', () => {
  test('is the same byte for byte, and replaces an older one', async () => {
    const site = join(folder, 'site')
    const build = ['catalog', 'build', 'connectors', '--html', site]
    expect(await runCli(build)).toMatchObject({ exit: 0 })
    const first = await contentOf(site)
    await writeFile(join(site, 'connectors/gone.html'), 'a connector that is there no more')
    expect(await runCli(build)).toMatchObject({ exit: 0 })
    expect(await contentOf(site)).toEqual(first)
    expect(
      (await readdir(folder)).filter((name) => name.includes('.old-') || name.includes('.new-')),
    ).toEqual([])
  })

  test('never takes the place of a folder that holds anything else', async () => {
    const mine = join(folder, 'mine')
    await mkdir(mine)
    await writeFile(join(mine, 'index.html'), '<h1>Mine</h1>')
    expect(await runCli(['catalog', 'build', 'connectors', '--html', mine])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('is no generated website'),
    })
    const site = join(folder, 'with-more')
    await runCli(['catalog', 'build', 'connectors', '--html', site])
    await writeFile(join(site, 'CNAME'), 'connectors.example')
    expect(await runCli(['catalog', 'build', 'connectors', '--html', site])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('holds CNAME too'),
    })
    expect(await readFile(join(site, 'CNAME'), 'utf8')).toBe('connectors.example')
  })

  test('a build that writes nothing is wrong use', async () => {
    expect(await runCli(['catalog', 'build', 'connectors'])).toMatchObject({ exit: 2 })
  })
})

async function contentOf(site: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(site, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  const paths = names.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  )
}

test('a folder without connectors is wrong use', async () => {
  expect(await runCli(['catalog', 'build', 'docs', '--out', join(folder, 'none.jsonl')])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('holds no connector'),
  })
})
