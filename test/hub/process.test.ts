import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createHub, type HubOptions } from '../../src/hub/index.ts'
import { openStore } from '../../src/hub/store/index.ts'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { fillDisk, lockDisk, withConnection } from './sqlite-of-hub.ts'
import { connectorsFolder } from './start-hub.ts'

let folder: string
const hubs: LinkedHub[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-process-'))
})
afterEach(async () => {
  jest.restoreAllMocks()
  for (const hub of hubs.splice(0)) await hub.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(options: Partial<HubOptions> = {}): Promise<LinkedHub> {
  const hub = await startLinkedHub(options)
  hubs.push(hub)
  return hub
}

const readyOf = async (hub: LinkedHub) => hub.call('GET', '/ready')
const getPeople = (hub: LinkedHub) =>
  fetch(`${hub.url}/actions/rpc`, {
    method: 'POST',
    headers: { ...hub.authorization, 'content-type': 'application/json', 'x-account-id': hub.accountId },
    body: JSON.stringify({ action: 'clockwork_list_people', query: { page_size: 1 } }),
  })

/** A provider that answers when it is let go. */
function heldProvider() {
  const gate = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  return { gate, arrived }
}

describe('a graceful end', () => {
  /** A hub whose runs wait at the provider. */
  async function startHeld(options: Partial<HubOptions> = {}) {
    const hub = await start(options)
    const held = heldProvider()
    const { runs } = hub.hub.services
    const run = runs.run.bind(runs)
    jest.spyOn(runs, 'run').mockImplementation(async (...given) => {
      held.arrived.resolve()
      await held.gate.promise
      return run(...given)
    })
    return { hub, ...held }
  }

  test('what is under way is answered, what is new is refused with 503, and readiness says so', async () => {
    const { hub, gate, arrived } = await startHeld()
    const first = getPeople(hub)
    await arrived.promise
    const closed = hub.hub.close()
    const late = await fetch(`${hub.url}/accounts`, { headers: hub.authorization })
    expect({
      status: late.status,
      retryAfter: late.headers.get('retry-after'),
      connection: late.headers.get('connection'),
      body: await late.json(),
    }).toMatchObject({ status: 503, retryAfter: '1', connection: 'close', body: { code: 'hub/stopping' } })
    const ready = await fetch(`${hub.url}/ready`)
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { status: 'the hub is about to end', checks: { admission: 'failing', store: 'ok' } },
    ])
    expect((await fetch(`${hub.url}/health`)).status).toBe(200)
    gate.resolve()
    expect((await first).status).toBe(200)
    await closed
    await expect(fetch(`${hub.url}/health`)).rejects.toThrow()
  })

  test('what does not end by the deadline is cut off', async () => {
    const { hub, gate, arrived } = await startHeld({ drainMs: 50 })
    const first = getPeople(hub).then(
      ({ status }) => status,
      () => 'cut off',
    )
    await arrived.promise
    await hub.hub.close()
    expect(await first).toBe('cut off')
    gate.resolve()
  })
})

test('more than may be under way is refused with 503 before anything of it is begun, and health still answers', async () => {
  const hub = await start({ maxRequestsUnderWay: 2 })
  const gate = Promise.withResolvers<void>()
  const begun: string[] = []
  const { runs } = hub.hub.services
  const run = runs.run.bind(runs)
  jest.spyOn(runs, 'run').mockImplementation(async (caller, request) => {
    begun.push(request.requestId)
    await gate.promise
    return run(caller, request)
  })
  const held = [getPeople(hub), getPeople(hub)]
  while (begun.length < 2) await new Promise((resolve) => setImmediate(resolve))
  const refused = await getPeople(hub)
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
    503,
    '1',
    { code: 'hub/overloaded' },
  ])
  expect(begun).toHaveLength(2)
  expect((await readyOf(hub)).status).toBe(200)
  gate.resolve()
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200])
  expect((await getPeople(hub)).status).toBe(200)
})

const startOnFile = () => withConnection(() => start({ dataFolder: folder }))

