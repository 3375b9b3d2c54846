import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { repository, runCli } from './run-cli.ts'

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'mainspring-cli-lint-'))
  cpSync(join(repository, 'connectors/clockwork'), join(place, 'clockwork'), { recursive: true })
})
afterEach(() => rmSync(place, { recursive: true }))

const webhooks = 'clockwork/clockwork.webhooks.s1.partial.yaml'

function change(from: string, to: string): void {
  const file = join(place, webhooks)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

const lint = (...args: string[]) => runCli(['lint', ...args], { cwd: place })

interface Report {
  readonly diagnostics: readonly {
    readonly code: string
    readonly location: {
      readonly file: string
      readonly range: { readonly start: { readonly line: number; readonly column: number } }
    }
    readonly related: readonly { readonly location: { readonly file: string } }[]
    readonly fix?: { readonly edits: readonly { readonly text: string }[] }
  }[]
  readonly summary: { readonly errors: number }
}

test('JSON counts from 1 and names files relative to where the command ran, above it too', async () => {
  change('$.inputs.hook_url', '$.inputs.hook_ulr')
  const { stdout, exit } = await runCli(['lint', '../clockwork', '--format', 'json'], {
    cwd: join(place, 'clockwork'),
  })
  const { diagnostics, summary } = JSON.parse(stdout) as Report
  expect(exit).toBe(1)
  expect(summary.errors).toBeGreaterThan(0)
  const found = diagnostics.find(({ code }) => code === 'lint/unknown-input')
  const line = readFileSync(join(place, webhooks), 'utf8')
    .split('\n')
    .findIndex((one) => one.includes('hook_ulr'))
  expect(found).toMatchObject({
    location: { file: webhooks.replace('clockwork/', ''), range: { start: { line: line + 1, column: 31 } } },
  })
  expect(found?.fix?.edits[0]?.text).toBe('hook_url')
  const outside = await runCli(['lint', place, '--format', 'json'], {
    cwd: join(place, 'clockwork/examples'),
  })
  expect((JSON.parse(outside.stdout) as Report).diagnostics[0]?.location.file).toMatch(/^\.\.\//)
})

test('--fix mends, keeps everything else, and says what is left', async () => {
  const before = readFileSync(join(place, webhooks), 'utf8')
  change('$.inputs.hook_url', '$.inputs.hook_ulr')
  const dry = await lint('clockwork', '--fix-dry-run')
  expect(dry.stdout).toContain(
    '-              value: $.inputs.hook_ulr\n+              value: $.inputs.hook_url',
  )
  expect(readFileSync(join(place, webhooks), 'utf8')).not.toBe(before)
  const { exit, stderr } = await lint('clockwork', '--fix')
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '1 fix made.\n' })
  expect(readFileSync(join(place, webhooks), 'utf8')).toBe(before)
})

describe('exit codes', () => {
  test('warnings alone are no failure, unless there are too many', async () => {
    change('    destructiveHint: true\n', '    title: Delete\n')
    expect((await lint('clockwork')).exit).toBe(0)
    expect(await lint('clockwork', '--max-warnings', '0')).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('at most 0'),
    })
    expect((await lint('clockwork', '--max-warnings', '1')).exit).toBe(0)
  })

  test('wrong use is 2: an unknown rule, a missing baseline, a bad configuration', async () => {
    expect(await lint('--explain', 'lint/unknown-inptu')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('lint/unknown-input'),
    })
    expect((await lint('clockwork', '--baseline', 'none.json')).exit).toBe(2)
    expect((await lint('clockwork', '--update-baseline')).exit).toBe(2)
    expect((await lint('clockwork', '--config', 'none.yaml')).exit).toBe(2)
    writeFileSync(join(place, 'mainspring.config.yaml'), 'rules: {lint/nothing-like-it: off}\n')
    expect(await lint('clockwork')).toMatchObject({
      exit: 2,
      stdout: expect.stringContaining('config/unknown-rule'),
    })
    expect((await lint('clockwork', '--no-config')).exit).toBe(0)
  })
})

