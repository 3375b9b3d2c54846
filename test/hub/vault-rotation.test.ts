import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHub, finishRotation, rotateVault, verifyVault } from '../../src/hub/index.ts'
import { parseMasterKeys } from '../../src/hub/vault/master-key-file.ts'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { connectorsFolder, testApiKey } from './start-hub.ts'

let folder: string
let hub: LinkedHub
const inAMinute = { now: () => Date.now() + 60_000 }
const list = () => hub.rpc('clockwork_list_people', { query: { page_size: 1 } })
const keyFile = () => join(folder, 'master.key')

/** The id of each key of the file, the current one first. */
async function keyIdsOf(path: string): Promise<readonly string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => /^[^#\s]/.test(line))
  return lines.map((line) => parseMasterKeys(line, path).current.id)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-rotation-'))
  hub = await startLinkedHub({ dataFolder: folder })
})
afterEach(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

describe('a new master key', () => {
  test('is taken up by a hub that serves, and the former one is dropped once nothing needs it', async () => {
    const [former = ''] = await keyIdsOf(keyFile())
    expect(await verifyVault({ dataFolder: folder })).toMatchObject({ current: former, unreadable: [] })
    expect((await list()).status).toBe(200)

    const seen: string[] = []
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      void seen.push(`${done}/${total}`)
    const { current, sealed } = await rotateVault({ dataFolder: folder }, { onProgress })
    expect(current).not.toBe(former)
    expect(sealed).toBeGreaterThan(0)
    expect(seen.at(-1)).toBe(`${sealed}/${sealed}`)
    expect(await keyIdsOf(keyFile())).toEqual([current, former])
    expect((await stat(keyFile())).mode & 0o077).toBe(0)

    // The hub has never seen the new key before this call.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect((await list()).status).toBe(200)
    await hub.link('after-the-rotation')
    expect(await verifyVault({ dataFolder: folder })).toMatchObject({ byKey: { [current]: sealed + 1 } })

    await expect(finishRotation({ dataFolder: folder })).rejects.toMatchObject({
      code: 'hub/master-key-in-use',
    })
    expect(await finishRotation({ dataFolder: folder }, inAMinute)).toEqual([former])
    expect(await keyIdsOf(keyFile())).toEqual([current])
    expect((await list()).status).toBe(200)
    const entries = await hub.hub.services.store.audit.list('default', { limit: 10 })
    expect(entries.map(({ action }) => action)).toContain('vault.rotated')
    expect(await hub.hub.services.store.audit.verify('default')).toMatchObject({ broken: null })
  })

  test('interrupted in the middle leaves everything readable, and goes on where it was', async () => {
    await hub.link('second')
    const [former = ''] = await keyIdsOf(keyFile())
    const stopped = rotateVault(
      { dataFolder: folder },
      {
        onProgress() {
          throw new Error('killed')
        },
      },
    )
    await expect(stopped).rejects.toThrow('killed')
    const between = await verifyVault({ dataFolder: folder })
    expect(Object.keys(between.byKey).sort()).toEqual([between.current, former].sort())
    expect(between.unreadable).toEqual([])
    await expect(finishRotation({ dataFolder: folder }, inAMinute)).rejects.toMatchObject({
      code: 'hub/master-key-in-use',
    })
    const { current } = await rotateVault({ dataFolder: folder }, { resume: true })
    expect(current).toBe(between.current)
    expect(await finishRotation({ dataFolder: folder }, inAMinute)).toEqual([former])
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect((await list()).status).toBe(200)
  })

  test('is not made where the key at hand is a wrong one: nothing is touched', async () => {
    const before = await readFile(keyFile(), 'utf8')
    const masterKey = randomBytes(32).toString('base64')
    await expect(rotateVault({ dataFolder: folder, masterKey })).rejects.toMatchObject({
      code: 'hub/master-key-wrong',
    })
    expect(await readFile(keyFile(), 'utf8')).toBe(before)
    expect((await verifyVault({ dataFolder: folder })).unreadable).toEqual([])
  })
})

test('a record that was moved to another account is found, and named', async () => {
  const other = await hub.link('other')
  const { vault } = hub.hub.services.store
  const subject = (subjectId: string) => ({ projectId: 'default', kind: 'account', subjectId }) as const
  const stolen = await vault.get(subject(hub.accountId))
  if (stolen !== undefined) await vault.put(subject(other), stolen, new Date().toISOString())
  expect((await verifyVault({ dataFolder: folder })).unreadable).toEqual([
    { subject: subject(other), why: 'altered' },
  ])
})

test('without a database nothing is made', async () => {
  const nowhere = join(folder, 'nowhere')
  await expect(verifyVault({ dataFolder: nowhere })).rejects.toMatchObject({ code: 'hub/store-unreachable' })
  await expect(stat(nowhere)).rejects.toThrow()
})

describe('a command that prints the key', () => {
  const open = (masterKeyCommand: readonly string[]) =>
    createHub({ connectors: connectorsFolder, apiKey: testApiKey, masterKeyCommand })

  test('is run without a shell, and its key opens what it has sealed', async () => {
    const script = join(folder, 'key.mjs')
    await writeFile(script, `console.log('${randomBytes(32).toString('base64')}')`)
    const opened = await open([process.execPath, script])
    expect(await opened.services.store.vault.keys()).toHaveLength(1)
    await opened.close()
  })

  test.each([
    ['that is not there', ['/nowhere/key-client']],
    ['that fails', [process.execPath, '-e', 'console.log("canary"); process.exit(3)']],
    ['that prints no key', [process.execPath, '-e', 'console.log("canary")']],
  ])('%s is told, and what it printed is not', async (_, command) => {
    const failing = open(command)
    await expect(failing).rejects.toMatchObject({ code: 'hub/master-key-unusable' })
    await expect(failing).rejects.not.toThrow(/canary/)
  })
})
