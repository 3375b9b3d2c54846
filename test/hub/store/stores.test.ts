import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { type DatabaseAddress, openStore } from '../../../src/hub/store/index.ts'
import { openDatabase } from '../../../src/hub/store/open-database.ts'
import { createSchema, isPostgresThere, postgresHint, postgresUrl } from './postgres-url.ts'
import { recentReadsContract } from './recent-reads-contract.ts'
import { runningContract } from './running-contract.ts'
import { type StorePlace, storeContract } from './store-contract.ts'

async function sqlitePlace(): Promise<StorePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-store-'))
  return {
    address: { kind: 'sqlite', path: join(folder, 'mainspring.db') },
    close: () => rm(folder, { recursive: true }),
  }
}

async function postgresPlace(): Promise<StorePlace> {
  const schema = await createSchema()
  return {
    address: { kind: 'postgres', url: postgresUrl, schema: schema.name },
    close: () => schema.drop(),
  }
}

const opener = fileURLToPath(new URL('./migrate-process.ts', import.meta.url))

/** Processes that all find the same empty database at the same moment. */
async function migrateFromProcesses(address: DatabaseAddress, count: number): Promise<number[]> {
  const children = Array.from({ length: count }, () =>
    fork(opener, [JSON.stringify(address)], { execArgv: [], stdio: 'ignore' }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  for (const child of children) child.send('go')
  const ended = await Promise.all(children.map((child) => once(child, 'exit')))
  return ended.map(([code]) => code as number)
}

/** What holds beyond the contract, and needs a database that nobody has touched. */
function migrationContract(openPlace: () => Promise<StorePlace>): void {
  test('several processes that start at once migrate once', async () => {
    const place = await openPlace()
    try {
      expect(await migrateFromProcesses(place.address, 3)).toEqual([0, 0, 0])
      const { query } = await openDatabase(place.address)
      const { rows } = await sql<{ name: string }>`select name from migration`.execute(query)
      await query.destroy()
      expect(rows.map(({ name }) => name)).toEqual([...new Set(rows.map(({ name }) => name))])
      expect(rows.length).toBeGreaterThan(0)
    } finally {
      await place.close()
    }
  })

  test('a database that a later version has used is left as it is', async () => {
    const place = await openPlace()
    try {
      const store = await openStore(place.address)
      await store.migrate()
      await store.close()
      const { query } = await openDatabase(place.address)
      await sql`insert into migration (name, applied_at) values ('999-later', 'x')`.execute(query)
      await query.destroy()
      const older = await openStore(place.address)
      await expect(older.migrate()).rejects.toMatchObject({ code: 'hub/store-newer' })
      await older.close()
    } finally {
      await place.close()
    }
  })
}

const postgres = (await isPostgresThere()) ? describe : describe.skip

describe('SQLite', () => {
  storeContract(sqlitePlace)
  describe('running and telling', () => runningContract(sqlitePlace))
  describe('recent reads', () => recentReadsContract(sqlitePlace))
  migrationContract(sqlitePlace)

  test('a file that cannot be opened is a coded error', async () => {
    const opened = openStore({ kind: 'sqlite', path: '/nonexistent/folder/mainspring.db' })
    await expect(opened).rejects.toMatchObject({ code: 'hub/store-unreachable' })
  })
})

postgres(`PostgreSQL (${postgresHint})`, () => {
  storeContract(postgresPlace)
  describe('running and telling', () => runningContract(postgresPlace))
  describe('recent reads', () => recentReadsContract(postgresPlace))
  migrationContract(postgresPlace)

  test('a hub in the next schema does not count as this one', async () => {
    const [used, fresh] = [await postgresPlace(), await postgresPlace()]
    const stores = [await openStore(used.address), await openStore(fresh.address)] as const
    try {
      await stores[0].migrate()
      expect(await stores[1].vault.keys()).toEqual([])
      await stores[1].migrate()
      await stores[0].vault.addKey({ id: 'k', createdAt: 'x', proof: Uint8Array.of(1) })
      expect(await stores[1].vault.keys()).toEqual([])
    } finally {
      for (const store of stores) await store.close()
      for (const place of [used, fresh]) await place.close()
    }
  })
})
