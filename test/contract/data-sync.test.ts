import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type SyncOptions, type SyncPage, syncAction } from '../../src/index.ts'
import { json, startProvider } from '../engine/fake-provider.ts'
import { planOf } from './plan-of.ts'
import { proves } from './proves.ts'
import { byOffset, byTime, pageOf, type SyncedRow, startRows, syncConnector } from './sync-provider.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
const makeRows = (count: number): SyncedRow[] =>
  Array.from({ length: count }, (_, index) => ({ id: index, updated: at(index) }))
const ids = (pages: readonly SyncPage[]) =>
  pages.flatMap(({ rows }) => rows.map((row) => (row as SyncedRow).id))

async function sync(dataSync: unknown, options: SyncOptions): Promise<SyncPage[]> {
  return Array.fromAsync(syncAction(planOf(syncConnector(dataSync)), 'list', options))
}

describe('a time filter', () => {
  const dataSync = { allowed: true, indexField: 'id', pagination: byOffset, incremental: byTime }

  proves(
    ['12/dataSync.time_filter', '12/dataSync.indexField', '4/dataSync'],
    'all rows first, then those changed since the last one less the buffer, each format as declared',
    async () => {
      const rows = makeRows(7)
      const provider = await startRows(rows)
      try {
        const now = () => Date.parse(at(1000))
        const first = await sync(dataSync, { origin: provider.origin, now })
        expect(ids(first)).toEqual([0, 1, 2, 3, 4, 5, 6])
        expect(first.at(-1)).toMatchObject({ complete: true, state: { since: at(6 - 10) } })
        rows.push({ id: 7, updated: at(50) })
        provider.seen.length = 0
        const { state } = first.at(-1) as SyncPage
        const kept: unknown = JSON.parse(JSON.stringify(state))
        const second = await sync(dataSync, { origin: provider.origin, now, state: kept })
        expect(provider.seen.map(({ query }) => query)).toEqual(
          [0, 3, 6, 8].map((offset) => ({ since: at(-4), offset: String(offset), limit: '3' })),
        )
        expect(second.at(-1)?.state.since).toBe(at(40))
        for (const [format, expected] of [
          ['unix_seconds', String(Date.parse(at(-4)) / 1000)],
          ['unix_millis', String(Date.parse(at(-4)))],
        ]) {
          provider.seen.length = 0
          await sync(
            { ...dataSync, incremental: { ...byTime, format } },
            { origin: provider.origin, now, state: kept },
          )
          expect(provider.seen[0]?.query['since']).toBe(expected)
        }
      } finally {
        await provider.close()
      }
    },
  )

  test('a row that changes on a page already read is found by the next sync', async () => {
    const rows = makeRows(6)
    const start = Date.parse(at(100))
    let clock = start
    const provider = await startProvider((request, response) => {
      // While the second page is read, a row of the first one changes, and later one of the last.
      if (request.query['offset'] === '3' && request.query['since'] === undefined) {
        rows[0] = { id: 0, updated: at(101) }
        rows[5] = { id: 5, updated: at(160) }
        clock = start + 61_000
      }
      json(response, { rows: pageOf(rows, request) })
    })
    try {
      const options = { origin: provider.origin, now: () => clock }
      const first = await sync(dataSync, options)
      const second = await sync(dataSync, { ...options, state: first.at(-1)?.state })
      expect(second.flatMap((page) => page.rows)).toContainEqual({ id: 0, updated: at(101) })
    } finally {
      await provider.close()
    }
  })

  test('a state of another action, account or set of inputs, and an action without dataSync, are refused', async () => {
    const provider = await startRows(makeRows(1))
    try {
      const options: SyncOptions = { origin: provider.origin, credentials: { team: 'a' } }
      const [page] = await sync(dataSync, options)
      const state = page?.state
      for (const other of [
        { ...options, state, credentials: { team: 'b' } },
        { ...options, state, inputs: { kind: 'x' } },
        { ...options, state: { ...state, action: 'acme_other' } },
        { ...options, state: 'broken' },
      ])
        await expect(sync(dataSync, other)).rejects.toMatchObject({ code: 'sync/state' })
      provider.seen.length = 0
      await expect(sync({ allowed: false }, options)).rejects.toMatchObject({ code: 'sync/not-allowed' })
      expect(provider.seen).toEqual([])
    } finally {
      await provider.close()
    }
  })
})

proves(
  '12/dataSync.allowed',
  'an action whose dataSync does not allow it is refused before anything is sent',
  async () => {
    await expect(sync({ allowed: false }, {})).rejects.toMatchObject({ code: 'sync/not-allowed' })
  },
)

