import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sqliteStaleMs } from '../../src/hub/store/recent-reads.ts'
import { type LinkedHub, startLinkedHub } from '../hub/linked-hub.ts'
import { runCli } from './run-cli.ts'

let hub: LinkedHub
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-keys-cli-'))
  hub = await startLinkedHub({ dataFolder: folder })
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const keys = (...args: string[]) => runCli(['keys', ...args, '--data', folder])
/** What the hub answers once it has had the time to notice what another process did. */
async function statusWith(key: string, path = '/accounts'): Promise<number> {
  await setTimeout(2 * sqliteStaleMs)
  return (await hub.call('GET', path, { headers: { authorization: `Bearer ${key}` } })).status
}

async function create(...args: string[]) {
  const { stdout, exit } = await keys('create', '--json', ...args)
  expect(exit).toBe(0)
  return JSON.parse(stdout) as { id: string; key: string; scopes: string[] }
}

test('a key that is made works at the hub that serves, and is printed alone, this once', async () => {
  const { stdout, stderr, exit } = await keys('create', '--name', 'Nightly import')
  expect(exit).toBe(0)
  expect(stdout).toMatch(/^msk_[\w-]{43}\n$/)
  expect(stderr).toMatch(/^key_\w+ “Nightly import” may read, write\./)
  expect(stderr).not.toContain(stdout.trim())
  expect(await statusWith(stdout.trim())).toBe(200)
  const listed = await keys('list')
  expect(listed.stdout).toMatch(/key_\w+ +Nightly import +msk_[\w-]{6}… +read write/)
  expect(listed.stdout + listed.stderr).not.toContain(stdout.trim())
})

test('scopes and the account bound what it may', async () => {
  const { key, scopes } = await create('--name', 'a', '--scopes', 'read', '--account', hub.accountId)
  expect(scopes).toEqual(['read'])
  expect(await statusWith(key, `/accounts/${hub.accountId}`)).toBe(200)
  expect(await statusWith(key, '/keys')).toBe(403)
})

test('a rotated key has a new text, and the old one for as long as is said', async () => {
  const { id, key: first } = await create('--name', 'r')
  const { stdout: second } = await keys('rotate', id, '--grace', '60m')
  expect(await statusWith(first)).toBe(200)
  expect(await statusWith(second.trim())).toBe(200)
  const { stdout: third } = await keys('rotate', id)
  expect([await statusWith(first), await statusWith(second.trim())]).toEqual([401, 401])
  expect(await statusWith(third.trim())).toBe(200)
})

test('a revoked key is refused, and gone from the list', async () => {
  const { id, key } = await create('--name', 'gone')
  expect(await keys('revoke', id)).toMatchObject({ exit: 0, stdout: '' })
  expect(await statusWith(key)).toBe(401)
  expect((await keys('list', '--json')).stdout).not.toContain(id)
  expect(await keys('revoke', id)).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('hub/key-unknown'),
  })
})

test('the audit says who did it, and stays whole', async () => {
  const { id } = await create('--name', 'told')
  const entries = await hub.hub.services.store.audit.list('default', { limit: 5 })
  expect(entries.find(({ subject }) => subject === `key:${id}`)).toMatchObject({
    action: 'key.created',
    actor: expect.stringMatching(/^operator:./),
  })
  expect(await hub.hub.services.store.audit.verify('default')).toMatchObject({ broken: null })
})

test.each([
  [['create'], 2, 'needs --name'],
  [['create', '--name', 'x', '--account', 'acc_none'], 2, 'no account "acc_none"'],
  [['create', '--name', 'x', '--scopes', 'all'], 2, 'Allowed choices are read, write, admin'],
  [['create', 'key_1', '--name', 'x'], 2, 'takes no id'],
  [['rotate'], 2, 'needs the id'],
  [['revoke', 'key_1', '--grace', '1m'], 2, '--grace is for `keys rotate`'],
  [['list', '--name', 'x'], 2, '--name is for `keys create`'],
  [['rotate', 'key_none'], 1, 'hub/key-unknown'],
] as const)('keys %j is refused', async (args, exit, words) => {
  const before = (await keys('list', '--json')).stdout
  expect(await keys(...args)).toMatchObject({ exit, stdout: '', stderr: expect.stringContaining(words) })
  expect((await keys('list', '--json')).stdout).toBe(before)
})

test('where there is no hub none is made', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'mainspring-keys-none-'))
  const refused = await runCli(['keys', 'list', '--data', empty])
  expect(refused).toMatchObject({ exit: 1, stderr: expect.stringContaining('hub/store-unreachable') })
  expect(await readdir(empty)).toEqual([])
  await rm(empty, { recursive: true })
})
