import { randomBytes } from 'node:crypto'
import { createRenewalMemory } from '../../../src/engine/index.ts'
import { credentialSource, readState, renewalLease } from '../../../src/hub/accounts/credential-source.ts'
import { createLock, openStore, type Store } from '../../../src/hub/store/index.ts'
import { createKeyRing } from '../../../src/hub/vault/key-ring.ts'
import { createVault, type Vault } from '../../../src/hub/vault/vault.ts'
import { NetworkError, runAction, type Transport } from '../../../src/index.ts'
import { makePlan, oauthMethod } from '../../engine/auth/make-plan.ts'
import { account } from '../store/store-contract.ts'
import { accessGenerationOf, generationOf, RotatingProvider } from './rotating-provider.ts'
import { createRandom, VirtualTime } from './virtual-time.ts'

/** What may happen in a schedule. All of it by default; shrinking leaves parts away. */
export interface ScheduleLimits {
  readonly processes?: number
  readonly runs?: number
  readonly kills?: number
  readonly hangs?: number
  /** Token calls that fail: 503, lost before the provider, lost after it. */
  readonly faults?: number
  readonly revocations?: number
}

/** What came of one schedule. Everything under `bad` has to be 0. */
export interface RenewalOutcome {
  readonly seed: number
  readonly runs: number
  readonly succeeded: number
  readonly rotations: number
  readonly kills: number
  readonly hangs: number
  readonly lostAnswers: number
  readonly recovered: number
  readonly reconnects: number
  readonly bad: {
    /** Rotations of a token that was neither ending nor refused: a second refresh of one expiry. */
    readonly needless: number
    /** Spent refresh tokens sent though their successor was durable. */
    readonly spentAgain: number
    /** Calls with an old token by runs that began after the new one was stored. */
    readonly stale: number
    /** Token calls of runs that began after the account was marked as one to reconnect. */
    readonly stormed: number
    /** The newest refresh token was durable, and the account does not work at the end. */
    readonly lost: number
    /** A failure of a run that no fault explains. */
    readonly unexplained: number
  }
  /** What happened, a line each, for whoever looks into a seed. */
  readonly story: readonly string[]
}

const projectId = 'simulation'
const setup = { clientId: 'integrator', clientSecret: 'client-secret-1' }
const transportFailure = (code: 'write/outcome-unknown' | 'network/unreachable') =>
  new NetworkError(code as 'network/unreachable', { message: 'A fault of the simulation.' })

/** The real engine, store and vault; made once for many schedules. */
export async function createRenewalSimulator() {
  const plan = await makePlan('https://api.example.com', oauthMethod('https://login.example.com'))
  let time = new VirtualTime()
  const store = await openStore({ kind: 'sqlite', path: ':memory:' }, { nowMs: () => time.nowMs })
  await store.migrate()
  const vault = createVault(createKeyRing([randomBytes(32)]), () => new Date(time.nowMs))
  return {
    close: () => store.close(),
    /** Plays one schedule: which one follows from the seed alone. */
    async simulate(seed: number, limits: ScheduleLimits = {}): Promise<RenewalOutcome> {
      time = new VirtualTime()
      // The name counts too: when a token is renewed depends on it.
      const accountId = `acc_${seed}`
      await forget(store, accountId)
      return new World({ plan, store, vault, time, seed, limits, accountId }).play()
    },
  }
}

/** Of an earlier schedule of the same seed nothing is left but its audit. */
async function forget(store: Store, accountId: string): Promise<void> {
  await store.accounts.delete(projectId, accountId)
  for (const kind of ['account', 'renewal'] as const)
    await store.vault.delete({ projectId, kind, subjectId: accountId })
  await store.leases.remove(renewalLease({ projectId, accountId }))
}

interface WorldParts {
  readonly plan: Awaited<ReturnType<typeof makePlan>>
  readonly store: Store
  readonly vault: Vault
  readonly time: VirtualTime
  readonly seed: number
  readonly limits: ScheduleLimits
  readonly accountId: string
}

class World {
  readonly parts: WorldParts
  readonly time: VirtualTime
  readonly random: () => number
  readonly provider: RotatingProvider
  readonly story: string[] = []
  readonly subject: { readonly projectId: string; readonly kind: 'account'; readonly subjectId: string }
  /** By generation: when its refresh token was durable anywhere, and when it stood in the account's record. */
  readonly durableAt = new Map<number, number>([[1, 0]])
  readonly storedAt = new Map<number, number>([[1, 0]])
  /** Since when the account is marked as one to reconnect. */
  markedAt: number | undefined
  kills: number
  hangs: number
  faults: number
  readonly counts = {
    succeeded: 0,
    kills: 0,
    hangs: 0,
    lostAnswers: 0,
    reconnects: 0,
    needless: 0,
    spentAgain: 0,
    stale: 0,
    stormed: 0,
    lost: 0,
    unexplained: 0,
  }