test('a configuration changes levels, and a baseline hides what is known', async () => {
  change('$.inputs.hook_url', '$.inputs.hook_ulr')
  writeFileSync(
    join(place, 'mainspring.config.yaml'),
    'rules:\n  lint/unknown-input: warning\n  lint/unused-input: "off"\n  lint/example-request-differs: info\n  lint/misspelt-arg: "off"\n',
  )
  const levelled = JSON.parse((await lint('clockwork', '--format', 'json')).stdout) as Report
  expect(levelled.summary.errors).toBe(0)
  expect(
    await lint('clockwork', '--baseline', 'known.json', '--update-baseline', '--no-config'),
  ).toMatchObject({ exit: 0 })
  expect(await lint('clockwork', '--baseline', 'known.json', '--no-config')).toMatchObject({
    exit: 0,
    stdout: 'Nothing to complain about.\n',
  })
  change('$.inputs.hook_ulr', '$.inputs.hook_url')
  expect((await lint('clockwork', '--baseline', 'known.json', '--no-config')).stderr).toContain('are gone')
})

test('--explain shows the page of a rule, also for programs', async () => {
  const { stdout } = await lint('--explain', 'unknown-input')
  expect(stdout).toContain('# lint/unknown-input')
  expect(stdout).toContain('## Passes')
  const json = await runCli(['lint', '--explain', 'lint/unknown-input', '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({ code: 'lint/unknown-input', severity: 'error' })
})

test('several folders are judged each on its own, and together with --catalog', async () => {
  cpSync(join(place, 'clockwork'), join(place, 'copy'), { recursive: true })
  expect(await lint('clockwork', 'copy')).toMatchObject({ exit: 0, stdout: 'Nothing to complain about.\n' })
  expect((await lint('clockwork', 'copy', '--catalog')).stdout).toContain('lint/duplicate-connector-key')
})

test('every other format is what its readers expect', async () => {
  change('$.inputs.hook_url', '$.inputs.hook_ulr')
  expect((await lint('clockwork', '--format', 'checkstyle')).stdout).toMatch(
    /^<\?xml .*\n<checkstyle[\s\S]*<error line="\d+" column="\d+" severity="error"[\s\S]*<\/checkstyle>\n$/,
  )
  expect((await lint('clockwork', '--format', 'markdown')).stdout).toContain('| error | clockwork/')
  expect((await lint('clockwork', '--format', 'github')).stdout).toMatch(/^::error file=clockwork\//)
  expect(JSON.parse((await lint('clockwork', '--format', 'sarif')).stdout)).toMatchObject({
    version: '2.1.0',
  })
})

test('--watch checks again after a change, until it is interrupted', async () => {
  const ending = new AbortController()
  const run = runCli(['lint', 'clockwork', '--watch'], { cwd: place, signal: ending.signal })
  const started = Date.now()
  const timer = setInterval(() => {
    if (Date.now() - started > 1500) change('$.inputs.hook_url', '$.inputs.hook_ulr')
    if (Date.now() - started > 5000) ending.abort('SIGINT')
  }, 250)
  const { stdout } = await run
  clearInterval(timer)
  expect(stdout).toMatch(/^Nothing to complain about\.\n[\s\S]*lint\/unknown-input/)
})

test('linting never loads the HTTP client', () => {
  const hook = `import { registerHooks } from 'node:module'; registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context) } })`
  const { stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(hook)}`,
      'src/cli/main.ts',
      'lint',
      join(place, 'clockwork'),
      '--no-cache',
    ],
    { cwd: repository, encoding: 'utf8' },
  )
  expect(status).toBe(0)
  expect(stderr).toContain('src/lint/lint-source.ts')
  expect(
    stderr
      .split('\n')
      .filter((url) => /node_modules\/(?:got|cacheable|undici)\/|src\/(?:transport|engine|hub)\//.test(url)),
  ).toEqual([])
})
