import { iterateAction, runAction } from '../../../src/index.ts'
import type { ConnectorPlan } from '../../../src/plan/index.ts'
import { seededRandom } from '../../seeded-random.ts'
import type { Board } from '../board.ts'
import { count, type Outcome } from './count.ts'
import { type OpenTime, type RunningProcess, startProcess } from './running-process.ts'
import { accounts, processes, type Schedule, type ScheduledCall } from './schedule.ts'
import type { Tampering } from './tampering.ts'
import { VirtualClock } from './virtual-clock.ts'
import { FaultScript, type Traffic } from './virtual-network.ts'
import { clientSecret, tokenLifeMs, VirtualProvider } from './virtual-provider.ts'
import { VirtualStore } from './virtual-store.ts'

/** How long the lease of a dead process holds. */
const leaseMs = 60_000
/** Renewals go on without the calls that began them; by then they are over. */
const aftermathMs = 300_000

const writes = { create: 'create_record', keyed: 'create_keyed', findable: 'create_findable' } as const

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
  const openTimes: OpenTime[] = []
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
  const outage = () => {
    const sinceMs = clock.now() - startMs
    const found = schedule.outages.find(({ at, lastsMs }) => sinceMs >= at && sinceMs < at + lastsMs)
    return found && (found.silent ? 'silent' : 'answering')
  }
  const started: RunningProcess[] = []
  const start = (): RunningProcess => {
    const number = started.length
    const parts = { clock, provider, script, traffic, outage, openTimes, number, random, tampering }
    const process = startProcess(parts)
    started.push(process)
    return process
  }
  const running = Array.from({ length: processes }, start)

  const outcomes: Outcome[] = []
  const left = new Map<ScheduledCall, RunningProcess>()
  const perform = async (call: ScheduledCall, ref: string): Promise<Pick<Outcome, 'rows' | 'text'>> => {
    const process = running[call.process] as RunningProcess
    left.set(call, process)
    const ending = new AbortController()
    if (call.abortAfter !== undefined) clock.schedule(() => ending.abort(), call.abortAfter)
    const options = {
      credentials: (stores[call.account] as VirtualStore).sourceFor(process, tampering),
      setup: { clientId: 'client', clientSecret },
      transport: process.transport,
      flow: process.flow,
      answers: process.answers,
      now: () => clock.now(),
      ...(tampering === 'abort-ignored' ? {} : { signal: ending.signal }),
      observer: (event: object) => void emitted.push(JSON.stringify(event)),
    }
    if (call.kind === 'read') {
      const { data } = await runAction(plan, 'read_document', options)
      return { text: (data as { text: string }).text }
    }
    if (call.kind !== 'list') {
      const { data, meta } = await runAction(plan, writes[call.kind], { ...options, inputs: { ref } })
      emitted.push(JSON.stringify([data, meta]))
      return {}
    }
    const rows: string[] = []
    for await (const row of iterateAction(plan, 'list_rows', options)) rows.push((row as { id: string }).id)
    if (tampering === 'row-dropped') rows.pop()
    return { rows }
  }

  const calls = schedule.calls.map(async (call, index) => {
    const ref = `ref-${index}`
    await clock.sleep(call.at)
    const startedMs = clock.now()
    const told = await perform(call, ref).catch((error: unknown) => ({ error }))
    left.delete(call)
    outcomes.push({ call, ref, startedMs, endedMs: clock.now(), ...told })
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
  for (const { at, account } of schedule.changes)
    clock.schedule(() => provider.accounts[account]?.changedAtMs.push(clock.now()), at)

  await clock.runUntil(Promise.all(calls))
  await clock.runUntil(clock.sleep(aftermathMs))
  const board = count({ provider, outcomes, traffic, stores, openTimes, emitted })
  board.hung = [...left.values()].filter(({ alive }) => alive).length
  board.leftBehind = running.reduce((sum, process) => sum + process.leftBehind(), 0)
  return board
}

function toCredentials(provider: VirtualProvider, account: number): Record<string, unknown> {
  const { access_token: accessToken, refresh_token: refreshToken } = provider.tokens(account)
  return { accessToken, refreshToken }
}
