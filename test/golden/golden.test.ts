import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { repository, runCli } from '../cli/run-cli.ts'

// Each folder is a case: `args` (an argument a line), perhaps `stdin`, `terminal` (its width) and `input/`; and what
// came out: `stdout`, `stderr`, `exit`. UPDATE_GOLDEN=1 writes the latter anew.
const folder = fileURLToPath(new URL('./', import.meta.url))
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const update = process.env['UPDATE_GOLDEN'] === '1'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, people: 60, clock: () => new Date('2026-01-02T03:04:05Z') })
})

afterAll(() => sandbox.close())

describe('the output of', () => {
  test.each(cases.map(({ name }) => name))('%s', async (name) => {
    const path = (file: string) => join(folder, name, file)
    sandbox.reset()
    const args = readFileSync(path('args'), 'utf8').trimEnd().split('\n')
    const columns = existsSync(path('terminal')) ? Number(readFileSync(path('terminal'), 'utf8')) : undefined
    const { stdout, stderr, exit } = await runCli(
      args.map((argument) => argument.replace('SANDBOX', sandbox.origin)),
      {
        cwd: repository,
        ...(existsSync(path('stdin')) ? { stdin: readFileSync(path('stdin'), 'utf8') } : {}),
        ...(columns === undefined ? {} : { terminal: { stdout: true, stderr: true, columns } }),
        env: { ...(columns === undefined ? {} : { NO_COLOR: '1' }), ...credentials(args) },
      },
    )
    const actual = { stdout: masked(stdout), stderr: masked(stderr), exit: `${exit}\n` }
    if (update) for (const [file, text] of Object.entries(actual)) write(path(file), text)
    const expected = Object.keys(actual).map((file) => [file, read(path(file))])
    expect(actual).toEqual(Object.fromEntries(expected))
  })
})

function credentials(args: readonly string[]): Record<string, string> {
  const [firm] = sandbox.firms
  if (firm === undefined || !args.includes('SANDBOX')) return {}
  return {
    MAINSPRING_CLOCKWORK_FIRM_NAME: firm.firmName,
    MAINSPRING_CLOCKWORK_API_KEY: firm.apiKey,
    MAINSPRING_CLOCKWORK_API_SECRET: firm.apiSecret,
    MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: firm.firmServiceKey,
  }
}

/** What differs from run to run, or with the version. */
function masked(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/^ +\d+ ms/gm, '     0 ms')
    .replaceAll(/\b\d+ ms/g, '0 ms')
    .replaceAll(/"startedDateTime":"[^"]+"/g, '"startedDateTime":"TIME"')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'DATE')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIMESTAMP')
    .replaceAll(/\bacc_[a-z2-7]{24}/g, 'acc_ID')
    .replaceAll(/cursor=[\w.-]{20,}/g, 'cursor=CURSOR')
    .replaceAll(/"next":"[\w.-]{20,}"/g, '"next":"CURSOR"')
}

/** An empty output has no file. */
function write(path: string, text: string): void {
  if (text === '') rmSync(path, { force: true })
  else writeFileSync(path, text)
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
