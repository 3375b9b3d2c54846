import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { repository } from '../cli/run-cli.ts'

interface ActionStep {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly shell?: string
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] }
}

const run = promisify(execFile)
let action: ActionFile
let folder: string

/** A repository of somebody else's, with a pull request checked out. */
beforeAll(async () => {
  action = parse(await readFile(join(repository, 'action.yml'), 'utf8'))
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mainspring-action-')))
  await cp(join(repository, 'connectors/clockwork'), join(folder, 'connectors/clockwork'), {
    recursive: true,
  })
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder })
  await git('init', '-q', '-b', 'main')
  await git('add', '-A')
  await git('commit', '-q', '-m', 'first')
  const tags = join(folder, 'connectors/clockwork/clockwork.tags.s1.partial.yaml')
  await writeFile(tags, (await readFile(tags, 'utf8')).replaceAll('page_size', 'per_page'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a step as the runner does: its script in a shell of its own, inputs in the environment alone. */
async function runStep(id: string, inputs: Readonly<Record<string, string>>) {
  const step = action.runs.steps.find((candidate) => candidate.id === id)
  if (step?.run === undefined) throw new Error(`no step ${id}`)
  const files = { GITHUB_OUTPUT: join(folder, `${id}.out`), GITHUB_STEP_SUMMARY: join(folder, `${id}.md`) }
  for (const file of Object.values(files)) await writeFile(file, '')
  const given = Object.entries(step.env ?? {}).map(([name, text]) => [
    name,
    text
      .replace('${{ github.action_path }}', repository)
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => inputs[input] ?? ''),
  ])
  const env = { ...process.env, RUNNER_TEMP: folder, ...files, ...Object.fromEntries(given) }
  const { code, stdout } = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: folder,
    env,
  }).then(
    (done) => ({ code: 0, stdout: done.stdout }),
    (failed: { readonly code: number; readonly stdout: string }) => ({
      code: failed.code,
      stdout: failed.stdout,
    }),
  )
  const output = Object.fromEntries(
    (await readFile(files.GITHUB_OUTPUT, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split('=', 2)),
  )
  return { code, stdout, output, summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8') }
}

test('it is a composite action whose every input says what it is', () => {
  expect(action.runs.using).toBe('composite')
  for (const input of Object.values(action.inputs)) expect(input.description).toMatch(/\.$/)
})

test('no value of the caller is ever part of a script', () => {
  const scripts = action.runs.steps.flatMap(({ run: script }) => (script === undefined ? [] : [script]))
  expect(scripts.length).toBeGreaterThan(2)
  for (const script of scripts) expect(script).not.toContain('${{')
})

test('connectors without a finding pass, and the findings are there as SARIF', async () => {
  const { code, output } = await runStep('lint', { paths: 'connectors', 'max-warnings': '' })
  expect(code).toBe(0)
  const sarif = JSON.parse(await readFile(output['sarif'] ?? '', 'utf8'))
  expect(sarif.version).toBe('2.1.0')
})

test('a finding is marked on its line, and fails', async () => {
  const broken = join(folder, 'broken')
  await cp(join(repository, 'connectors/clockwork'), broken, { recursive: true })
  const root = join(broken, 'clockwork.connector.s1.yaml')
  await writeFile(root, (await readFile(root, 'utf8')).replace('clockwork.tags', 'clockwork.tagz'))
  const { code, stdout } = await runStep('lint', { paths: 'connectors broken', 'max-warnings': '' })
  await rm(broken, { recursive: true })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=broken\/[^,]+,line=\d+/m)
})

test('what a change means to callers is in the summary, with the requests of what changed', async () => {
  const { code, output, summary } = await runStep('diff', { paths: 'connectors', base: 'main' })
  expect(code).toBe(1)
  expect(summary).toContain('## Connector changes')
  expect(summary).toContain('What <code>clockwork_list_tags</code> sends now')
  expect(await readFile(output['summary'] ?? '', 'utf8')).toBe(summary)
})

test('a path with a quote and a command in it is a path', async () => {
  const { code } = await runStep('lint', { paths: '"$(touch_pwned)";x', 'max-warnings': '' })
  expect(code).not.toBe(0)
  await expect(readFile(join(folder, 'pwned'))).rejects.toThrow()
})

test('the hooks for pre-commit name a command that is there', async () => {
  const hooks: readonly { readonly entry: string; readonly files: string }[] = parse(
    await readFile(join(repository, '.pre-commit-hooks.yaml'), 'utf8'),
  )
  expect(hooks).toHaveLength(1)
  expect(hooks[0]?.entry).toBe('mainspring lint')
  expect('clockwork.people.s1.partial.yaml').toMatch(new RegExp(hooks[0]?.files ?? '$^'))
})
