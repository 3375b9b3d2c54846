import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHub } from '../../src/hub/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { seededRandom } from '../seeded-random.ts'
import { checkWhole } from './killed/check-whole.ts'
import { callOver, type Lane, UnexpectedAnswer, type World } from './killed/lane.ts'
import { confirmations } from './killed/lanes/confirmations.ts'
import { inbox } from './killed/lanes/inbox.ts'
import { keys } from './killed/lanes/keys.ts'
import { links } from './killed/lanes/links.ts'
import { outbox } from './killed/lanes/outbox.ts'
import { policies } from './killed/lanes/policies.ts'
import { runs } from './killed/lanes/runs.ts'
import { webhooks } from './killed/lanes/webhooks.ts'
import { type SpawnedHub, spawnHub } from './spawn-hub.ts'
import { connectorsFolder, testApiKey } from './start-hub.ts'

/** By hand: KILLS=100 SEED=7 npm test -- test/hub/killed */
const kills = Number(process.env['KILLS'] ?? 8)
const seed = Number(process.env['SEED'] ?? 1)
/** Longest time between the first answers of a round and its end. */
const longestMs = 250
/** Every so many rounds the hub is killed while it starts. */
const startEvery = 4
/** Later than any claim of a hub that was killed. */
const claimsOverMs = 15 * 60_000

let folder: string
let sandbox: Sandbox
const received = new Set<string>()
const receiver = createServer((request, response) => {
  received.add(String(request.headers['x-mainspring-delivery']))
  request.resume().on('end', () => response.writeHead(200).end())
})
const running = new Set<SpawnedHub>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-killed-'))
  sandbox = await startSandbox({ port: 0, people: 20 })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
})

afterAll(async () => {
  for (const hub of running) await hub.kill()
  receiver.closeAllConnections()
  receiver.close()
  await sandbox.close()
  await rm(folder, { recursive: true })
})

const optionsOf = () => ({
  connectors: connectorsFolder,
  dataFolder: folder,
  apiKey: testApiKey,
  integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }],
  requestsPerMinute: 1_000_000,
  visitorLimits: { requestsPerMinute: 1_000_000 },
})

/** Counts what the provider has made, by name; its log forgets. */
function countMade(): (name: string) => number {
  const made = new Map<string, number>()
  return (name) => {
    // Beyond it the log would have lost some.
    expect(sandbox.requests.length).toBeLessThan(1000)
    for (const { method, body, status } of (sandbox.requests as (typeof sandbox.requests)[number][]).splice(
      0,
    )) {
      const field = method === 'POST' && status !== null && status < 300 ? nameIn(body) : undefined
      if (field !== undefined) made.set(field, (made.get(field) ?? 0) + 1)
    }
    return made.get(name) ?? 0
  }
}

function nameIn(body: unknown): string | undefined {
  return /"name":"([^"]+)"/.exec(JSON.stringify(body))?.[1]
}

/** All lanes write until the hub is gone. @returns answers that no hub should give */
async function writeUntilGone(hub: SpawnedHub, lanes: readonly Lane[], delayMs: number): Promise<string[]> {
  const url = await hub.url
  if (url === undefined) return ['The hub did not start']
  const call = callOver(url)
  let isOver = false
  const wrong: string[] = []
  const warm: Promise<void>[] = []
  const writing = lanes.map(async (lane) => {
    const first = Promise.withResolvers<void>()
    warm.push(first.promise)
    try {
      for (;;) {
        await lane.write(call)
        first.resolve()
      }
    } catch (error) {
      if (!isOver || error instanceof UnexpectedAnswer) wrong.push(`${lane.kind}: ${error}`)
    }
    first.resolve()
  })
  await Promise.all(warm)
  await sleep(delayMs)
  isOver = true
  await hub.kill()
  await Promise.all(writing)
  return wrong
}

test(`killed ${kills} times at moments of seed ${seed}, during writes of every kind, a hub has all that was answered, nothing half and nothing twice`, async () => {
  const random = seededRandom(seed)
  const { port } = receiver.address() as AddressInfo
  const world: World = {
    sandbox,
    received,
    receiverUrl: `http://127.0.0.1:${port}/hook`,
    madeAt: countMade(),
  }
  const lanes = [links, runs, webhooks, outbox, inbox, confirmations, policies, keys].map((lane) =>
    lane(world),
  )
  for (let kill = 0; kill < kills; kill++) {
    const hub = spawnHub(optionsOf())
    running.add(hub)
    if (kill % startEvery === 0) {
      await sleep(random() * 2_000)
      await hub.kill()
    } else expect(await writeUntilGone(hub, lanes, random() * longestMs)).toEqual([])
    running.delete(hub)

    const restarted = await createHub({
      ...optionsOf(),
      clock: () => new Date(Date.now() + claimsOverMs),
    })
    const file = new DatabaseSync(join(folder, 'mainspring.db'), { readOnly: true })
    try {
      const call = callOver(await restarted.listen({ port: 0 }))
      const there = { hub: restarted, call, file }
      await checkWhole(there, folder)
      for (const lane of lanes) await lane.check(there)
      await checkWhole(there, folder)
    } finally {
      file.close()
      await restarted.close()
    }
  }
}, 3_600_000)
