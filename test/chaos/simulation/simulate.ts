import { inspect } from 'node:util'
import { createFlow, createRenewalMemory, type Flow } from '../../../src/engine/index.ts'
import { iterateAction, MainspringError, runAction } from '../../../src/index.ts'
import type { ConnectorPlan } from '../../../src/plan/index.ts'
import { type Clock, createTransport, type Transport } from '../../../src/transport/index.ts'
import { seededRandom } from '../../seeded-random.ts'
import { type Board, emptyBoard } from '../board.ts'
import { budget } from './connector.ts'
import { accounts, processes, type Schedule, type ScheduledCall } from './schedule.ts'
import { VirtualClock } from './virtual-clock.ts'
import { createVirtualNetwork, FaultScript, type Traffic } from './virtual-network.ts'
import { clientSecret, tokenLifeMs, VirtualProvider } from './virtual-provider.ts'
import { type VirtualProcess, VirtualStore } from './virtual-store.ts'

/** How long the lease of a dead process holds. */
const leaseMs = 60_000

interface RunningProcess extends VirtualProcess {
  readonly transport: Transport
  readonly flow: Flow
}

interface Outcome {
  readonly call: ScheduledCall
  readonly ref: string
  readonly error?: unknown
  readonly rows?: readonly string[]
}

/** A guard that is taken away, to see that its absence is noticed. */
export type Tampering = 'writes-look-unsent' | 'nothing-recorded' | 'no-lease' | 'no-budget' | 'row-dropped'

/** Plays one schedule from its beginning to its end, and counts. The same schedule always gives the same board. */
export async function simulate(
  plan: ConnectorPlan,
  schedule: Schedule,
  tampering?: Tampering,
): Promise<Board> {
  const clock = new VirtualClock()
  const provider = new VirtualProvider(clock, accounts, schedule.rows)
  const script = new FaultScript(schedule.faults)
  const traffic: Traffic[] = []
  const emitted: string[] = []
  const random = seededRandom(schedule.random)
  const startMs = clock.now()

  const stores = Array.from(
    { length: accounts },
    (_, account) =>
      new VirtualStore(`account-${account}`, clock, {
        version: 1,
        credentials: toCredentials(provider, account),
        issuedAt: new Date(startMs).toISOString(),
        expiresAt: new Date(startMs + tokenLifeMs).toISOString(),
      }),
  )
  let started = 0
  const start = (): RunningProcess => {
    const number = started++
    const process = { alive: true, memory: createRenewalMemory() }
    const own: Clock = {
      now: () => clock.now(),
      schedule: (callback, delayMs) => clock.schedule(() => process.alive && callback(), delayMs),
    }
    const client = createVirtualNetwork({
      clock,
      provider,
      script,
      isAlive: () => process.alive,
      process: number,
      traffic,
      tampering,
    })
    const flow = createFlow({
      clock: own,
      random,
    })
    return Object.assign(process, { transport: createTransport({ client, clock: own, random }), flow })
  }
  const running = Array.from({ length: processes }, start)

  const outcomes: Outcome[] = []
  const left = new Map<ScheduledCall, VirtualProcess>()
  const perform = async (call: ScheduledCall, ref: string): Promise<Outcome> => {
    const process = running[call.process] as RunningProcess
    left.set(call, process)
    const ending = new AbortController()
    if (call.abortAfter !== undefined) clock.schedule(() => ending.abort(), call.abortAfter)
    const options = {
      credentials: (stores[call.account] as VirtualStore).sourceFor(process, tampering),
      setup: { clientId: 'client', clientSecret },
      transport: process.transport,
      flow: process.flow,
      now: () => clock.now(),
      signal: ending.signal,
      observer: (event: object) => void emitted.push(JSON.stringify(event)),
    }
    if (call.kind === 'create') {
      const { data, meta } = await runAction(plan, 'create_record', { ...options, inputs: { ref } })
      emitted.push(JSON.stringify([data, meta]))
      return { call, ref }
    }
    const rows: string[] = []
    for await (const row of iterateAction(plan, 'list_rows', options)) rows.push((row as { id: string }).id)
    if (tampering === 'row-dropped') rows.pop()
    return { call, ref, rows }
  }

  const calls = schedule.calls.map(async (call, index) => {
    const ref = `ref-${index}`
    await clock.sleep(call.at)
    const outcome = await perform(call, ref).catch((error: unknown): Outcome => ({ call, ref, error }))
    left.delete(call)
    outcomes.push(outcome)
  })
  for (const { at, process } of schedule.kills)
    clock.schedule(() => {
      const dying = running[process] as RunningProcess
      dying.alive = false
      running[process] = start()
      clock.schedule(() => {
        for (const store of stores) store.expire()
      }, leaseMs)
    }, at)
  for (const { at, account } of schedule.revocations)
    clock.schedule(() => {
      const known = provider.accounts[account]
      if (known === undefined) return
      known.revocations += 1
      known.endsAtMs = 0
    }, at)

  await clock.runUntil(Promise.all(calls))
  const board = count(provider, outcomes, traffic, stores)
  board.hung = [...left].filter(([, process]) => process.alive).length
  board.canaryBytes = leaked(outcomes, emitted)
  return board
}

