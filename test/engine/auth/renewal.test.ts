import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRenewalMemory } from '../../../src/engine/index.ts'
import {
  type ConnectorPlan,
  type CredentialSource,
  type CredentialState,
  iterateAction,
  runAction,
  type StoredCredentials,
  type Transport,
} from '../../../src/index.ts'
import { makePlan, oauthMethod } from './make-plan.ts'

const setup = { clientId: 'integrator', clientSecret: 'client-secret-1' }
let plan: ConnectorPlan
let pagedPlan: ConnectorPlan

beforeAll(async () => {
  plan = await makePlan('https://api.example.com', oauthMethod('https://login.example.com'))
  pagedPlan = await makePlan(
    'https://api.example.com',
    oauthMethod('https://login.example.com'),
    '',
    pagedAction,
  )
})

const pagedAction = `  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: list
    steps:
      - stepId: get
        description: d
        stepFunction: { functionName: request, parameters: { url: /people, method: get } }
        x-mainspring: { paging: { style: offset, offsetParam: offset }, response: { rows: [people] } }
    result: { data: $.steps.get.output.data }`

/** Time that goes on only as a test says. */
class VirtualClock {
  nowMs = Date.parse('2026-01-02T00:00:00Z')
  now = () => this.nowMs
}

/** A provider with rotating refresh tokens that counts, behind a transport without sockets. */
class Provider implements Transport {
  readonly clock: VirtualClock
  /** The only access and refresh tokens that are worth anything. */
  generation = 1
  refreshes = 0
  staleCalls = 0
  reusedTokens = 0
  calls = 0
  lifeSeconds = 3600
  endsAtMs: number
  /** What the next token calls are answered with, in place of tokens. */
  readonly failures: { status: number; body: unknown }[] = []
  pause: () => Promise<void> = async () => undefined

  constructor(clock: VirtualClock) {
    this.clock = clock
    this.endsAtMs = clock.nowMs + this.lifeSeconds * 1000
  }

  async send(request: Parameters<Transport['send']>[0]): ReturnType<Transport['send']> {
    await this.pause()
    const answer = (status: number, body: unknown) => ({
      status,
      headers: { 'content-type': 'application/json' },
      text: JSON.stringify(body),
      url: request.url,
      attempts: 1,
    })
    if (!request.url.includes('/token')) {
      this.calls += 1
      const isValid =
        request.headers['authorization'] === `Bearer access-${this.generation}` &&
        this.clock.nowMs < this.endsAtMs
      if (!isValid) this.staleCalls += 1
      const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0)
      const people = offset < 2 ? [{ id: String(offset + 1) }] : []
      return isValid ? answer(200, { people }) : answer(401, { message: 'expired' })
    }
    const failure = this.failures.shift()
    if (failure !== undefined) return answer(failure.status, failure.body)
    const used = new URLSearchParams(String(request.body)).get('refresh_token')
    if (used !== `refresh-${this.generation}`) {
      this.reusedTokens += 1
      return answer(400, { error: 'invalid_grant' })
    }
    this.refreshes += 1
    this.generation += 1
    this.endsAtMs = this.clock.nowMs + this.lifeSeconds * 1000
    const tokens = this.tokens()
    await this.pause()
    return answer(200, tokens)
  }

  tokens() {
    return {
      access_token: `access-${this.generation}`,
      refresh_token: `refresh-${this.generation}`,
      token_type: 'bearer',
      expires_in: this.lifeSeconds,
    }
  }

  revoke(): void {
    this.endsAtMs = 0
  }

  close(): void {}
}

let accounts = 0

/** A store in memory, with compare-and-set and failures on demand. */
class Store {
  readonly key = `account-${++accounts}`
  state: StoredCredentials
  writes = 0
  failing = 0
  pause: () => Promise<void> = async () => undefined

  constructor(provider: Provider) {
    this.state = {
      version: 1,
      credentials: { accessToken: 'access-1', refreshToken: 'refresh-1' },
      issuedAt: new Date(provider.clock.nowMs).toISOString(),
      expiresAt: new Date(provider.endsAtMs).toISOString(),
    }
  }

  get source(): CredentialSource {
    return {
      key: this.key,
      read: async () => {
        await this.pause()
        return this.state
      },
      update: async (next: CredentialState, expected) => {
        await this.pause()
        if (this.failing > 0) {
          this.failing -= 1
          throw new Error('disk full')
        }
        if (this.state.version !== expected) return undefined
        this.writes += 1
        this.state = { ...next, version: Number(expected) + 1 }
        return this.state
      },
    }
  }
}

function scene() {
  const clock = new VirtualClock()
  const provider = new Provider(clock)
  const store = new Store(provider)
  const run = () =>
    runAction(plan, 'list_people', { credentials: store.source, setup, transport: provider, now: clock.now })
  return { clock, provider, store, run }
}

