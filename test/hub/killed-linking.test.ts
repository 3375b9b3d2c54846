import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Hub } from '../../src/hub/index.ts'
import { type OAuthProvider, startOAuthProvider } from './oauth-provider.ts'
import { killSpawnedHubs, spawnTokenHub } from './spawn-token-hub.ts'
import { type KillPoint, startTokenHub, type TokenHubSetting } from './token-hub.ts'

const integrationId = 'consent.oauth.production'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-killed-linking-'))
})

afterAll(async () => {
  killSpawnedHubs()
  await rm(folder, { recursive: true })
})

/**
 * A port that the next hub finds free again: below those that systems hand out by themselves, of which another test may
 * be given the one that a killed hub has just left.
 */
async function quietPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  if (!isFree) return quietPort()
  await new Promise((resolve) => server.close(resolve))
  return port
}

let earlier: Promise<unknown> = Promise.resolve()

/** One after the other: many that start at once in one process are each too slow for the server's own limit. */
function startInTurn(setting: TokenHubSetting): ReturnType<typeof startTokenHub> {
  const started = earlier.then(() => startTokenHub(setting))
  earlier = started.catch(() => undefined)
  return started
}

/** A person at the provider's page, about to come back to the hub. */
async function consent(hub: Hub) {
  const { token } = await hub.services.connectSessions.create(
    'default',
    // Several accounts: a second link would show as a second account.
    { originOwnerId: 'person', originOwnerName: 'Person', provider: 'consent', multiple: true },
    { kind: 'system' },
  )
  return `/connect/oauth2/${integrationId}?${new URLSearchParams({ token })}`
}

async function goToProvider(popup: string) {
  const begun = await fetch(popup, { redirect: 'manual' })
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const agreed = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
  return { callback: agreed.headers.get('location') ?? '', cookie }
}

interface Scene {
  readonly provider: OAuthProvider
  readonly hub: Hub
  /** What a person does whose browser was cut off. @returns the text of the page, or its status */
  reload(): Promise<string>
  accounts(): Promise<number>
  beginAgain(): Promise<string>
}

/** Kills the hub while a person comes back, starts another one at its address, and shows that. */
async function afterKill(
  kill: KillPoint | { readonly holding: string; readonly when: 'before' | 'after' },
  show: (scene: Scene) => Promise<void>,
): Promise<void> {
  const provider = await startOAuthProvider()
  const place = { dataFolder: await mkdtemp(join(folder, 'data-')), connectors: provider.connectors }
  const port = await quietPort()
  const setting: TokenHubSetting = {
    options: place,
    port,
    ...(typeof kill === 'string' ? { killAt: kill } : {}),
  }
  const first = await startInTurn({ options: place })
  const setup = { clientId: 'client-1', clientSecret: 'client-secret-1' }
  await first.hub.services.integrations.saveSetup('default', integrationId, setup, { kind: 'system' })
  const popups = [await consent(first.hub), await consent(first.hub)]
  await first.close()

  const child = await spawnTokenHub(setting)
  const { callback, cookie } = await goToProvider(`${child.url}${popups[0]}`)
  const hold = typeof kill === 'string' ? undefined : provider.hold(kill.holding, kill.when)
  const returned = fetch(callback, { redirect: 'manual', headers: { cookie } }).catch(() => 'cut off')
  if (hold !== undefined) {
    await hold.arrived
    child.kill()
  }
  expect([await child.killed, await returned]).toEqual(['SIGKILL', 'cut off'])
  hold?.release()

  const { hub, url, close } = await startInTurn({ options: place, port })
  const open = async (address: string, headers: Record<string, string>) => {
    const response = await fetch(address, { redirect: 'manual', headers })
    const next = response.headers.get('location')
    return next === null ? String(response.status) : (await fetch(new URL(next, url))).text()
  }
  try {
    await show({
      provider,
      hub,
      reload: () => open(callback, { cookie }),
      accounts: () => hub.services.accounts.count('default', {}),
      async beginAgain() {
        const again = await goToProvider(`${url}${popups[1]}`)
        return open(again.callback, { cookie: again.cookie })
      },
    })
  } finally {
    await close()
    await provider.close()
  }
}

test(
  'a hub that is killed while a person links: they end linked, once, or are told to begin again where the tokens never came',
  () =>
    Promise.all([
      // The tokens have come, and are being tested.
      afterKill({ holding: '/people', when: 'before' }, async ({ provider, accounts, reload, hub }) => {
        // Nobody has to come back for it.
        while ((await accounts()) === 0) await sleep(50)
        expect(await reload()).toContain('AccountConnected')
        expect([await accounts(), provider.tokenCalls]).toEqual([1, 1])
        const [account] = await hub.services.accounts.list('default', {}, { limit: 1, offset: 0 })
        const { run } = await hub.services.accounts.open('default', account?.id ?? '')
        expect(provider.grantOf(String(run.credentials['refreshToken']))).toMatchObject({ lives: true })
        expect(await reload()).toBe('401')
      }),
      // Written down, and nothing else was done.
      afterKill('recorded', async ({ provider, accounts, reload }) => {
        expect(await reload()).toContain('AccountConnected')
        expect([await accounts(), provider.tokenCalls]).toEqual([1, 1])
      }),
      // All was done, but for telling the browser.
      afterKill('stored', async ({ provider, accounts, reload }) => {
        expect(await reload()).toContain('AccountConnected')
        expect([await accounts(), provider.tokenCalls]).toEqual([1, 1])
      }),
      // The code was sent, and the provider has not looked at it.
      afterKill({ holding: '/token', when: 'before' }, async ({ provider, accounts, reload }) => {
        expect(await reload()).toContain('AccountConnected')
        expect([await accounts(), provider.tokenCalls]).toEqual([1, 1])
      }),
      // The code is spent, and the tokens never came: no hub can have them.
      afterKill({ holding: '/token', when: 'after' }, async ({ accounts, reload, beginAgain }) => {
        const page = await reload()
        expect(page).not.toContain('AccountConnected')
        expect(page).toContain('expired')
        expect(await accounts()).toBe(0)
        expect(await beginAgain()).toContain('AccountConnected')
        expect(await accounts()).toBe(1)
      }),
    ]),
  120_000,
)
