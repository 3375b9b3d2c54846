import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readSandboxInfo } from '../../src/cli/sandbox-probe.ts'
import { repository, runCli } from './run-cli.ts'

// What only a process shows: signals, pipes, exit codes, what is loaded.
const entry = join(repository, 'src/cli/main.ts')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-process-'))
})

// A test that fails must not leave a sandbox behind.
const children = new Set<ChildProcess>()

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

function start(args: readonly string[], nodeArgs: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeArgs, entry, ...args], { cwd: repository, env: {} })
  children.add(child)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ ...output, exit: code as number }))
  const line = async (name: 'stdout' | 'stderr', wanted: RegExp) => {
    while (!wanted.test(output[name])) await once(child[name], 'data')
    return output[name]
  }
  return { child, ended, line }
}

test('help loads neither HTTP client nor validator nor parser', async () => {
  const spy = join(folder, 'spy.mjs')
  await writeFile(
    spy,
    `import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'
const seen = []
registerHooks({ load(url, context, next) { seen.push(url); return next(url, context) } })
process.on('exit', () => writeSync(2, seen.join('\\n')))`,
  )
  const { stdout, stderr, exit } = await start(['--help'], ['--import', spy]).ended
  expect({ stdout, exit }).toMatchObject({ exit: 0, stdout: expect.stringContaining('Usage: mainspring') })
  expect(stderr).toContain('commander')
  for (const name of ['got', 'ajv', 'yaml', 'cli-table3', 'csv-stringify', '@inquirer']) {
    expect(stderr).not.toContain(`node_modules/${name}/`)
  }
  for (const room of ['engine', 'plan', 'definition', 'transport', 'sandbox']) {
    expect(stderr).not.toContain(`src/${room}/`)
  }
})

test('a run prints its data and exits by itself', async () => {
  const { stdout, stderr, exit } = await start([
    'run',
    'clockwork_list_people',
    '--sandbox',
    '--input',
    'page_size=1',
  ]).ended
  expect({ exit, stderr }).toMatchObject({ exit: 0, stderr: expect.stringContaining('sandbox') })
  expect(JSON.parse(stdout).data).toHaveLength(1)
})

test('wrong use exits with 2, a refused input with 1', async () => {
  expect((await start(['run', '--nonsense']).ended).exit).toBe(2)
  expect((await start(['run', 'clockwork_list_people', '--input', 'page_size=0']).ended).exit).toBe(1)
})

test('a reader that goes away ends a listing without a word', async () => {
  const args = ['run', 'clockwork_list_people', '--sandbox', '--json', '--all', '--out', 'ndjson']
  const { child, ended } = start(args)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  expect(await ended).toMatchObject({ exit: 0, stderr: '' })
})

describe('Ctrl-C', () => {
  test('ends a run that waits for its answer', async () => {
    const up = start(['sandbox', '--json', '--port', '0', '--fault', 'delay:ms=60000'])
    const { origin, firms } = JSON.parse(await up.line('stdout', /\n/))
    const file = join(folder, 'slow.json')
    await writeFile(file, JSON.stringify(firms[0]))
    const call = ['run', 'clockwork_list_people', '--origin', origin, '--credentials', file, '--trace']
    const { child, ended, line } = start(call)
    await line('stderr', /→ GET/)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ stdout: '', exit: 130 })
    up.child.kill('SIGKILL')
    await up.ended
  })
})

describe('sandbox', () => {
  test('says how to reach it, writes credentials for their owner alone, and ends cleanly on SIGTERM', async () => {
    const file = join(folder, 'firm.json')
    await writeFile(file, 'old', { mode: 0o644 })
    const args = [
      'sandbox',
      '--json',
      '--port',
      '0',
      '--people',
      '20',
      '--firms',
      '2',
      '--credentials-file',
      file,
    ]
    const { child, ended, line } = start(args)
    const { origin, firms } = JSON.parse(await line('stdout', /\n/))
    expect(firms).toHaveLength(2)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(firms[0])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readSandboxInfo(`${origin}/__sandbox/info`, new AbortController().signal)).toMatchObject({
      sandbox: 'clockwork',
      firms,
    })

    const call = [
      'run',
      'clockwork_list_people',
      '--origin',
      origin,
      '--credentials',
      file,
      '--all',
      '--out',
      'ndjson',
    ]
    const { stdout, exit } = await runCli(call)
    expect({ exit, rows: stdout.trimEnd().split('\n').length }).toEqual({ exit: 0, rows: 20 })

    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ exit: 0, stderr: '' })
  })

  test('takes faults, and refuses one that cannot be', async () => {
    expect((await start(['sandbox', '--port', '0', '--fault', 'nonsense']).ended).exit).toBe(2)
    const { child, ended, line } = start(['sandbox', '--port', '0', '--fault', 'status@/tags:status=503'])
    const text = await line('stdout', /Ctrl-C/)
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
    const [firmName, apiKey, apiSecret, firmServiceKey] = [
      'firmName',
      'apiKey',
      'apiSecret',
      'firmServiceKey',
    ].map((key) => new RegExp(`${key} +(\\S+)`).exec(text)?.[1])
    const response = await fetch(`${origin}/v3.0/${firmName}/tags`, {
      headers: { authorization: `Token ${btoa(`${apiKey}:${apiSecret}`)}`, 'x-api-key': `${firmServiceKey}` },
    })
    expect(response.status).toBe(503)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ exit: 0 })
  })
})

describe('start', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s, also while it works', async (signal) => {
    const data = ['--data', join(folder, 'hub')]
    const { child, ended, line } = start(['start', '--json', '--port', '0', ...data])
    const ready = JSON.parse(await line('stdout', /\n/))
    const { url, sandbox } = ready
    const slow = await fetch(`${sandbox.origin}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(['delay:ms=60000']),
    })
    expect(slow.status).toBe(200)
    const headers = {
      authorization: `Basic ${btoa(`${ready.apiKey}:`)}`,
      'content-type': 'application/json',
    }
    const session = await fetch(`${url}/connect_sessions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ origin_owner_id: '1', origin_owner_name: 'One' }),
    })
    const { token } = (await session.json()) as { token: string }
    const linking = fetch(`${url}/hub/accounts`, {
      method: 'POST',
      headers: { 'x-hub-session-token': token, 'content-type': 'application/json' },
      body: JSON.stringify({
        integration_id: 'clockwork.api_key.sandbox',
        credentials: sandbox.credentials,
      }),
    }).catch(() => 'cut off')
    await reachesSandbox(sandbox.origin)
    child.kill(signal)
    expect(await ended).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^[^\n]+\n$/) })
    expect(await linking).toBe('cut off')
  })

  /** Until a request is on its way at the provider. */
  async function reachesSandbox(origin: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`${origin}/__sandbox/requests`)
      if (((await answer.json()) as { requests: object[] }).requests.length > 0) return
    }
  }
})

test('what no sandbox says is no sandbox', async () => {
  const signal = new AbortController().signal
  expect(await readSandboxInfo('http://127.0.0.1:1/__sandbox/info', signal)).toBeUndefined()
})
