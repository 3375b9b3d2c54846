import { createRedactor, type PreparedRequest } from '../../http/index.ts'
import type { Clock, ExchangeEnd, Gate, Pass, Patience, WaitReason } from '../../transport/index.ts'
import type { AccountLane, Needs, Ticket } from './account-lane.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { FlowAccount, HostCircuit } from './flow-account.ts'
import type { CircuitChange, FlowCaller } from './flow-caller.ts'
import { circuitOpen, overBudget, paused, queueFull, waitedTooLong } from './flow-errors.ts'
import { readinessOf } from './readiness.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { Scheduler } from './scheduler.ts'
import type { SlidingWindow } from './sliding-window.ts'
import type { Slots } from './slots.ts'
import { verdictOf } from './verdict-of.ts'

/** What the gates of a flow have in common. */
export interface Shared {
  readonly clock: Clock
  readonly random: () => number
  readonly scheduler: Scheduler
  readonly mostWaitingPerAccount: number
  readonly mostWaiting: number
  readonly longestWaitMs: number
  readonly onCircuit: ((change: CircuitChange) => void) | undefined
  newCircuit(): CircuitBreaker
}

/** What the accounts of a provider have in common, whatever its definition says. */
export interface Provider {
  readonly retries: RetryBudget
  readonly slots: Slots
}

/** A window that all accounts of a connector share, for the addresses that it is for. */
export interface SharedBudget {
  readonly pattern: string | undefined
  readonly window: SlidingWindow
}

/** How long the original waits for a pool before it calls anyway. */
const originalWaitMs = { least: 7_500, most: 47_000 }

/** The gate of one run: what its account, its connector and all together leave to it. */
export class AccountGate implements Gate {
  readonly #caller: FlowCaller
  readonly #account: FlowAccount
  readonly #provider: Provider
  readonly #budgets: readonly SharedBudget[]
  readonly #shared: Shared

  constructor(
    caller: FlowCaller,
    account: FlowAccount,
    provider: Provider,
    budgets: readonly SharedBudget[],
    shared: Shared,
  ) {
    this.#caller = caller
    this.#account = account
    this.#provider = provider
    this.#budgets = budgets
    this.#shared = shared
  }

