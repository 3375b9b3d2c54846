import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHub } from '../../src/hub/index.ts'
import { clockworkSandbox, connectorsFolder, testApiKey } from './start-hub.ts'

const entry = fileURLToPath(new URL('./killed-process.ts', import.meta.url))
const rounds = 3
let folder: string
const children = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-killed-'))
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** Links one account after the other in a process of its own, and kills it at some moment of that. */
async function killWhileLinking(delayMs: number, round: number): Promise<readonly string[]> {
  const child = fork(entry, [folder], { execArgv: [], stdio: 'ignore' })
  children.add(child)
  const [{ url, credentials }] = (await once(child, 'message')) as [
    { url: string; credentials: Record<string, string> },
  ]
  const answered: string[] = []
  const first = Promise.withResolvers<void>()
  const linking = (async () => {
    for (let index = 0; ; index++) {
      const owner = `owner-${round}-${index}`
      const session = await fetch(`${url}/connect_sessions`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${testApiKey}:`)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ origin_owner_id: owner, origin_owner_name: owner }),
      })
      const { token } = (await session.json()) as { token: string }
      const linked = await fetch(`${url}/hub/accounts`, {
        method: 'POST',
        headers: { 'x-hub-session-token': token, 'content-type': 'application/json' },
        body: JSON.stringify({ integration_id: clockworkSandbox, credentials }),
      })
      if (linked.status !== 201) throw new Error(`linking answered ${linked.status}`)
      answered.push(owner)
      first.resolve()
    }
  })().catch((error: Error) => {
    first.resolve()
    return error.message
  })
  // A first one, to be warm; then at any moment of those that follow.
  await first.promise
  await sleep(delayMs)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await linking).not.toMatch(/^linking answered/)
  return answered
}

test('kill -9 at any moment of linking leaves whole accounts: what was answered is there, and all that is there opens', async () => {
  const answered: string[] = []
  for (let round = 0; round < rounds; round++) answered.push(...(await killWhileLinking(round * 7, round)))
  const hub = await createHub({
    connectors: connectorsFolder,
    dataFolder: folder,
    apiKey: testApiKey,
    integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: 'http://127.0.0.1:9' }],
  })
  try {
    const { accounts, store } = hub.services
    const all = await accounts.list('default', {}, { limit: 1000, offset: 0 })
    expect(all.map(({ originOwnerId }) => originOwnerId)).toEqual(expect.arrayContaining(answered))
    expect(all.length).toBeGreaterThan(0)
    for (const { id } of all) {
      const { run } = await accounts.open('default', id)
      expect(Object.keys(run.credentials).sort()).toEqual([
        'apiKey',
        'apiSecret',
        'firmName',
        'firmServiceKey',
      ])
    }
    const entries = await store.audit.list('default', { limit: 10_000 })
    const linked = new Set(
      entries.filter(({ action }) => action === 'account.linked').map(({ subject }) => subject),
    )
    expect(linked).toEqual(new Set(all.map(({ id }) => `account:${id}`)))
    expect(await store.audit.verify('default')).toMatchObject({ broken: null })
  } finally {
    await hub.close()
  }
}, 240_000)
