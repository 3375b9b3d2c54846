import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { type CliWorld, runCli } from './run-cli.ts'

let sandbox: Sandbox
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, people: 230 })
  folder = await mkdtemp(join(tmpdir(), 'mainspring-cli-'))
  const { firmName, apiKey, apiSecret, firmServiceKey } = firstFirm()
  env = {
    MAINSPRING_CLOCKWORK_FIRM_NAME: firmName,
    MAINSPRING_CLOCKWORK_API_KEY: apiKey,
    MAINSPRING_CLOCKWORK_API_SECRET: apiSecret,
    MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: firmServiceKey,
  }
})

afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

function firstFirm() {
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('no firm')
  return firm
}

function run(args: readonly string[], world: CliWorld = {}) {
  const [action = '', ...rest] = args
  return runCli(['run', `clockwork_${action}`, '--origin', sandbox.origin, ...rest], { env, ...world })
}

const rowsIn = (stdout: string): { id: string; name: string }[] => JSON.parse(stdout).data

describe('formats', () => {
  test('json is one object of data and next, and nothing else', async () => {
    const { stdout, exit } = await run(['list_people', '--input', 'page_size=2'])
    expect(exit).toBe(0)
    expect(Object.keys(JSON.parse(stdout))).toEqual(['data', 'next'])
    expect(rowsIn(stdout)).toHaveLength(2)
    expect(JSON.parse(stdout).next).toEqual(expect.any(String))
    expect(stdout.endsWith('\n')).toBe(true)
  })

  test('json is indented on a terminal', async () => {
    const { stdout } = await run(['list_tags', '--out', 'json', '--input', 'page_size=1'], {
      terminal: { stdout: true },
    })
    expect(stdout).toMatch(/^\{\n {2}"data": \[/)
  })

  test('a record is data too, and next is null', async () => {
    const { stdout } = await run(['create_person', '--input', 'name=Ines Okafor'])
    expect(JSON.parse(stdout)).toMatchObject({ data: { name: 'Ines Okafor' }, next: null })
  })

  test('ndjson is a row a line', async () => {
    const { stdout } = await run(['list_people', '--out', 'ndjson', '--input', 'page_size=3'])
    const rows = stdout.trimEnd().split('\n')
    expect(rows.map((row) => JSON.parse(row).id)).toHaveLength(3)
  })

  test('csv has a header of all keys', async () => {
    const { stdout } = await run(['list_tags', '--out', 'csv', '--input', 'page_size=2'])
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('id,name')
    expect(lines).toHaveLength(3)
  })

  test('rows on a terminal are a table that fits it', async () => {
    const terminal = { stdout: true, columns: 60 }
    const { stdout, stderr } = await run(['list_people', '--input', 'page_size=3'], { terminal })
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60 + '\u001b[1m\u001b[22m'.length * 4)
    expect(stderr).toContain('Not shown: ')
  })

  test('--json wins over the terminal', async () => {
    const { stdout } = await run(['list_tags', '--json'], { terminal: { stdout: true } })
    expect(Object.keys(JSON.parse(stdout))).toEqual(['data', 'next'])
  })
})

describe('paging', () => {
  test('a further page is named on standard error, and its cursor works', async () => {
    const first = await run(['list_people', '--out', 'csv', '--input', 'page_size=2'])
    const cursor = /--input (cursor=\S+), or --all/.exec(first.stderr)?.[1]
    expect(cursor).toBeDefined()
    const second = await run(['list_people', '--input', 'page_size=2', '--input', cursor ?? ''])
    expect(second.exit).toBe(0)
    expect(first.stdout).not.toContain(rowsIn(second.stdout)[0]?.id)
  })

  test('--all gives every row once', async () => {
    const { stdout, stderr, exit } = await run([
      'list_people',
      '--all',
      '--out',
      'ndjson',
      '--input',
      'page_size=50',
    ])
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(230)
  })

  test('--all as json ends with next null', async () => {
    const { stdout } = await run(['list_people', '--all'])
    expect(JSON.parse(stdout).next).toBeNull()
    expect(rowsIn(stdout).length).toBeGreaterThanOrEqual(230)
  })

  test('--limit gives exactly as many rows, and next goes on behind the last of them', async () => {
    const first = await run(['list_people', '--limit', '7', '--input', 'page_size=5'])
    expect(rowsIn(first.stdout)).toHaveLength(7)
    const cursor = `cursor=${JSON.parse(first.stdout).next}`
    const second = await run(['list_people', '--input', 'page_size=3', '--input', cursor])
    const whole = await run(['list_people', '--limit', '10'])
    expect([...rowsIn(first.stdout), ...rowsIn(second.stdout)]).toEqual(rowsIn(whole.stdout))
  })

  test('--limit beyond the end is the end', async () => {
    const { stdout } = await run(['list_tags', '--limit', '100000'])
    expect(JSON.parse(stdout).next).toBeNull()
  })

  test('a listing that counts pages keeps its page size, and says when rows had to be cut', async () => {
    const found = await run(['search_people', '--limit', '3', '--input', 'page_size=2', '--input', 'query=a'])
    expect(rowsIn(found.stdout)).toHaveLength(3)
    expect(JSON.parse(found.stdout).next).toBeNull()
    expect(found.stderr).toContain('counts pages')
  })

  test('progress shows on a terminal only, and not between rows on the same one', async () => {
    const args = ['list_people', '--all', '--out', 'ndjson']
    expect((await run(args, { terminal: { stderr: true } })).stderr).toContain('rows, page 1')
    expect((await run(args, { terminal: { stderr: true, stdout: true } })).stderr).toBe('')
    expect((await run([...args, '--json'], { terminal: { stderr: true } })).stderr).toBe('')
  })
})

describe('inputs', () => {
  test('each takes its declared type', async () => {
    const inputs = ['name=123', 'do_not_contact=false', 'tag_names=["Board"]'].flatMap((text) => [
      '--input',
      text,
    ])
    const { stdout } = await run(['create_person', ...inputs])
    expect(JSON.parse(stdout).data).toMatchObject({ name: '123' })
    expect(sandbox.requests.at(-1)).toMatchObject({
      body: { person: { name: '123', doNotContact: false, tag_names: ['Board'] } },
    })
  })

  test('all that is wrong is told at once and nothing is sent', async () => {
    const before = sandbox.requests.length
    const inputs = ['do_not_contact=no', 'tag_ids=a,b', 'nmae=Ines'].flatMap((text) => ['--input', text])
    const { stderr, stdout, exit } = await run(['create_person', '--json', ...inputs])
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 })
    const { error } = JSON.parse(stderr)
    expect(error.problems.map(({ name }: { name: string }) => name).sort()).toEqual([
      'do_not_contact',
      'name',
      'nmae',
      'tag_ids',
    ])
    expect(sandbox.requests.length).toBe(before)
  })

  test('a number is a number in JSON and no other text', async () => {
    for (const text of ['ten', '', '0x10', '1e999', '+5', '12345678901234567890']) {
      const { exit, stderr } = await run(['list_people', '--input', `page_size=${text}`])
      expect([text, exit]).toEqual([text, 1])
      expect(stderr).toContain('error[input/invalid] Input "page_size"')
    }
  })

  test('standard input holds all inputs, and --input wins', async () => {
    const stdin = '\uFEFF{"page_size": 1, "cursor": "wrong"}'
    const { exit, stderr } = await run(['list_people', '--inputs', '-'], { stdin })
    expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('input/cursor') })
    const { stdout } = await run(['list_people', '--inputs', '-', '--input', 'page_size=2'], {
      stdin: '{"page_size": 1}',
    })
    expect(rowsIn(stdout)).toHaveLength(2)
  })

  test.each(['[1]', '"text"', '{"a":', 'null', ''])('%j is no object of inputs', async (stdin) => {
    const { exit, stderr } = await run(['list_people', '--inputs', '-'], { stdin })
    expect({ exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringContaining('error[cli/file]') })
  })

  test('a name of the prototype is an input like any other', async () => {
    const { exit, stderr } = await run(['list_people', '--inputs', '-'], {
      stdin: '{"__proto__": {"page_size": 1}}',
    })
    expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('__proto__') })
  })
})

