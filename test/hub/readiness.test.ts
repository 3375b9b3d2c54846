import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { fillDisk, withConnection } from './sqlite-of-hub.ts'

// What /health and /ready say of each state, and whether calls are taken in it: three columns that have to agree.

let folder: string
let hub: LinkedHub
/** The hub's own connection, and one of somebody else. */
let database: DatabaseSync
let file: DatabaseSync

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-ready-'))
  const started = await withConnection(() => startLinkedHub({ dataFolder: folder, maxRequestsUnderWay: 2 }))
  hub = started.hub
  database = started.database
  file = new DatabaseSync(join(folder, 'mainspring.db'))
})
afterEach(async () => {
  jest.restoreAllMocks()
  file.close()
  await ending
  if (ending === undefined) await hub.hub.close()
  ending = undefined
  await hub.sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

/** Of a hub that a test has told to end. */
let ending: Promise<void> | undefined

type Check = 'store' | 'migrations' | 'vault' | 'writes' | 'admission' | 'memory'
const checks: readonly Check[] = ['store', 'migrations', 'vault', 'writes', 'admission', 'memory']

/** Lets nothing come back, until it is let go. */
function hold() {
  const gate = Promise.withResolvers<void>()
  const { runs } = hub.hub.services
  const run = runs.run.bind(runs)
  let begun = 0
  jest.spyOn(runs, 'run').mockImplementation(async (...given) => {
    begun += 1
    await gate.promise
    return run(...given)
  })
  return {
    async until(count: number) {
      while (begun < count) await new Promise((resolve) => setImmediate(resolve))
    },
    letGo: gate.resolve,
  }
}

const list = () => hub.rpc('clockwork_list_people', { query: { page_size: 1 } })
const rename = () => hub.call('PATCH', `/accounts/${hub.accountId}`, { body: { label: 'x'.repeat(100_000) } })

interface State {
  readonly name: string
  /** Brings the hub into the state. @returns what brings it out again */
  readonly enter: () => (() => unknown) | Promise<() => unknown>
  readonly failing: readonly Check[]
  readonly says: string
  readonly reads: number
  readonly writes: number
  /** Whether the hub comes out of it without a restart. */
  readonly recovers: boolean
}

const states: readonly State[] = [
  {
    name: 'all is well',
    enter: () => () => undefined,
    failing: [],
    says: 'ready',
    reads: 200,
    writes: 200,
    recovers: true,
  },
  {
    name: 'the database is gone',
    enter() {
      const gone = () => {
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
      }
      for (const method of ['all', 'run', 'get', 'iterate'] as const)
        jest.spyOn(StatementSync.prototype, method).mockImplementation(gone)
      return () => jest.restoreAllMocks()
    },
    failing: ['store', 'migrations', 'vault', 'writes'],
    says: 'the database does not answer',
    reads: 503,
    writes: 503,
    recovers: true,
  },
  {
    name: 'the tables are of another version',
    enter() {
      const rows = file.prepare('select name, applied_at from migration order by name desc limit 1').all()
      const [{ name, applied_at: at } = {}] = rows
      file.prepare('delete from migration where name = ?').run(String(name))
      return () => file.prepare('insert into migration values (?, ?)').run(String(name), String(at))
    },
    failing: ['migrations', 'vault'],
    says: 'the tables are not those of this version',
    reads: 200,
    writes: 200,
    recovers: true,
  },
  {
    name: 'the master key is another one than that of the database',
    enter() {
      const rows = file.prepare('select id, proof from vault_key').all() as {
        id: string
        proof: Uint8Array
      }[]
      file.exec("update vault_key set proof = x'00'")
      return () => {
        for (const { id, proof } of rows)
          file.prepare('update vault_key set proof = ? where id = ?').run(proof, id)
      }
    },
    failing: ['vault'],
    says: 'the master key does not open the database',
    reads: 200,
    writes: 200,
    recovers: true,
  },
  {
    name: 'the disk is full',
    async enter() {
      const mend = fillDisk(database)
      // A page that was half empty may take the first.
      for (let tries = 0; tries < 20 && (await rename()).status === 200; tries++);
      // A change of nothing needs no room: that it is taken is no sign that others are.
      expect((await hub.call('DELETE', '/webhooks/nobody')).status).toBe(404)
      return mend
    },
    failing: ['writes'],
    says: 'the last change could not be stored',
    reads: 200,
    writes: 503,
    recovers: true,
  },
  {
    name: 'as many requests are under way as may be',
    async enter() {
      const held = hold()
      const both = [list(), list()]
      await held.until(2)
      return async () => {
        held.letGo()
        await Promise.all(both)
      }
    },
    // The hub is at work, and the next request may find room; a probe that took it out would make it worse for others.
    failing: [],
    says: 'ready',
    reads: 503,
    writes: 503,
    recovers: true,
  },
  {
    name: 'the hub is about to end',
    async enter() {
      const held = hold()
      const first = list()
      await held.until(1)
      ending = hub.hub.close()
      return async () => {
        held.letGo()
        await first
      }
    },
    failing: ['admission'],
    says: 'the hub is about to end',
    reads: 503,
    writes: 503,
    recovers: false,
  },
]

test.each(states)('$name', async ({ enter, failing, says, reads, writes, recovers }) => {
  const leave = await enter()
  const ready = await hub.call('GET', '/ready')
  expect([ready.status, ready.body['status'], ready.body['checks']]).toEqual([
    failing.length === 0 ? 200 : 503,
    says,
    Object.fromEntries(checks.map((check) => [check, failing.includes(check) ? 'failing' : 'ok'])),
  ])
  // The process is there in every state: nobody gains anything from killing it.
  expect((await hub.call('GET', '/health')).status).toBe(200)
  expect([(await list()).status, (await rename()).status]).toEqual([reads, writes])
  await leave()
  if (!recovers) return
  expect(await hub.call('GET', '/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  expect([(await list()).status, (await rename()).status]).toEqual([200, 200])
})