describe.each([
  ['a full disk', 'hub/store-full', fillDisk],
  ['a disk that takes no writes', 'hub/store-read-only', lockDisk],
] as const)('%s', (_, code, play) => {
  test('refuses changes with a code, tells readiness, goes on reading and running, and recovers', async () => {
    const { hub, database } = await startOnFile()
    const before = await hub.call('GET', '/accounts')
    const mend = play(database)
    const create = () =>
      hub.call('PATCH', `/accounts/${hub.accountId}`, { body: { label: 'x'.repeat(200_000) } })
    let refused = await create()
    // A page that was half empty may take the first.
    for (let tries = 0; tries < 20 && refused.status === 200; tries++) refused = await create()
    expect(refused).toMatchObject({ status: 503, body: { code } })
    expect(await readyOf(hub)).toMatchObject({
      status: 503,
      body: { checks: { store: 'ok', writes: 'failing' } },
    })
    const after = await hub.call('GET', '/accounts')
    expect([after.status, after.text.length]).toEqual([200, before.text.length])
    expect((await hub.rpc('clockwork_list_people', { query: { page_size: 1 } })).status).toBe(200)
    mend()
    expect((await hub.call('PATCH', `/accounts/${hub.accountId}`, { body: { label: 'New' } })).status).toBe(
      200,
    )
    expect((await readyOf(hub)).status).toBe(200)
    expect(await hub.hub.services.audit.verify('default')).toMatchObject({ broken: null })
  })

  test('tells the caller what its call came to, and does not do it again', async () => {
    const { hub, database } = await startOnFile()
    const key = { 'idempotency-key': 'once' }
    const create = () => hub.rpc('clockwork_create_person', { body: { name: 'A' } }, key)
    const { idempotency } = hub.hub.services.store
    const begin = idempotency.begin.bind(idempotency)
    let mend = () => undefined as unknown
    jest.spyOn(idempotency, 'begin').mockImplementation(async (record) => {
      const free = await begin(record)
      mend = play(database)
      return free
    })
    const sent = hub.sandbox.requests.length
    expect((await create()).status).toBe(200)
    mend()
    jest.restoreAllMocks()
    expect([200, 409]).toContain((await create()).status)
    expect(hub.sandbox.requests).toHaveLength(sent + 1)
  })
})

test('a file that another process holds is told as such, and nothing is changed', async () => {
  const path = join(folder, 'mainspring.db')
  const first = await openStore({ kind: 'sqlite', path })
  await first.migrate()
  await first.close()
  const holder = new DatabaseSync(path)
  holder.exec('begin exclusive')
  const second = await openStore({ kind: 'sqlite', path, busyTimeoutMs: 50 })
  await expect(second.migrate()).rejects.toMatchObject({ code: 'hub/store-busy', retryable: true })
  await second.close()
  holder.exec('rollback')
  holder.close()
})

test.each([
  ['no database at all', Buffer.from('this was never a database, whatever its name says'.repeat(40))],
  ['a database without its head', Buffer.alloc(16_384, 7)],
])('a damaged file (%s) ends the start with a code, and no byte of it is changed', async (_, bytes) => {
  const path = join(folder, 'mainspring.db')
  await writeFile(path, bytes, { mode: 0o600 })
  const options = {
    connectors: connectorsFolder,
    dataFolder: folder,
    masterKey: Buffer.alloc(32, 1).toString('base64'),
  }
  await expect(createHub(options)).rejects.toMatchObject({ code: 'hub/store-damaged' })
  expect((await readFile(path)).equals(bytes)).toBe(true)
  expect(await readdir(folder)).toEqual(['mainspring.db'])
})

test('out of file handles the process lives on, and serves again once there are some', async () => {
  const entry = fileURLToPath(new URL('./hub-process.ts', import.meta.url))
  const child: ChildProcess = spawn(
    'bash',
    [
      '-c',
      'ulimit -n 80 && exec "$0" "$@"',
      process.execPath,
      entry,
      JSON.stringify({ connectors: connectorsFolder, dataFolder: folder }),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  )
  const sockets: Socket[] = []
  try {
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    const { port, hostname } = new URL(url)
    for (let index = 0; index < 150; index++) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      sockets.push(socket)
    }
    await Promise.race([
      fetch(`${url}/ready`).catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ])
    expect(child.exitCode).toBeNull()
    for (const socket of sockets) socket.destroy()
    let status = 0
    for (let tries = 0; tries < 50 && status !== 200; tries++) {
      status = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.status,
        () => 0,
      )
    }
    expect(status).toBe(200)
  } finally {
    for (const socket of sockets) socket.destroy()
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})