describe('credentials', () => {
  test('come from a file of the four keys', async () => {
    const path = join(folder, 'firm.json')
    await writeFile(path, JSON.stringify(firstFirm()))
    expect(await run(['list_tags', '--credentials', path], { env: {} })).toMatchObject({ exit: 0 })
  })

  test('the file wins over the environment', async () => {
    const path = join(folder, 'wrong.json')
    await writeFile(path, JSON.stringify({ ...firstFirm(), apiSecret: 'wrong-secret' }))
    const { exit, stderr } = await run(['list_tags', '--credentials', path])
    expect({ exit, stderr }).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/error\[auth\/(rejected|forbidden)/),
    })
  })

  test('those that are missing are named with every way to give them', async () => {
    const some = { MAINSPRING_CLOCKWORK_FIRM_NAME: 'acme', MAINSPRING_CLOCKWORK_API_KEY: '' }
    const { exit, stderr } = await run(['list_tags'], { env: some })
    expect(exit).toBe(1)
    expect(stderr).toContain('error[auth/missing-credential]')
    expect(stderr).toContain('apiKey, apiSecret, firmServiceKey')
    expect(stderr).not.toContain('MAINSPRING_CLOCKWORK_FIRM_NAME')
    expect(stderr).toContain('MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY')
    expect(stderr).toContain('--credentials <file>')
    expect(stderr).toContain('at a terminal')
  })

  test('a wrong input or an action that is off is told before a missing credential', async () => {
    expect((await run(['list_people', '--input', 'page_size=0'], { env: {} })).stderr).toContain(
      'input/invalid',
    )
    expect((await run(['get_person'], { env: {} })).stderr).toContain('policy/preview-not-allowed')
    const { stdout } = await run(['list_people', '--input', 'page_size=1'])
    const cursor = `cursor=${JSON.parse(stdout).next}`
    const { stderr } = await run(['list_people', '--input', cursor], { env: {} })
    expect(stderr).toContain('auth/missing-credential')
  })

  test.each([
    '{"apiKey": "c4nary"',
    '["c4nary"]',
    'c4nary',
    '{"apiKey": {"value": "c4nary"}}',
    '{"apiKey": 12}',
  ])('a file of %s is refused without a word of its content', async (content) => {
    const path = join(folder, 'broken.json')
    await writeFile(path, content)
    const { stdout, stderr, exit } = await run(['list_tags', '--credentials', path])
    expect(exit).toBe(2)
    expect(stderr).toContain('error[cli/file]')
    expect(stdout + stderr).not.toContain('c4nary')
  })

  test('an unknown way to authenticate is told with the known ones', async () => {
    const { exit, stderr } = await run(['list_tags', '--authentication', 'oauth'])
    expect({ exit, stderr }).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('auth/unknown-method'),
    })
  })
})

