import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository, runCli } from './run-cli.ts'

const run = promisify(execFile)
let folder: string
let tags: string

/** A repository with one committed connector. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mainspring-diff-test-')))
  await cp(join(repository, 'connectors/clockwork'), join(folder, 'connectors/clockwork'), {
    recursive: true,
  })
  tags = join(folder, 'connectors/clockwork/clockwork.tags.s1.partial.yaml')
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder })
  await git('init', '-q', '-b', 'main')
  await git('add', '-A')
  await git('commit', '-q', '-m', 'first')
  await writeFile(tags, (await readFile(tags, 'utf8')).replaceAll('page_size', 'per_page'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const diff = (...args: string[]) => runCli(['diff', ...args], { cwd: folder })

test('a change against a revision is told with its places, and too low a version ends with 1', async () => {
  const { stdout, exit } = await diff('--base', 'main', 'connectors')
  expect(exit).toBe(1)
  expect(stdout).toMatch(
    /breaking Input "page_size" of action "list_tags" .* connectors\/clockwork\/clockwork\.tags/,
  )
  expect(stdout).toContain('compat/version-too-low connectors/clockwork/clockwork.connector.s1.yaml:6:12')
})

test('two folders are compared too; the same twice is no change', async () => {
  const { stdout, exit } = await diff('connectors/clockwork', 'connectors/clockwork')
  expect({ stdout, exit }).toEqual({ stdout: 'No change that a caller could notice.\n', exit: 0 })
})

test('programs get every change with its class, code and places', async () => {
  const { stdout } = await diff('--base', 'main', '--format', 'json', 'connectors')
  const report = JSON.parse(stdout)
  expect(report).toEqual(JSON.parse((await diff('--base', 'main', '--json', 'connectors')).stdout))
})

test('the summary for a pull request is Markdown without live markup', async () => {
  const { stdout } = await diff('--base', 'main', '--format', 'markdown', 'connectors')
  expect(stdout).toMatch(/^## Connector changes\n\n### `clockwork` `1\.0\.0`/)
  expect(stdout).toContain('> [!WARNING]')
})

test('a connector that the revision does not have is new', async () => {
  await cp(join(repository, 'bench/fixtures/people'), join(folder, 'connectors/people'), { recursive: true })
  const { stdout } = await diff('--base', 'main', '--json', 'connectors')
  await rm(join(folder, 'connectors/people'), { recursive: true })
  expect(JSON.parse(stdout).added).toHaveLength(1)
})

test.each([
  ['one path alone', ['connectors']],
  ['a revision that is not there', ['--base', 'nowhere', 'connectors']],
  ['a revision that looks like an option', ['--base=--upload-pack=x', 'connectors']],
  ['two paths with a revision', ['--base', 'main', 'connectors', 'connectors']],
  ['a folder without connectors', ['--base', 'main', '.git']],
])('%s is wrong use', async (_, args) => {
  const { exit, stderr } = await diff(...args)
  expect(exit).toBe(2)
  expect(stderr).toContain('cli/usage')
})