  constructor(parts: WorldParts) {
    const { limits, time, seed, accountId } = parts
    this.parts = parts
    this.time = time
    this.random = createRandom(seed)
    this.subject = { projectId, kind: 'account', subjectId: accountId }
    this.kills = limits.kills ?? this.upTo(3)
    this.hangs = limits.hangs ?? this.upTo(2)
    this.faults = limits.faults ?? this.upTo(3)
    this.provider = new RotatingProvider(() => time.nowMs, 3_600_000, this.random() < 0.5)
  }

  upTo(count: number): number {
    return Math.floor(this.random() * (count + 1))
  }

  tell(line: string): void {
    this.story.push(`${((this.time.nowMs - Date.parse('2026-01-02T00:00:00Z')) / 1000).toFixed(3)} ${line}`)
  }

  async play(): Promise<RenewalOutcome> {
    const { store, vault, time, seed, limits, accountId } = this.parts
    const { provider, random, counts } = this
    const recoveredBefore = await this.countRecovered()
    await store.accounts.link(account({ id: accountId, projectId }))
    await vault.write(store, this.subject, {
      credentials: provider.credentials,
      issuedAt: new Date(time.nowMs).toISOString(),
      expiresAt: new Date(provider.endsAtMs).toISOString(),
    })
    const processes = Array.from(
      { length: limits.processes ?? 1 + this.upTo(3) },
      (_, index) => new Process(this, `p${index}`, Math.round((random() - 0.5) * 120_000)),
    )
    let revocations = limits.revocations ?? this.upTo(1)
    const runs = limits.runs ?? 3 + this.upTo(12)
    const work: Promise<void>[] = []
    const driver = async () => {
      for (let index = 0; index < runs; index += 1) {
        // Bursts, quiet times, and jumps to about the end of the token.
        const kind = random()
        if (kind > 0.75) await time.sleep(provider.endsAtMs - time.nowMs - 700_000 * random())
        else if (kind > 0.4) await time.sleep(60_000 * random())
        if (revocations > 0 && random() < 0.2) {
          revocations -= 1
          await time.sleep(61_000)
          provider.revoked = true
          this.tell('revoked')
        }
        const process = processes[Math.floor(random() * processes.length)] as Process
        work.push(process.run(index))
      }
      // Whoever hangs or waits for a dead process comes to an end.
      await time.sleep(300_000)
      await Promise.all(work)
    }
    await time.run(driver())
    this.kills = 0
    this.hangs = 0
    this.faults = 0
    provider.unavailable = 0
    await time.run(this.judgeEnd())
    const { needless, spentAgain, stale, stormed, lost, unexplained, ...told } = counts
    return {
      seed,
      runs,
      ...told,
      rotations: provider.rotations,
      recovered: (await this.countRecovered()) - recoveredBefore,
      bad: { needless, spentAgain, stale, stormed, lost, unexplained },
      story: this.story,
    }
  }

  async countRecovered(): Promise<number> {
    const { store, accountId } = this.parts
    const entries = await store.audit.list(projectId, { limit: 1_000, subject: `account:${accountId}` })
    return entries.filter(({ action }) => action === 'account.renewal-recovered').length
  }

  /** A process without faults takes over. */
  async judgeEnd(): Promise<void> {
    const { provider, counts } = this
    // An account whose token was lost on the way is known for what it is; any other works.
    const known = this.durableAt.has(provider.generation) && !provider.familyRevoked
    const last = new Process(this, 'last', 0)
    let code = await last.runOnce(true)
    // An endpoint that had failed is left in peace for a while.
    if (code === 'auth/refresh-failed') {
      await this.time.sleep(120_000)
      code = await last.runOnce(true)
    }
    this.tell(`in the end ${code ?? 'works'}`)
    if (known && code !== undefined) counts.lost += 1
    if (!known && code !== undefined && code !== 'auth/reconnect-needed') counts.unexplained += 1
    if (code === 'auth/reconnect-needed') counts.reconnects += 1
  }