describe('errors', () => {
  test('an unknown action names the nearest one', async () => {
    const { exit, stderr } = await run(['list_poeple'])
    expect(exit).toBe(1)
    expect(stderr).toContain('error[action/unknown] There is no action "clockwork_list_poeple".')
    expect(stderr).toContain('Did you mean "clockwork_list_people"?')
  })

  test('an action without its connector is told under its full name', async () => {
    const { stderr } = await runCli(['run', 'list_people'])
    expect(stderr).toContain('Did you mean "clockwork_list_people"?')
  })

  test('an error of the provider is told with its words, status and request id', async () => {
    const { stdout, stderr, exit } = await run(['get_note', '--input', 'note_id=none'])
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 })
    expect(stderr).toContain('error[provider/not-found]')
    expect(stderr).toContain('  status: 404')
    expect(stderr).toMatch(/ {2}request id: \S+/)
    expect(stderr).toContain('  hint: ')
  })

  test('with --json it is one line of JSON', async () => {
    const { stderr } = await run(['get_note', '--input', 'note_id=none', '--json'])
    expect(stderr.trimEnd()).not.toContain('\n')
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'provider/not-found',
      status: 404,
      retryable: false,
    })
  })

  test('a passthrough write needs leave', async () => {
    const args = [
      'request',
      '--input',
      'method=POST',
      '--input',
      'path=/people',
      '--input',
      'body={"person":{"name":"A"}}',
    ]
    expect((await run(args)).stderr).toContain('error[policy/write-not-allowed]')
    expect(await run([...args, '--allow-writes'])).toMatchObject({ exit: 0 })
  })
})

describe('--trace', () => {
  test('tells requests and answers to a person, on standard error', async () => {
    const { stdout, stderr } = await run(['list_tags', '--trace'])
    expect(Object.keys(JSON.parse(stdout))).toEqual(['data', 'next'])
    expect(stderr).toMatch(/→ GET http:\/\/127\.0\.0\.1:\d+\/v3\.0\/\S+\/tags/)
    expect(stderr).toContain('authorization: Token ***')
    expect(stderr).toMatch(/← 200, \d+ bytes/)
  })

  test('is a line of JSON an event with --json', async () => {
    const { stderr } = await run(['list_tags', '--trace', '--json'])
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['run-started', 'http', 'page', 'run-finished']),
    )
  })
})

describe('--sandbox', () => {
  test('starts one for this run where none listens', async () => {
    const { stdout, stderr, exit } = await runCli([
      'run',
      'clockwork_list_people',
      '--sandbox',
      '--input',
      'page_size=1',
    ])
    expect({ exit, stderr }).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining('started for this run'),
    })
    expect(rowsIn(stdout)).toHaveLength(1)
  })

  test('takes the one that says what it is, and not what merely answers', async () => {
    for (const info of [{}, 'x', null, { sandbox: 'clockwork' }, { firms: [] }]) {
      const rooms = { readSandboxInfo: async () => info }
      const { stderr } = await runCli(['run', 'clockwork_list_people', '--sandbox'], { rooms })
      expect(stderr).toContain('started for this run')
    }
  })
})
