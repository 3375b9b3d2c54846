import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startTestHub, type TestHub } from '../hub/start-hub.ts'
import { runCli } from './run-cli.ts'

let running: TestHub
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-audit-cli-'))
  running = await startTestHub({ dataFolder: folder })
  for (const name of ['a', 'b', 'c'])
    await running.hub.services.keys.create('default', { name }, { kind: 'system' })
})
afterAll(async () => {
  await running.close()
  await rm(folder, { recursive: true })
})

const verify = (...more: string[]) => runCli(['audit', 'verify', '--data', folder, ...more])

test('verifies beside a running hub, and prints the last hash', async () => {
  const { stdout, exit } = await verify()
  expect(stdout).toMatch(/^default: intact, \d+ entries, last \d+ [0-9a-f]{64}\n$/)
  expect(exit).toBe(0)
})

test('a forged entry and a cut end are told, with exit code 1', async () => {
  const head = /[0-9a-f]{64}/.exec((await verify()).stdout)?.[0] ?? ''
  expect((await verify('--head', head)).exit).toBe(0)
  const database = new DatabaseSync(join(folder, 'mainspring.db'))
  database.exec('drop trigger audit_no_update; drop trigger audit_no_delete')
  database.exec('delete from audit where seq = (select max(seq) from audit)')
  expect(await verify('--head', head)).toMatchObject({ exit: 1, stderr: expect.stringContaining('cut off') })
  expect((await verify()).exit).toBe(0)
  database.exec("update audit set actor = 'nobody' where seq = 2")
  database.close()
  const forged = await verify('--json')
  expect(forged.exit).toBe(1)
  expect(JSON.parse(forged.stdout)).toMatchObject({
    intact: false,
    projects: [{ broken: { seq: 2, why: 'the entry was changed' } }],
  })
})

test('where there is no database none is made', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'mainspring-audit-none-'))
  const { stderr, exit } = await runCli(['audit', 'verify', '--data', empty])
  expect([exit, stderr]).toEqual([1, expect.stringContaining('hub/store-unreachable')])
  expect(await readdir(empty)).toEqual([])
  await rm(empty, { recursive: true })
})
