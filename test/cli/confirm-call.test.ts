import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { runCli } from './run-cli.ts'

let sandbox: Sandbox
let folder: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'mainspring-confirm-'))
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

/** Of the sandbox's first firm, by the names of the environment. */
function credentials(): Record<string, string> {
  const { firmName = '', apiKey = '', apiSecret = '', firmServiceKey = '' } = sandbox.firms[0] ?? {}
  return {
    MAINSPRING_CLOCKWORK_FIRM_NAME: firmName,
    MAINSPRING_CLOCKWORK_API_KEY: apiKey,
    MAINSPRING_CLOCKWORK_API_SECRET: apiSecret,
    MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: firmServiceKey,
  }
}

async function remove(id: string, confirm?: string, which = 'removals') {
  const before = sandbox.requests.length
  const args = ['run', 'clockwork_delete_webhook', '--origin', sandbox.origin, '--input', `webhook_id=${id}`]
  const { stderr, exit } = await runCli(
    [...args, '--json', ...(confirm === undefined ? [] : ['--confirm', confirm])],
    { env: { ...credentials(), XDG_STATE_HOME: folder, MAINSPRING_CONFIRM: which } },
  )
  const line = stderr.split('\n').find((text) => text.startsWith('{"error"'))
  const { error } = JSON.parse(line ?? '{"error":{}}') as {
    error: { code?: string; confirmation?: { token: string; requests: string[] } }
  }
  return { code: error.code, confirmation: error.confirmation, exit, sent: sandbox.requests.length - before }
}

test('a removal runs at once unless it is asked for otherwise', async () => {
  expect(await remove('w-1', undefined, 'none')).toMatchObject({ sent: 1 })
  expect(await remove('w-1', undefined, 'sometimes')).toMatchObject({ sent: 0, exit: 2, code: 'cli/usage' })
})

test('asked for, nothing is sent before the same call comes with its token, which is good once', async () => {
  const asked = await remove('w-1')
  expect(asked).toMatchObject({ sent: 0, exit: 1, code: 'policy/confirmation-needed' })
  expect(asked.confirmation?.requests).toEqual([expect.stringMatching(/^DELETE .*\/webhooks\/w-1$/)])
  const token = asked.confirmation?.token ?? ''

  const kept = join(folder, 'mainspring', 'confirmations')
  const [file = ''] = await readdir(kept)
  expect((await stat(join(kept, file))).mode & 0o077).toBe(0)
  expect(file + (await readFile(join(kept, file), 'utf8'))).not.toContain(token)

  expect(await remove('w-1', token)).toMatchObject({ sent: 1 })
  expect(await remove('w-1', token)).toMatchObject({ sent: 0, code: 'policy/confirmation-invalid' })
})

test('the token of another call is refused', async () => {
  const token = (await remove('w-1')).confirmation?.token ?? ''
  expect(await remove('w-2', token)).toMatchObject({ sent: 0, code: 'policy/confirmation-invalid' })
  expect(await remove('w-1', token)).toMatchObject({ sent: 1 })
})

test('what was not used in time is gone when the next one is made', async () => {
  await remove('w-1')
  const kept = join(folder, 'mainspring', 'confirmations')
  const long = new Date(Date.now() - 11 * 60_000)
  for (const file of await readdir(kept)) await utimes(join(kept, file), long, long)
  await remove('w-1')
  expect(await readdir(kept)).toHaveLength(1)
})
