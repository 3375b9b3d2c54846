import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { seededRandom } from '../seeded-random.ts'
import { type OAuthProvider, type ProviderGrant, startOAuthProvider } from './oauth-provider.ts'
import { killSpawnedHubs, spawnTokenHub } from './spawn-token-hub.ts'
import { testApiKey } from './start-hub.ts'
import { createSchema, isPostgresThere, postgresHint, postgresUrl } from './store/postgres-url.ts'
import { type KillPoint, startTokenHub, type TokenHubSetting } from './token-hub.ts'

// Real processes, real sockets, kill -9. What a simulated clock can play is in `renewal/`.

type Place = Pick<TokenHubSetting['options'], 'dataFolder' | 'databaseUrl' | 'databaseSchema'>

const masterKey = Buffer.alloc(32, 7).toString('base64')
const integrationId = 'consent.oauth.production'
const postgres = (await isPostgresThere()) ? describe : describe.skip
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-killed-tokens-'))
})

afterAll(async () => {
  killSpawnedHubs()
  await rm(folder, { recursive: true })
})

interface Scene {
  readonly provider: OAuthProvider
  readonly place: Place
}

const settingOf = (
  { provider, place }: Scene,
  more: Omit<TokenHubSetting, 'options'> = {},
): TokenHubSetting => ({ options: { connectors: provider.connectors, masterKey, ...place }, ...more })

/** An account that is linked, and whose access token has ended. */
async function linkAll(scene: Scene, count: number) {
  const { hub, close } = await startTokenHub(settingOf(scene))
  const { integrations, linking } = hub.services
  const actor = { kind: 'system' } as const
  const setup = { clientId: 'client-1', clientSecret: 'client-secret-1' }
  await integrations.saveSetup('default', integrationId, setup, actor)
  const integration = await integrations.get('default', integrationId)
  const { provider } = scene
  const accounts: { readonly id: string; readonly grant: ProviderGrant; readonly first: string }[] = []
  for (let index = 0; index < count; index++) {
    const grant = provider.grant()
    const { accessToken, refreshToken } = grant
    const owner = { id: `owner-${index}`, name: `Owner ${index}` }
    const result = await linking.complete({ projectId: 'default', owner, actor }, integration, {
      credentials: { accessToken, refreshToken },
      issuedAt: new Date(Date.now() - 7_200_000).toISOString(),
      expiresAt: new Date(Date.now() - 3_600_000).toISOString(),
    })
    if (!result.linked) throw new Error(result.failure.headline)
    accounts.push({ id: result.account.id, grant, first: refreshToken })
  }
  await close()
  provider.expire()
  return accounts
}