describe('an account whose token ends', () => {
  test('is renewed before its end, once, and the new token is stored before it is used', async () => {
    const { clock, provider, store, run } = scene()
    await run()
    expect(provider.refreshes).toBe(0)
    clock.nowMs += 3_550_000
    const order: string[] = []
    store.pause = async () => void order.push(`store v${store.state.version}`)
    provider.pause = async () => void order.push('call')
    await run()
    expect([provider.refreshes, provider.staleCalls, store.writes]).toEqual([1, 0, 1])
    expect(order.at(-1)).toBe('call')
    expect(store.state.credentials).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' })
    await run()
    expect(provider.refreshes).toBe(1)
  })

  test('is renewed within a tenth to a fifth of its life before the end, at five to ten minutes at most', async () => {
    const { clock, provider, run } = scene()
    clock.nowMs += 3_600_000 - 600_001
    await run()
    expect(provider.refreshes).toBe(0)
    clock.nowMs += 300_001
    await run()
    expect(provider.refreshes).toBe(1)
  })

  test('revoked early, it is renewed once by the 401, and the call is made again', async () => {
    const { provider, run } = scene()
    provider.revoke()
    await expect(run()).resolves.toMatchObject({ data: [{ id: '1' }] })
    expect([provider.refreshes, provider.staleCalls]).toEqual([1, 1])
  })

  test('a listing under way takes up the token that another run has got', async () => {
    const { provider, store, clock, run } = scene()
    const rows = iterateAction(pagedPlan, 'list_people', {
      credentials: store.source,
      setup,
      transport: provider,
      now: clock.now,
    })
    expect((await rows.next()).value).toEqual({ id: '1' })
    provider.revoke()
    await run()
    provider.staleCalls = 0
    expect((await rows.next()).value).toEqual({ id: '2' })
    expect((await rows.next()).done).toBe(true)
    expect([provider.refreshes, provider.staleCalls]).toEqual([1, 0])
  })
})

