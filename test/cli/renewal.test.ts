import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type LeverSandbox, startLeverSandbox } from '../../src/sandbox/index.ts'
import { runCli } from './run-cli.ts'

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