  /** After every commit: which tokens would survive the end of all processes. */
  async look(): Promise<void> {
    const { store, vault } = this.parts
    const stored = (await vault.read(store, this.subject))?.value
    const recorded = (await vault.read(store, { ...this.subject, kind: 'renewal' }))?.value
    const generation = (credentials: Readonly<Record<string, unknown>> | undefined) =>
      Number(String(credentials?.['refreshToken']).replace('refresh-', ''))
    const now = this.time.nowMs
    const [of, ahead] = [generation(stored?.credentials), generation(recorded?.next.credentials)]
    for (const found of [of, ahead]) if (!this.durableAt.has(found)) this.durableAt.set(found, now)
    if (!this.storedAt.has(of)) {
      this.storedAt.set(of, now)
      this.tell(`generation ${of} is stored`)
    }
    this.markedAt = stored?.reconnectNeeded === undefined ? undefined : (this.markedAt ?? now)
  }
}

/** A process of the hub, with a memory, a clock and an end of its own. */
class Process {
  readonly world: World
  readonly name: string
  readonly #skewMs: number
  #memory = createRenewalMemory()
  #life = 0
  #store: Store

  constructor(world: World, name: string, skewMs: number) {
    this.world = world
    this.name = name
    this.#skewMs = skewMs
    this.#store = this.#openStore()
  }

  async run(index: number): Promise<void> {
    const { world } = this
    const life = this.#life
    const begun = await Promise.race([
      this.runOnce(),
      // A run whose process was killed never ends; it is given up.
      this.#untilKilled(life).then(() => 'killed' as const),
    ])
    if (begun !== 'killed') world.tell(`run ${index} of ${this.name}: ${begun ?? 'ok'}`)
  }

  /** @returns the code of its failure */
  async runOnce(patient = false): Promise<string | undefined> {
    const { world } = this
    const { plan, vault, accountId } = world.parts
    const now = () => world.time.nowMs + this.#skewMs
    const clock = () => new Date(now())
    const store = this.#store
    const beganAt = world.time.nowMs
    try {
      const first = await readState(store, vault, projectId, accountId)
      const source = credentialSource(
        { store, vault, clock, memory: this.#memory },
        projectId,
        accountId,
        first,
      )
      await runAction(plan, 'list_people', {
        credentials: source,
        setup,
        now,
        transport: this.#transport(beganAt),
        timeoutMs: 600_000,
      })
      world.counts.succeeded += 1
      return undefined
    } catch (error) {
      const code = String((error as { code?: unknown }).code ?? error)
      // A fault shows as a failure of the renewal, or as the refusal that a lost answer led to.
      if (!patient && !/^auth\/(?:refresh-failed|reconnect-needed|rejected)$/.test(code)) {
        world.tell(`${this.name} failed with ${code}`)
        world.counts.unexplained += 1
      }
      return code
    }
  }

  /** A point at which the process may be killed, or stand still for longer than a lease lasts. */
  async #pass(place: string, mayHang = true): Promise<void> {
    const { world } = this
    const life = this.#life
    await world.time.sleep(world.random() * 20)
    if (this.#life !== life) return new Promise(() => undefined)
    if (world.kills > 0 && world.random() < 0.04) {
      world.kills -= 1
      world.counts.kills += 1
      world.tell(`${this.name} is killed at ${place}`)
      this.#die()
      return new Promise(() => undefined)
    }
    if (mayHang && world.hangs > 0 && world.random() < 0.02) {
      world.hangs -= 1
      world.counts.hangs += 1
      world.tell(`${this.name} hangs at ${place}`)
      this.#hangsUntil = world.time.nowMs + 20_000 + world.random() * 40_000
    }
    await this.#standStill()
    return this.#life === life ? undefined : new Promise(() => undefined)
  }

  #hangsUntil = 0
  async #standStill(): Promise<void> {
    const { time } = this.world
    while (time.nowMs < this.#hangsUntil) await time.sleep(this.#hangsUntil - time.nowMs)
  }

  #die(): void {
    this.#life += 1
    // What starts in its place knows nothing of it.
    this.#memory = createRenewalMemory()
    this.#store = this.#openStore()
  }

  async #untilKilled(life: number): Promise<void> {
    const { time } = this.world
    while (this.#life === life) await time.sleep(5_000)
    // Two lives of the same run would tell the same story twice.
  }

