import fc from 'fast-check'
import { type Fault, faultKinds } from './virtual-network.ts'

export const accounts = 2
export const processes = 2
/** Calls come in bursts, between which tokens end. */
const bursts = 8
const betweenBurstsMs = 50_000

export const callKinds = ['list', 'create', 'keyed', 'findable', 'read'] as const

/** One call of an action, by one process. */
export interface ScheduledCall {
  readonly at: number
  readonly account: number
  readonly process: number
  readonly kind: (typeof callKinds)[number]
  /** When the caller gives up, in milliseconds after the beginning. */
  readonly abortAfter: number | undefined
}

/** Everything that happens in one simulated world. */
export interface Schedule {
  readonly calls: readonly ScheduledCall[]
  /** One an exchange, in order. */
  readonly faults: readonly Fault[]
  /** Processes that are killed, and start anew at once. */
  readonly kills: readonly { readonly at: number; readonly process: number }[]
  /** The provider withdraws an access token before its time. */
  readonly revocations: readonly { readonly at: number; readonly account: number }[]
  /** The provider changes the document of an account. */
  readonly changes: readonly { readonly at: number; readonly account: number }[]
  /** The provider is down: it answers 503, or is not reached. */
  readonly outages: readonly { readonly at: number; readonly lastsMs: number; readonly silent: boolean }[]
  /** Rows of the listing. */
  readonly rows: number
  /** Of the jitter. */
  readonly random: number
}

const at = fc
  .tuple(fc.nat({ max: bursts - 1 }), fc.nat({ max: 400 }))
  .map(([burst, after]) => burst * betweenBurstsMs + after)
const account = fc.nat({ max: accounts - 1 })
const process = fc.nat({ max: processes - 1 })

/** Schedules of any kind; fast-check makes a failing one smaller and names the seed that gives it again. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  calls: fc.array(
    fc.record({
      at,
      account,
      process,
      kind: fc.constantFrom(...callKinds),
      abortAfter: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 4_000 }) },
      ),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  faults: fc.array(
    fc.record({
      kind: fc.oneof({ weight: 3, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...faultKinds)),
      delayMs: fc.oneof(fc.integer({ min: 1, max: 80 }), {
        weight: 1,
        arbitrary: fc.integer({ min: 80, max: 40_000 }),
      }),
    }),
    { maxLength: 40 },
  ),
  kills: fc.array(fc.record({ at, process }), { maxLength: 3 }),
  revocations: fc.array(fc.record({ at, account }), { maxLength: 2 }),
  changes: fc.array(fc.record({ at, account }), { maxLength: 4 }),
  outages: fc.array(fc.record({ at, lastsMs: fc.integer({ min: 200, max: 60_000 }), silent: fc.boolean() }), {
    maxLength: 2,
  }),
  rows: fc.integer({ min: 0, max: 10 }),
  random: fc.integer({ min: 1, max: 1_000_000 }),
})
