import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { type LeverSandbox, startLeverSandbox } from '../../src/sandbox/index.ts'
import { repository, runCli } from './run-cli.ts'

let sandbox: LeverSandbox
let folder: string
let file: string

beforeAll(async () => {
  sandbox = await startLeverSandbox({ port: 0, opportunities: 3 })
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  sandbox.reset()
  folder = await mkdtemp(join(tmpdir(), 'mainspring-renewal-'))
  file = join(folder, 'lever.json')
  await writeFile(file, JSON.stringify({ ...sandbox.setup, ...sandbox.credentials }))
})
afterEach(() => rm(folder, { recursive: true }))

const run = () =>
  runCli(['run', 'lever_list_stages', '--origin', sandbox.origin, '--credentials', file, '--json', '--trace'])
const tokens = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
const control = (name: string) => fetch(`${sandbox.origin}/__sandbox/${name}`, { method: 'POST' })

test('a token that has ended is renewed, and both new tokens are in the file, for its owner alone', async () => {
  await control('tokens/expire')
  const { exit, stdout, stderr } = await run()
  expect({ exit, stderr }).toMatchObject({ exit: 0 })
  const renewed = await tokens()
  expect(renewed).toMatchObject(sandbox.setup)
  expect(renewed['accessToken']).not.toBe(sandbox.credentials['accessToken'])
  expect(renewed['refreshToken']).not.toBe(sandbox.credentials['refreshToken'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  for (const value of [renewed['accessToken'], renewed['refreshToken'], sandbox.setup['clientSecret']])
    expect(stdout + stderr).not.toContain(value)
  // The refresh token has rotated: a run with the old file would fail.
  await control('tokens/expire')
  expect((await run()).exit).toBe(0)
})

test('where the access was withdrawn, the run says so and the file stays as it was', async () => {
  const before = await readFile(file, 'utf8')
  await control('tokens/revoke')
  const { exit, stderr } = await run()
  expect(exit).toBe(1)
  expect(stderr).toContain('auth/reconnect-needed')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(before))
})

test('without a refresh token the refusal is told, and nothing is written', async () => {
  const { refreshToken: _, ...rest } = await tokens()
  await writeFile(file, JSON.stringify(rest))
  await control('tokens/expire')
  expect((await run()).stderr).toContain('auth/rejected')
  expect(await tokens()).toEqual(rest)
})

test('tools that are served from the file renew as a run does, for as long as they are served', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const { origin } = sandbox
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['src/cli/main.ts', 'mcp', 'lever', '--origin', origin, '--credentials', file],
      cwd: repository,
      stderr: 'ignore',
    }),
  )
  try {
    const seen = [(await tokens())['refreshToken']]
    for (let round = 0; round < 2; round++) {
      await control('tokens/expire')
      const result = await client.callTool({ name: 'lever_list_stages', arguments: {} })
      expect(result).toMatchObject({ structuredContent: { data: expect.any(Array) } })
      seen.push((await tokens())['refreshToken'])
    }
    expect(new Set(seen).size).toBe(3)
    await control('tokens/revoke')
    const refused = await client.callTool({ name: 'lever_list_stages', arguments: {} })
    expect(refused.isError).toBe(true)
    expect(JSON.stringify(refused)).toContain('auth/reconnect-needed')
    for (const secret of [...seen, sandbox.setup['clientSecret']])
      expect(JSON.stringify(refused)).not.toContain(secret)
  } finally {
    await client.close()
  }
}, 60_000)