describe('a renewal that takes long', () => {
  test('outlives the run that began it: its token is stored, and the next run has it', async () => {
    const { clock, provider, store } = scene()
    provider.revoke()
    clock.nowMs += 4_000_000
    const held = Promise.withResolvers<void>()
    let paused = 0
    // The second pause of a token call comes between its rotation and its answer.
    provider.pause = () => (++paused === 2 ? held.promise : Promise.resolve())
    const options = { credentials: store.source, setup, transport: provider, now: clock.now }
    await expect(runAction(plan, 'list_people', { ...options, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'network/timeout',
    })
    const waiting = runAction(plan, 'list_people', options)
    held.resolve()
    await waiting
    await runAction(plan, 'list_people', options)
    expect([provider.refreshes, provider.reusedTokens, provider.staleCalls]).toEqual([1, 0, 0])
    expect(store.state.credentials['refreshToken']).toBe('refresh-2')
  })
})

describe('processes whose clocks differ', () => {
  test.each([
    ['a minute', 60_000],
    ['a quarter of an hour', 900_000],
    ['more than a token lives', 2 * 3_600_000],
  ])('by %s: every run succeeds, no token is used twice, and nobody renews in turns', async (_, skewMs) => {
    const { clock, provider, store } = scene()
    const processes = [0, skewMs, -skewMs].map((skew) => ({
      memory: createRenewalMemory(),
      now: () => clock.nowMs + skew,
    }))
    const hours = 24
    let runs = 0
    for (let at = 0; at < hours * 3_600_000; at += 300_000) {
      clock.nowMs += 300_000
      for (const { memory, now } of processes) {
        const credentials = { ...store.source, memory }
        await runAction(plan, 'list_people', { credentials, setup, transport: provider, now })
        runs += 1
      }
    }
    expect(runs).toBe(hours * 12 * 3)
    expect(provider.reusedTokens).toBe(0)
    // An hour of a token: one renewal before its end, and one more by a clock that finds it ended already.
    expect(provider.refreshes).toBeLessThanOrEqual(hours * 2 + 2)
  })
})

describe('a renewal that fails', () => {
  test('for good asks for the person, is stored, and is not tried again', async () => {
    const { provider, store, run } = scene()
    provider.revoke()
    provider.failures.push({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token was revoked' },
    })
    await expect(run()).rejects.toMatchObject({ code: 'auth/reconnect-needed', retryable: false })
    expect(store.state.reconnectNeeded?.message).toMatch(/revoked/)
    const before = provider.calls
    await Promise.allSettled([run(), run(), run()])
    await expect(run()).rejects.toMatchObject({ code: 'auth/reconnect-needed' })
    expect([provider.calls - before, provider.refreshes]).toEqual([0, 0])
  })

  test('for now leaves the account as it is, and the endpoint in peace for a moment', async () => {
    const { provider, store, clock, run } = scene()
    provider.revoke()
    provider.failures.push({ status: 503, body: {} }, { status: 503, body: {} })
    await expect(run()).rejects.toMatchObject({ code: 'auth/refresh-failed', retryable: true, status: 503 })
    await expect(run()).rejects.toMatchObject({ code: 'auth/refresh-failed' })
    expect([provider.failures.length, store.state.reconnectNeeded]).toEqual([1, undefined])
    provider.failures.length = 0
    clock.nowMs += 6_000
    await expect(run()).resolves.toBeDefined()
  })

  test('while the token still lives does not stop the run', async () => {
    const { provider, clock, run } = scene()
    clock.nowMs += 3_500_000
    provider.failures.push({ status: 500, body: {} })
    await expect(run()).resolves.toBeDefined()
    expect(provider.refreshes).toBe(0)
  })

  test('again and again is asked for less and less often, and no more often than the endpoint wants', async () => {
    const { provider, clock, run } = scene()
    provider.revoke()
    provider.failures.push(...Array.from({ length: 100 }, () => ({ status: 503, body: {} })))
    const asked = async (seconds: number) => {
      const before = provider.failures.length
      for (let second = 0; second < seconds; second += 1) {
        await run().catch(() => undefined)
        clock.nowMs += 1_000
      }
      return before - provider.failures.length
    }
    expect([await asked(5), await asked(10), await asked(20), await asked(600)]).toEqual([1, 1, 1, 11])
  })

  test('does not follow a refusal of the very token that replaced a refused one', async () => {
    const { provider, clock, run } = scene()
    provider.revoke()
    await run()
    provider.revoke()
    for (let count = 0; count < 5; count += 1)
      await expect(run()).rejects.toMatchObject({ code: 'auth/rejected' })
    expect(provider.refreshes).toBe(1)
    clock.nowMs += 60_000
    await expect(run()).resolves.toBeDefined()
    expect(provider.refreshes).toBe(2)
  })

  test('by a wrong client secret does not ask for the person', async () => {
    const { provider, store, run } = scene()
    provider.revoke()
    provider.failures.push({ status: 401, body: { error: 'invalid_client' } })
    await expect(run()).rejects.toMatchObject({ code: 'auth/exchange-failed' })
    expect(store.state.reconnectNeeded).toBeUndefined()
  })

  test('in the store loses no rotated token: it is kept, unused, and stored first', async () => {
    const { provider, store, run } = scene()
    provider.revoke()
    store.failing = 1
    await expect(run()).rejects.toMatchObject({ code: 'auth/store-failed', retryable: true })
    expect(store.state.credentials['refreshToken']).toBe('refresh-1')
    await expect(run()).resolves.toBeDefined()
    expect([provider.refreshes, provider.reusedTokens]).toEqual([1, 0])
    expect(store.state.credentials['refreshToken']).toBe('refresh-2')
  })

  test('against somebody who links the account again takes what they have stored', async () => {
    const { provider, store, run } = scene()
    provider.revoke()
    const { source } = store
    const racing: CredentialSource = {
      ...source,
      update: async (next, expected) => {
        store.state = {
          version: 9,
          credentials: { accessToken: `access-${provider.generation}`, refreshToken: 'x' },
        }
        return source.update(next, expected)
      },
    }
    await runAction(plan, 'list_people', {
      credentials: racing,
      setup,
      transport: provider,
      now: provider.clock.now,
    })
    expect(store.state.version).toBe(9)
    await run()
  })
})

test('over seeded schedules: one renewal an expiry, no token twice, no run with a stale token after a rotation', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.record({
          runs: fc.integer({ min: 1, max: 6 }),
          end: fc.constantFrom('expires', 'revoked', 'lives'),
        }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      async (scheduler, rounds) => {
        const { clock, provider, store, run } = scene()
        provider.pause = () => scheduler.schedule(Promise.resolve(), 'provider').then(() => undefined)
        store.pause = () => scheduler.schedule(Promise.resolve(), 'store').then(() => undefined)
        for (const { runs, end } of rounds) {
          const before = { refreshes: provider.refreshes, stale: provider.staleCalls }
          if (end === 'expires') clock.nowMs = provider.endsAtMs
          if (end === 'revoked') {
            clock.nowMs += 61_000
            provider.revoke()
          }
          const all = Promise.all(Array.from({ length: runs }, run))
          await scheduler.waitFor(all)
          expect(provider.refreshes - before.refreshes).toBe(end === 'lives' ? 0 : 1)
          // A revocation shows by the refusal alone; an expiry is known before.
          expect(provider.staleCalls - before.stale).toBeLessThanOrEqual(end === 'revoked' ? runs : 0)
          const settled = provider.staleCalls
          await scheduler.waitFor(run())
          expect(provider.staleCalls).toBe(settled)
        }
        expect(provider.reusedTokens).toBe(0)
        expect(store.writes).toBe(provider.refreshes)
      },
    ),
    { seed: 20260102, numRuns: 150 },
  )
})