proves(
  '12/dataSync.delta_token',
  'the token of the last page asks for the changes; a sync that is cut keeps the old one',
  async () => {
    const provider = await startProvider(({ query }, response) => {
      const page = Number(query['page'] ?? 1)
      const rows = query['delta'] === undefined ? [{ id: page }] : [{ id: `changed since ${query['delta']}` }]
      const last = query['delta'] !== undefined || page === 3
      json(response, { rows, next: last ? null : page + 1, delta: `d${page}` })
    })
    const dataSync = {
      allowed: true,
      pagination: {
        type: 'cursor',
        response: { dataKey: 'rows', nextKey: 'next' },
        iterator: { key: 'page', in: 'query' },
      },
      incremental: {
        type: 'delta_token',
        iterator: { key: 'delta', in: 'query' },
        response: { path: 'delta', onlyOnFinalPage: true },
      },
    }
    try {
      const first = await sync(dataSync, { origin: provider.origin })
      expect(first.map(({ state }) => state.deltaToken)).toEqual([undefined, undefined, 'd3'])
      const cut = first[1] as SyncPage
      const rest = await sync(dataSync, { origin: provider.origin, state: cut.state })
      expect(ids(rest)).toEqual([3])
      const second = await sync(dataSync, { origin: provider.origin, state: first.at(-1)?.state })
      expect(ids(second)).toEqual(['changed since d3'])
    } finally {
      await provider.close()
    }
  },
)

proves(
  ['12/dataSync.pagination', '12/dataSync.limits'],
  'cursor, offset and page; a sync ends at its pages or minutes and the next one goes on there',
  async () => {
    const rows = makeRows(7)
    const provider = await startProvider((request, response) => {
      const { query } = request
      const page = Number(query['page'] ?? 1)
      const given = query['page'] === undefined ? pageOf(rows, request) : rows.slice((page - 1) * 3, page * 3)
      json(response, { rows: given, done: given.length < 3 })
    })
    const byPage = {
      type: 'page',
      response: { dataKey: 'rows' },
      iterator: { pageKey: 'page', startPage: 1 },
    }
    try {
      const { origin } = provider
      expect(ids(await sync({ allowed: true, pagination: byPage }, { origin }))).toEqual([
        0, 1, 2, 3, 4, 5, 6,
      ])
      expect(provider.seen).toHaveLength(4)
      provider.seen.length = 0
      const stopping = { ...byPage, stopCondition: '{{done}}' }
      expect(ids(await sync({ allowed: true, pagination: stopping }, { origin }))).toHaveLength(7)
      expect(provider.seen).toHaveLength(3)
      const limited = { allowed: true, pagination: byOffset, maxPages: 2 }
      const first = await sync(limited, { origin })
      expect(first.at(-1)).toMatchObject({ complete: false })
      expect(ids(await sync(limited, { origin, state: first.at(-1)?.state }))).toEqual([6])
      let clock = 0
      const slow = await sync(
        { allowed: true, pagination: byOffset, maxDurationMinutes: 1 },
        { origin, now: () => (clock += 25_000) },
      )
      expect(slow).toHaveLength(2)
    } finally {
      await provider.close()
    }
  },
)

test('a provider that repeats a page is an error, not an endless sync', async () => {
  const provider = await startProvider((_, response) => json(response, { rows: makeRows(3) }))
  try {
    await expect(
      sync({ allowed: true, pagination: byOffset }, { origin: provider.origin }),
    ).rejects.toMatchObject({ code: 'paging/repeated-page', rowsDelivered: 3 })
  } finally {
    await provider.close()
  }
})

describe('mainspring sync', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))

  /** Runs the command; ends it with a signal once so many rows were printed. */
  async function runSync(
    folder: string,
    origin: string,
    killAfter?: { rows: number; signal: 'SIGKILL' | 'SIGINT' },
  ) {
    const child = spawn(
      process.execPath,
      [
        'src/cli/main.ts',
        'sync',
        'acme_list',
        '--connectors',
        folder,
        '--origin',
        origin,
        '--state',
        join(folder, 'state.json'),
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
    )
    let out = ''
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk
    })
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
      if (killAfter !== undefined && out.split('\n').length > killAfter.rows) child.kill(killAfter.signal)
    })
    const [code] = await once(child, 'close')
    // What a kill cuts in the middle of a line is no row.
    const rows = out
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as SyncedRow).id)
    return { code: code as number | null, rows, err }
  }

  test('is killed in the middle, is stopped with Ctrl-C, and loses no row', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mainspring-sync-'))
    const rows = makeRows(30)
    let slow = true
    const provider = await startProvider((request, response) => {
      setTimeout(() => json(response, { rows: pageOf(rows, request) }), slow ? 60 : 0)
    })
    try {
      const dataSync = { allowed: true, pagination: byOffset, incremental: byTime }
      await writeFile(join(folder, 'acme.connector.s1.yaml'), syncConnector(dataSync))
      const killed = await runSync(folder, provider.origin, { rows: 9, signal: 'SIGKILL' })
      expect(killed.code).toBeNull()
      const kept = JSON.parse(await readFile(join(folder, 'state.json'), 'utf8'))
      // The state covers no row that was not printed.
      expect(kept.pass.position).toBeLessThanOrEqual(killed.rows.length)
      const stopped = await runSync(folder, provider.origin, { rows: 6, signal: 'SIGINT' })
      expect(stopped.code).toBe(130)
      slow = false
      const done = await runSync(folder, provider.origin)
      expect(done).toMatchObject({ code: 0, err: expect.stringMatching(/^\d+ rows\.\n$/) })
      expect(new Set([...killed.rows, ...stopped.rows, ...done.rows])).toEqual(
        new Set(rows.map(({ id }) => id)),
      )
      expect(done.rows.length).toBeLessThan(30)
      expect((await stat(join(folder, 'state.json'))).mode & 0o777).toBe(0o600)
    } finally {
      await provider.close()
      await rm(folder, { recursive: true })
    }
  }, 120_000)
})
