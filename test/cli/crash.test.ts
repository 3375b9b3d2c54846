import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createCanarySearch } from '../canary/canary-search.ts'
import { repository } from './run-cli.ts'

const canary = 'Q7f"x/é+Zk2&W9-crash-J4vT8n=L3bR6'
const apiKey = 'msk_T5yQ8wE1rU7iO4pA2sD6fG9h'
const thrower = fileURLToPath(new URL('../canary/throw-later.mjs', import.meta.url))
let folder: string
/** A provider that takes a call and never answers. */
const silent = createServer((socket) => socket.on('error', () => undefined))
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-crash-'))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  origin = `http://127.0.0.1:${(silent.address() as { port: number }).port}`
})

afterAll(async () => {
  silent.close()
  await rm(folder, { recursive: true })
})

test.each([
  ['start', ['start', '--no-sandbox', '--port', '0', '--data', 'data', '--json'], 'stdout', /\n/],
  ['run', ['run', 'clockwork_list_people', '--trace', '--origin'], 'stderr', /→ GET/],
  ['mcp', ['mcp', 'clockwork', '--origin'], 'stderr', /Serving \d+ tools/],
] as const)(
  '%s: a failure that nobody caught is told by code and place, without a word of what it carries',
  async (_name, args, stream, ready) => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        thrower,
        join(repository, 'src/cli/main.ts'),
        ...args,
        ...(args.at(-1) === '--origin' ? [origin] : []),
      ],
      {
        cwd: folder,
        env: {
          CANARY: canary,
          MAINSPRING_CLOCKWORK_FIRM_NAME: 'acme',
          MAINSPRING_CLOCKWORK_API_KEY: canary,
          MAINSPRING_CLOCKWORK_API_SECRET: canary,
          MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: canary,
          MAINSPRING_API_KEY: apiKey,
        },
      },
    )
    const told = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        told[name] += text
      })
    const ended = once(child, 'close')
    while (!ready.test(told[stream]) && child.exitCode === null)
      await Promise.race([once(child[stream], 'data'), ended])
    child.kill('SIGUSR2')
    const [code] = await ended

    expect({ code, stderr: told.stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('internal/bug'),
    })
    expect(told.stderr).toMatch(/internal\/bug: unhandledRejection \(LibraryError\); the process ends\./)
    expect(told.stderr).toMatch(/internal\/bug: uncaughtException/)
    expect(told.stderr).toMatch(/\n {4}at file:\/\/\/.*throw-later\.mjs:\d+:\d+\n/)
    const search = createCanarySearch({ canary, apiKey })
    search.look('stdout', told.stdout)
    search.look('stderr', told.stderr)
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (file.isFile()) search.look('file', await readFile(join(file.parentPath, file.name)))
    expect(search.leaks).toEqual([])
  },
  60_000,
)
