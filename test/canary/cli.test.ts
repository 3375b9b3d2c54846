import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createHub } from '../../src/hub/index.ts'
import { runCli } from '../cli/run-cli.ts'
import { connectorsFolder } from '../hub/start-hub.ts'
import { createCanarySearch } from './canary-search.ts'
import { driveCli } from './drive-cli.ts'
import { tellAll } from './drive-engine.ts'

test('no secret is on standard output or standard error, however a result, failure or request is printed', async () => {
  const { search, count } = await driveCli()
  expect(search.leaks).toEqual([])
  // What would be no proof: wrong use, runs that did not reach a provider, echoes that did not come through.
  expect(Object.keys(count.exits)).toEqual(['0', '1'])
  expect(count.exits[1]).toBeGreaterThan(150)
  expect(count.masked).toBeGreaterThan(250)
  expect(search.bytes['stdout']).toBeGreaterThan(2_000_000)
  expect(search.bytes['stderr']).toBeGreaterThan(400_000)
}, 400_000)

const secret = 'Q7fXéZk2W9J4vT8nL3bR6mY5'
const encoded = encodeURIComponent(secret)
const masterKey = Buffer.alloc(32, 7).toString('base64')
const databases = [
  ['no server', `postgres://${encoded}:${encoded}@127.0.0.1:1/x`, 'hub/store-unreachable'],
  ['no port', `postgres://u:${encoded}@127.0.0.1:port/x`, 'hub/config-invalid'],
  ['no file', `postgres://u:${encoded}@127.0.0.1:1/x?sslrootcert=/nowhere/${encoded}`, 'hub/config-invalid'],
] as const
const variables = [
  ...databases.map(([, DATABASE_URL, code]) => [{ DATABASE_URL }, code] as const),
  [{ DATABASE_URL: `mysql://u:${encoded}@127.0.0.1/x` }, 'hub/config-invalid'],
  [{ MAINSPRING_MASTER_KEY: secret }, 'hub/master-key-unusable'],
  [{ MAINSPRING_API_KEY: secret }, 'hub/config-invalid'],
] as const

test('what the operator has set wrongly is told without a word of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-canary-'))
  const search = createCanarySearch({ secret })
  for (const [env, code] of variables)
    for (const more of [[], ['--json']]) {
      const args = ['start', '--no-sandbox', '--port', '0', '--data', join(folder, 'data'), ...more]
      const { stdout, stderr, exit } = await runCli(args, { env, cwd: folder })
      search.look(`start: ${Object.keys(env)}`, stdout + stderr)
      expect({ exit, stderr }).toEqual({ exit: 1, stderr: expect.stringContaining(code) })
    }
  for (const [, databaseUrl, code] of databases) {
    const error: unknown = await createHub({ connectors: connectorsFolder, databaseUrl, masterKey }).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code })
    search.look('hub: createHub', tellAll(error))
  }
  expect(search.leaks).toEqual([])
  await rm(folder, { recursive: true })
}, 60_000)