  #openStore(): Store {
    const { world } = this
    const { store } = world.parts
    const life = this.#life
    const pass = (place: string, mayHang = true) =>
      this.#life === life ? this.#pass(place, mayHang) : new Promise<never>(() => undefined)
    const around = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
      await pass(`before ${place}`)
      const value = await work()
      await world.look()
      await pass(`after ${place}`)
      return value
    }
    const { leases } = store
    const gated = {
      take: (name: string, holder: string, ttlMs: number) =>
        around('take', () => leases.take(name, holder, ttlMs)),
      // A beat is no point of its own; a process that stands still does not give any.
      extend: async (lease: Parameters<typeof leases.extend>[0], ttlMs: number) =>
        this.#life === life && world.time.nowMs >= this.#hangsUntil ? leases.extend(lease, ttlMs) : false,
      release: (lease: Parameters<typeof leases.release>[0]) =>
        around('release', () => leases.release(lease)),
    }
    const lock = createLock(gated, {
      sleep: (ms) => world.time.sleep(ms),
      random: world.random,
      every: (ms, work) => {
        let ended = false
        void (async () => {
          while (!ended && this.#life === life) {
            await world.time.sleep(ms)
            if (!ended && this.#life === life) work()
          }
        })()
        return () => {
          ended = true
        }
      },
    })
    return {
      ...store,
      vault: {
        ...store.vault,
        // Read and sent at once: what hangs between the two could still send what is spent by then.
        get: async (subject) => {
          await pass('read')
          return store.vault.get(subject)
        },
      },
      transaction: (work) => around('write', () => store.transaction(work)),
      exclusively: lock,
    }
  }

  #transport(beganAt: number): Transport {
    const { world } = this
    const { provider, time, random, counts } = world
    const life = this.#life
    return {
      close: () => undefined,
      send: async (request) => {
        const isToken = request.url.includes('/token')
        if (this.#life !== life) return new Promise(() => undefined)
        const answered = (async () => {
          if (isToken) this.#judgeToken(generationOf(request), beganAt)
          await time.sleep(random() * 300)
          const fault = isToken && world.faults > 0 && random() < 0.3 ? random() : undefined
          if (fault !== undefined) world.faults -= 1
          if (fault !== undefined && fault < 0.3) {
            provider.unavailable += 1
            world.tell(`${this.name}: the endpoint is not available`)
          } else if (fault !== undefined && fault < 0.6) throw transportFailure('network/unreachable')
          if (!isToken) this.#judgeCall(accessGenerationOf(request), beganAt)
          const before = { endsAtMs: provider.endsAtMs, revoked: provider.revoked }
          const rotated = provider.rotations
          const answer = isToken ? provider.answerToken(request) : provider.answerCall(request)
          if (provider.rotations > rotated) this.#judgeRotation(before)
          // Now and then one answers very slowly.
          await time.sleep(isToken && random() < 0.1 ? 25_000 * random() : random() * 300)
          if (fault !== undefined && fault >= 0.6) {
            counts.lostAnswers += 1
            world.tell(`${this.name}: an answer is lost`)
            throw transportFailure('write/outcome-unknown')
          }
          return answer
        })()
        answered.catch(() => undefined)
        const { status, body } = await answered
        await this.#pass(isToken ? 'the answer of the token endpoint' : 'an answer')
        if (this.#life !== life) return new Promise(() => undefined)
        return {
          status,
          headers: { 'content-type': 'application/json' },
          text: JSON.stringify(body),
          url: request.url,
          attempts: 1,
        }
      },
    }
  }

  #judgeToken(generation: number, beganAt: number): void {
    const { provider, durableAt, counts, time, markedAt } = this.world
    this.world.tell(`${this.name} sends refresh token ${generation}`)
    const spent = generation < provider.generation
    if (spent && (durableAt.get(provider.generation) ?? Number.POSITIVE_INFINITY) < time.nowMs)
      counts.spentAgain += 1
    if (markedAt !== undefined && beganAt > markedAt) counts.stormed += 1
  }

  #judgeCall(generation: number, beganAt: number): void {
    const { provider, storedAt, counts } = this.world
    if (generation === provider.generation) return
    if ((storedAt.get(generation + 1) ?? Number.POSITIVE_INFINITY) < beganAt) counts.stale += 1
  }

  #judgeRotation(before: { readonly endsAtMs: number; readonly revoked: boolean }): void {
    const { time, counts, provider } = this.world
    this.world.tell(`${this.name}: generation ${provider.generation} is given out`)
    // Ten minutes before the end at the earliest, by a clock that may be a minute ahead.
    if (!before.revoked && time.nowMs < before.endsAtMs - 660_000) counts.needless += 1
  }
}