async function run(url: string, accountId: string): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${url}/actions/rpc`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${testApiKey}:`)}`,
      'content-type': 'application/json',
      'x-account-id': accountId,
    },
    body: JSON.stringify({ action: 'consent_list_people' }),
  })
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code }
}

interface Case {
  readonly point: KillPoint | 'held-before' | 'held-after'
  /** What the account comes to in the next process. */
  readonly end: 'works' | 'reconnect'
  /** Refreshes of this one expiry that the provider made, and requests with a spent token. */
  readonly rotations: number
  readonly refused: number
  /** The tokens come from what was written ahead. */
  readonly recovered?: true
}

const cases: readonly Case[] = [
  { point: 'before-send', end: 'works', rotations: 1, refused: 0 },
  // The provider has the request, and has not read it.
  { point: 'held-before', end: 'works', rotations: 1, refused: 0 },
  // Nobody can have these two: the answer never came, or came to a process that ended within the same turn.
  { point: 'held-after', end: 'reconnect', rotations: 1, refused: 1 },
  { point: 'answered', end: 'reconnect', rotations: 1, refused: 1 },
  { point: 'recorded', end: 'works', rotations: 1, refused: 0, recovered: true },
  { point: 'stored', end: 'works', rotations: 1, refused: 0 },
]

/** One process after the other is killed at its point, then a new hub takes over all accounts. */
async function killAtEachPoint(scene: Scene) {
  const { provider } = scene
  const accounts = await linkAll(scene, cases.length)
  const killing = cases.map(async ({ point }, index) => {
    const isHeld = point === 'held-before' || point === 'held-after'
    const hub = await spawnTokenHub(settingOf(scene, isHeld ? {} : { killAt: point }))
    return { hub, isHeld, point, account: accounts[index] as (typeof accounts)[number] }
  })
  const started = await Promise.all(killing)
  for (const { hub, isHeld, point, account } of started) {
    const hold = isHeld ? provider.hold('/token', point === 'held-before' ? 'before' : 'after') : undefined
    const answer = run(hub.url, account.id).catch(() => 'cut off')
    if (hold !== undefined) {
      await hold.arrived
      hub.kill()
    }
    expect([point, await hub.killed, await answer]).toEqual([point, 'SIGKILL', 'cut off'])
    hold?.release()
  }
  const { hub, url, close } = await startTokenHub(settingOf(scene))
  try {
    const ends = await Promise.all(
      accounts.map(async ({ id, grant, first }, index) => {
        const { status, code } = await run(url, id)
        const { status: shown } = await hub.services.accounts.get('default', id)
        const entries = await hub.services.store.audit.list('default', {
          limit: 100,
          subject: `account:${id}`,
        })
        const recovered = entries.some(({ action }) => action === 'account.renewal-recovered')
        return {
          point: cases[index]?.point,
          end: status === 200 ? 'works' : code === 'auth/reconnect-needed' ? 'reconnect' : code,
          shown,
          rotations: grant.rotations,
          refused: grant.refused,
          recovered,
          newest: status !== 200 || grant.refreshToken !== first,
        }
      }),
    )
    expect(ends).toEqual(
      cases.map(({ recovered = false, ...rest }) => ({
        ...rest,
        shown: rest.end === 'works' ? 'active' : 'error',
        recovered,
        newest: true,
      })),
    )
  } finally {
    await close()
  }
}

/** Two hubs run the same accounts, and one of them is killed at a moment that follows from the seed. */
async function killAtRandom(scene: Scene, seed: number) {
  const rounds = 3
  const perRound = 8
  const random = seededRandom(seed)
  const journal = join(folder, `journal-${seed}`)
  const accounts = await linkAll(scene, rounds * perRound)
  const hubs = await Promise.all(
    Array.from({ length: rounds + 1 }, () => spawnTokenHub(settingOf(scene, { journal }))),
  )
  const answers: Promise<unknown>[] = []
  for (let round = 0; round < rounds; round++) {
    const [victim, other] = [hubs[round], hubs[round + 1]] as [(typeof hubs)[number], (typeof hubs)[number]]
    const theirs = accounts.slice(round * perRound, (round + 1) * perRound)
    answers.push(
      ...theirs.flatMap(({ id }) => [victim, other].map(({ url }) => run(url, id).catch(() => undefined))),
    )
    await sleep(random() * 120)
    victim.kill()
    await victim.killed
  }
  // The last one takes over what the victims held, once their leases are over.
  await Promise.all(answers)
  hubs.at(-1)?.kill()
  await hubs.at(-1)?.killed
  const written = await readFile(journal, 'utf8')
  const { url, close } = await startTokenHub(settingOf(scene))
  try {
    const board = { works: 0, unavoidable: 0, lost: 0, refreshedTwice: 0, unexplained: 0 }
    await Promise.all(
      accounts.map(async ({ id, grant }) => {
        const reachedUs = grant.rotations === 0 || written.includes(grant.refreshToken)
        const { status, code } = await run(url, id)
        if (status === 200) board.works += 1
        else if (reachedUs) board.lost += 1
        else if (code === 'auth/reconnect-needed') board.unavoidable += 1
        else board.unexplained += 1
        if (grant.rotations > 1) board.refreshedTwice += 1
      }),
    )
    return board
  } finally {
    await close()
  }
}

type WithPlace = (use: (place: Place) => Promise<void>) => Promise<void>

function kills(withPlace: WithPlace, seed: number): void {
  const inScene = (use: (scene: Scene) => Promise<void>) =>
    withPlace(async (place) => {
      const provider = await startOAuthProvider()
      try {
        await use({ provider, place })
      } finally {
        await provider.close()
      }
    })

  // Side by side, since both wait for the leases of the dead to end.
  test(
    `killed at each point of a renewal, and at moments of seed ${seed}: an account works with its newest token, or says that it has to be linked again; one refresh an expiry`,
    () =>
      Promise.all([
        inScene(killAtEachPoint),
        inScene(async (scene) => {
          const { works, unavoidable, ...bad } = await killAtRandom(scene, seed)
          expect(bad).toEqual({ lost: 0, refreshedTwice: 0, unexplained: 0 })
          expect(works + unavoidable).toBe(24)
        }),
      ]),
    120_000,
  )
}

describe('SQLite', () => {
  kills(async (use) => use({ dataFolder: await mkdtemp(join(folder, 'sqlite-')) }), 1)
})

postgres(`PostgreSQL (${postgresHint})`, () => {
  kills(async (use) => {
    const schema = await createSchema()
    try {
      await use({ databaseUrl: postgresUrl, databaseSchema: schema.name })
    } finally {
      await schema.drop()
    }
  }, 2)
})