  mayRepeat(request: PreparedRequest): boolean {
    const nowMs = this.#shared.clock.now()
    if (this.#circuitOf(request)?.breaker.refusalMs(nowMs) !== undefined) return false
    return this.#provider.retries.takeRetry(nowMs)
  }

  enter(request: PreparedRequest, patience: Patience): Pass | Promise<Pass> {
    const nowMs = this.#shared.clock.now()
    const circuit = this.#circuitOf(request)
    const refusalMs = circuit?.breaker.refusalMs(nowMs)
    if (circuit !== undefined && refusalMs !== undefined)
      throw circuitOpen(request, circuit.place.host, refusalMs)
    if (patience.attempt === 1) this.#provider.retries.countCall(nowMs)
    const { lane } = this.#account
    const needs = lane.needsOf(request.url, this.#sharedWindows(request.url), this.#provider.slots)
    if (this.#shared.scheduler.tryNow(lane, needs, nowMs)) return this.#passOf(lane, needs, circuit)
    return this.#wait(request, patience, lane, needs, circuit)
  }

  #wait(
    request: PreparedRequest,
    patience: Patience,
    lane: AccountLane,
    needs: Needs,
    circuit: HostCircuit | undefined,
  ): Promise<Pass> {
    const { clock, random, scheduler, mostWaiting, mostWaitingPerAccount, longestWaitMs } = this.#shared
    const nowMs = clock.now()
    const { signal } = patience
    const remainingMs = Math.min(patience.remainingMs, longestWaitMs)
    const longestPauseMs = Math.min(patience.longestPauseMs, longestWaitMs)
    const { least, most } = originalWaitMs
    const overdueAtMs =
      request.original === true ? nowMs + least + random() * (most - least) : Number.POSITIVE_INFINITY
    if (request.original !== true) refuseHopeless(request, lane, needs, nowMs, remainingMs, longestPauseMs)
    const isFull = lane.waiting >= mostWaitingPerAccount || scheduler.waiting >= mostWaiting
    return new Promise((resolve, reject) => {
      const ticket: GateTicket = {
        needs,
        line: `${this.#caller.action} ${needs.rate.key} ${needs.slots.most}`,
        overdueAtMs,
        waitedFor: 'total',
        request,
        endsAtMs: nowMs + Math.min(remainingMs, longestPauseMs),
        circuit,
        admit: () => {
          endWait()
          const at = clock.now()
          const refusalMs = circuit?.breaker.refusalMs(at)
          if (circuit === undefined || refusalMs === undefined)
            return resolve(this.#passOf(lane, needs, circuit, ticket.waitedFor))
          // Another one that waited has become the probe.
          reject(circuitOpen(request, circuit.place.host, refusalMs))
          queueMicrotask(() => scheduler.giveBack(lane, needs, clock.now()))
        },
        refuse: (error) => {
          endWait()
          reject(error)
        },
      }
      const abort = () => {
        if (scheduler.remove(lane, ticket)) ticket.refuse(signal.reason)
      }
      const giveUp = () => {
        if (scheduler.remove(lane, ticket)) ticket.refuse(waitedTooLong(request, longestWaitMs))
      }
      // The end of the call has a timer of its own.
      const cancelTimer =
        longestWaitMs < patience.remainingMs ? clock.schedule(giveUp, longestWaitMs) : undefined
      const endWait = () => {
        signal.removeEventListener('abort', abort)
        cancelTimer?.()
      }
      signal.addEventListener('abort', abort)
      if (signal.aborted) return ticket.refuse(signal.reason)
      scheduler.wait(lane, ticket, nowMs)
      // Others may fill the line while this one need not wait at all.
      if (isFull && scheduler.remove(lane, ticket)) ticket.refuse(queueFull(request, lane.waiting))
    })
  }

  #passOf(lane: AccountLane, needs: Needs, circuit: HostCircuit | undefined, waitedFor?: WaitReason): Pass {
    const { clock, scheduler } = this.#shared
    const isProbe = circuit?.breaker.enter() ?? false
    const startMs = clock.now()
    return {
      ...(waitedFor === undefined ? {} : { waitedFor }),
      leave: (end) => {
        const nowMs = clock.now()
        this.#learnRate(lane, needs, end, nowMs)
        if (circuit !== undefined) {
          const change = circuit.breaker.leave(verdictOf(end, nowMs - startMs), isProbe, nowMs)
          if (change !== undefined) this.#tellCircuit(lane, circuit, change, nowMs)
        }
        scheduler.giveBack(lane, needs, nowMs)
      },
    }
  }

  /** A pool is paused as the provider asks; who could not wait for its end is told at once. */
  #learnRate(lane: AccountLane, { rate }: Needs, end: ExchangeEnd, nowMs: number): void {
    if (!('status' in end) || this.#caller.pausesNobody === true) return
    if (!end.limited) {
      rate.relax()
      return
    }
    rate.pause(nowMs, end.retryAfterMs)
    if (lane.waiting === 0) return
    for (const ticket of [...lane.all()] as GateTicket[])
      if (
        ticket.needs.rate === rate &&
        ticket.request.original !== true &&
        rate.pausedUntilMs > ticket.endsAtMs &&
        this.#shared.scheduler.remove(lane, ticket)
      )
        ticket.refuse(paused(ticket.request, rate.pausedUntilMs - nowMs))
  }

  #tellCircuit(lane: AccountLane, circuit: HostCircuit, state: 'opened' | 'closed', nowMs: number): void {
    const retryAfterMs = circuit.breaker.refusalMs(nowMs)
    const change: CircuitChange = {
      ...circuit.place,
      state,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
    this.#shared.onCircuit?.(change)
    this.#caller.onCircuit?.(change)
    if (retryAfterMs === undefined || lane.waiting === 0) return
    for (const ticket of [...lane.all()] as GateTicket[])
      if (ticket.circuit === circuit && this.#shared.scheduler.remove(lane, ticket))
        ticket.refuse(circuitOpen(ticket.request, circuit.place.host, retryAfterMs))
  }

  /** The original has none, and `compat: exact` is to do what it does. */
  #circuitOf(request: PreparedRequest): HostCircuit | undefined {
    if (request.original === true) return undefined
    const host = hostOf(request.url)
    const { circuits, connector, account } = this.#account
    return circuits.use(host, () => ({
      breaker: this.#shared.newCircuit(),
      place: {
        connector,
        ...(account === undefined ? {} : { account }),
        host: createRedactor(request.secrets.values)(host),
      },
    }))
  }

  #sharedWindows(url: string): readonly SlidingWindow[] {
    if (this.#budgets.length === 0) return noWindows
    return this.#budgets.flatMap(({ pattern, window }) =>
      pattern === undefined || url.includes(pattern) ? [window] : [],
    )
  }
}

interface GateTicket extends Ticket {
  readonly request: PreparedRequest
  /** A pause of the provider beyond it is not waited for. */
  readonly endsAtMs: number
  readonly circuit: HostCircuit | undefined
}

const noWindows: readonly SlidingWindow[] = []

/** A turn that cannot come in time is not waited for. */
function refuseHopeless(
  request: PreparedRequest,
  lane: AccountLane,
  needs: Needs,
  nowMs: number,
  remainingMs: number,
  longestPauseMs: number,
): void {
  const pauseMs = needs.rate.pausedUntilMs - nowMs
  if (pauseMs > Math.min(remainingMs, longestPauseMs)) throw paused(request, pauseMs)
  const own = readinessOf(lane, needs, nowMs)
  let waitMs = Number.isFinite(own.atMs) ? own.atMs - nowMs : 0
  for (const window of needs.shared) waitMs = Math.max(waitMs, window.freeAtMs(nowMs) - nowMs)
  if (waitMs > remainingMs) throw overBudget(request, waitMs)
}

/** Host and port of an absolute URL, without the cost of parsing it whole. */
function hostOf(url: string): string {
  const start = url.indexOf('://') + 3
  const found = url.slice(start).search(/[/?#]/)
  return (found < 0 ? url.slice(start) : url.slice(start, start + found)).toLowerCase()
}
