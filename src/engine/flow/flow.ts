import type { LimitsPlan } from '../../plan/index.ts'
import { type Gate, systemClock } from '../../transport/index.ts'
import { AccountGate, type Provider, type Shared } from './account-gate.ts'
import { AccountLane } from './account-lane.ts'
import { BoundedMap } from './bounded-map.ts'
import { checkFlowSettings } from './check-flow-settings.ts'
import { CircuitBreaker, defaultCircuit } from './circuit-breaker.ts'
import { divideAmong } from './divide-among.ts'
import type { FlowAccount, HostCircuit } from './flow-account.ts'
import type { CircuitPlace, FlowCaller } from './flow-caller.ts'
import type { FlowSettings } from './flow-settings.ts'
import { defaultRetryBudget, RetryBudget } from './retry-budget.ts'
import { Scheduler } from './scheduler.ts'
import { SlidingWindow } from './sliding-window.ts'
import { Slots } from './slots.ts'

/** What holds requests back just now. Plain data without secrets. */
export interface FlowState {
  /** Requests under way. */
  readonly running: number
  readonly waiting: number
  /** Circuits that are not closed. */
  readonly circuits: readonly (CircuitPlace & {
    readonly state: 'open' | 'half-open'
    readonly retryAfterMs: number
  })[]
  /** Pools that a provider has paused. */
  readonly pauses: readonly {
    readonly connector: string
    readonly account?: string
    readonly pool: string
    readonly retryAfterMs: number
  }[]
}

/** For bounds that are not set. */
const defaults = {
  mostPerAccount: 50,
  mostAtATime: 256,
  mostWaitingPerAccount: 1_000,
  mostWaiting: 10_000,
} as const

/**
 * What stands between runs and providers: budgets, ceilings, circuits and the share of retries, kept for all runs that
 * are given the same one. Its state is of this process alone.
 */
export interface Flow {
  /** The gate of one run. */
  gate(caller: FlowCaller): Gate
  state(): FlowState
}

/** Accounts, providers and hosts of an account that are remembered; the ones idle the longest are forgotten first. */
const mostAccounts = 10_000
const mostProviders = 1_000
const mostHosts = 32

/** @throws {InputError} `input/invalid`: bounds that are none */
export function createFlow(settings: FlowSettings = {}): Flow {
  checkFlowSettings(settings)
  const { clock = systemClock, random = Math.random, processes = 1 } = settings
  const mostAtATime = settings.mostAtATime ?? defaults.mostAtATime
  const mostPerProvider = settings.mostPerProvider ?? Math.max(1, Math.floor(mostAtATime / 2))
  const circuit = { ...defaultCircuit, ...settings.circuit }
  const retries = { ...defaultRetryBudget, ...settings.retries }
  const scheduler = new Scheduler(clock, mostAtATime)
  const accounts = new BoundedMap<string, FlowAccount>(
    mostAccounts,
    ({ lane, circuits }) =>
      lane.isIdle(clock.now()) &&
      circuits.values().every(({ breaker }) => breaker.state(clock.now()) === 'closed'),
  )
  const providers = new BoundedMap<string, Provider>(mostProviders, ({ slots }) => slots.taken === 0)
  const divided = new WeakMap<LimitsPlan, LimitsPlan>()
  const windows = new BoundedMap<string, SlidingWindow>(mostProviders, (window) =>
    window.isEmpty(clock.now()),
  )
  const shared: Shared = {
    clock,
    random,
    scheduler,
    mostWaitingPerAccount: settings.mostWaitingPerAccount ?? defaults.mostWaitingPerAccount,
    mostWaiting: settings.mostWaiting ?? defaults.mostWaiting,
    longestWaitMs: settings.longestWaitMs ?? Number.POSITIVE_INFINITY,
    onCircuit: settings.onCircuit,
    newCircuit: () => new CircuitBreaker(circuit),
  }

  const shareOf = (limits: LimitsPlan): LimitsPlan => {
    const known = divided.get(limits) ?? divideAmong(limits, processes)
    divided.set(limits, known)
    return known
  }

  const accountOf = ({ accountKey, connector, account }: FlowCaller, limits: LimitsPlan): FlowAccount => {
    const found = accounts.use(accountKey, () => ({
      lane: new AccountLane(settings.mostPerAccount ?? defaults.mostPerAccount),
      circuits: new BoundedMap<string, HostCircuit>(
        mostHosts,
        ({ breaker }) => breaker.state(clock.now()) === 'closed',
      ),
      connector,
      account,
    }))
    found.lane.adopt(limits)
    return found
  }

  return {
    gate(caller) {
      const provider = caller.origin === undefined ? caller.connector : `${caller.connector} ${caller.origin}`
      const limits = shareOf(caller.limits)
      const sharedBudgets = limits.budgets.filter(({ per }) => per === 'connector')
      return new AccountGate(
        caller,
        accountOf(caller, limits),
        providers.use(provider, () => ({
          retries: new RetryBudget(retries),
          slots: new Slots(mostPerProvider),
        })),
        sharedBudgets.map(({ key, requests, windowMs, pattern }) => ({
          pattern,
          window: windows.use(
            `${provider} ${key} ${requests} ${windowMs}`,
            () => new SlidingWindow(requests, windowMs),
          ),
        })),
        shared,
      )
    },
    state() {
      const nowMs = clock.now()
      const all = [...accounts.values()]
      return {
        running: scheduler.total.taken,
        waiting: scheduler.waiting,
        circuits: all.flatMap(({ circuits }) =>
          [...circuits.values()].flatMap(({ breaker, place }) => {
            const state = breaker.state(nowMs)
            return state === 'closed'
              ? []
              : [{ ...place, state, retryAfterMs: breaker.refusalMs(nowMs) ?? 0 }]
          }),
        ),
        pauses: all.flatMap(({ lane, connector, account }) =>
          lane.pauses(nowMs).map(({ pool, untilMs }) => ({
            connector,
            ...(account === undefined ? {} : { account }),
            pool,
            retryAfterMs: untilMs - nowMs,
          })),
        ),
      }
    },
  }
}