function toCredentials(provider: VirtualProvider, account: number): Record<string, unknown> {
  const { access_token: accessToken, refresh_token: refreshToken } = provider.tokens(account)
  return { accessToken, refreshToken }
}

function count(
  provider: VirtualProvider,
  outcomes: readonly Outcome[],
  traffic: readonly Traffic[],
  stores: readonly VirtualStore[],
): Board {
  const board = emptyBoard()
  board.calls = outcomes.length
  board.writesSent = traffic.filter(({ url, method }) => method === 'POST' && url.endsWith('/records')).length
  for (const times of provider.records.values()) if (times > 1) board.doubled += 1
  board.callsOverBudget = overBudget(traffic)
  for (const { call, ref, error, rows } of outcomes) {
    const code = error instanceof MainspringError ? error.code : undefined
    if (error !== undefined && code === undefined) board.uncoded += 1
    if (code === 'write/outcome-unknown') board.outcomesUnknown += 1
    else if (call.kind === 'create' && (error === undefined) !== provider.records.has(ref)) board.lost += 1
    if (rows !== undefined) {
      board.rowsRepeated += rows.length - new Set(rows).size
      board.rowsMissing += provider.rows.filter((row) => !rows.includes(row)).length
    }
    const account = provider.accounts[call.account]
    // A second withdrawal within a minute is answered by no third token: that is meant so.
    if (code === 'auth/rejected' && (account?.revocations ?? 0) < 2) board.staleRuns += 1
  }
  for (const [index, account] of provider.accounts.entries()) {
    board.refreshes += account.refreshes
    const store = stores[index] as VirtualStore
    if (account.tokensLost) continue
    board.refreshesTooMany += account.reused
    const kept = store.latest.credentials['refreshToken']
    const isLost =
      store.state.reconnectNeeded !== undefined || kept !== provider.tokens(index)['refresh_token']
    if (isLost) board.tokensLost += 1
  }
  return board
}

/** Requests that one process sent for one account beyond what its provider takes within any such time. */
function overBudget(traffic: readonly Traffic[]): number {
  const sent = traffic.filter(({ account }) => account >= 0)
  return sent.filter(({ at, process, account }, index) => {
    const before = sent
      .slice(0, index)
      .filter((other) => other.process === process && other.account === account)
      .filter((other) => other.at > at - budget.seconds * 1000)
    return before.length >= budget.requests
  }).length
}

function leaked(outcomes: readonly Outcome[], emitted: readonly string[]): number {
  const told = outcomes.flatMap(({ error }) =>
    error === undefined ? [] : [inspect(error, { depth: 9 }), JSON.stringify(error)],
  )
  return [...told, ...emitted].reduce((sum, text) => sum + (text.match(/canary/g)?.length ?? 0), 0)
}
