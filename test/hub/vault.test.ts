import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { createKeyRing } from '../../src/hub/vault/key-ring.ts'
import { openRecord, sealRecord, UnsealError } from '../../src/hub/vault/sealed-record.ts'
import { connectorsFolder } from './start-hub.ts'

const master = () => createKeyRing([randomBytes(32)]).current

describe('a sealed record', () => {
  const key = master()
  const plain = Buffer.from('canary-secret-1')
  const sealed = sealRecord(key, 'account a', plain)

  test('opens with its key, for its account', () => {
    expect(openRecord(key, 'account a', sealed).toString()).toBe('canary-secret-1')
    expect(Buffer.from(sealed).includes('canary')).toBe(false)
  })

  test('opens neither for another account, nor with another key, nor with any byte changed', () => {
    expect(() => openRecord(key, 'account b', sealed)).toThrow(UnsealError)
    expect(() => openRecord(master(), 'account a', sealed)).toThrow(UnsealError)
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8((changed.readUInt8(index) + 1) % 256, index)
      expect(() => openRecord(key, 'account a', changed)).toThrow(UnsealError)
    }
    expect(() => openRecord(key, 'account a', sealed.subarray(0, 60))).toThrow(UnsealError)
  })

  test('is another one each time', () => {
    expect(Buffer.from(sealRecord(key, 'account a', plain)).equals(Buffer.from(sealed))).toBe(false)
  })
})

describe('the master key', () => {
  let folder: string
  const open = (options: Partial<Parameters<typeof createHub>[0]> = {}): Promise<Hub> =>
    createHub({ connectors: connectorsFolder, dataFolder: folder, ...options })
  const file = () => join(folder, 'master.key')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainspring-key-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  test('that is missing where a database is stops the start; no other is made', async () => {
    await (await open()).close()
    await rm(file())
    const before = await readFile(join(folder, 'mainspring.db'))
    await expect(open()).rejects.toMatchObject({ code: 'hub/master-key-missing' })
    expect(await readdir(folder)).not.toContain('master.key')
    expect((await readFile(join(folder, 'mainspring.db'))).equals(before)).toBe(true)
  })

  test('of another database stops the start, and leaves the database as it was', async () => {
    await (await open()).close()
    await writeFile(file(), randomBytes(32).toString('base64'))
    await expect(open()).rejects.toMatchObject({ code: 'hub/master-key-wrong' })
    const other = await createHub({
      connectors: connectorsFolder,
      masterKey: randomBytes(32).toString('base64'),
    })
    await other.close()
  })

  test('that others may read, or that is none, is refused', async () => {
    await (await open()).close()
    await chmod(file(), 0o644)
    await expect(open()).rejects.toMatchObject({
      code: 'hub/master-key-unusable',
      message: expect.stringContaining('644'),
    })
    await chmod(file(), 0o600)
    await writeFile(file(), 'canary-not-a-key')
    const error = await open().catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'hub/master-key-unusable' })
    expect(JSON.stringify(error) + String(error)).not.toContain('canary')
  })

  test('can be followed by another: the new one seals, the old one still opens', async () => {
    const old = randomBytes(32).toString('base64')
    const subject = { projectId: 'default', kind: 'account', subjectId: 'a' } as const
    const first = await open({ masterKey: old })
    await first.services.vault.write(first.services.store, subject, { credentials: { k: 'old' } })
    await first.close()
    const both = await open({ masterKey: `${randomBytes(32).toString('base64')}\n${old}` })
    const { vault, store } = both.services
    expect((await vault.read(store, subject))?.value).toEqual({ credentials: { k: 'old' } })
    await vault.write(store, subject, { credentials: { k: 'new' } })
    await both.close()
    const former = await open({ masterKey: old }).catch((thrown: Error) => thrown)
    expect(former).toMatchObject({ code: 'hub/master-key-wrong' })
  })
})
