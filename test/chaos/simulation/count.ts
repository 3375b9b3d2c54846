import { inspect } from 'node:util'
import { MainspringError } from '../../../src/index.ts'
import { type Board, emptyBoard } from '../board.ts'
import { budget } from './connector.ts'
import type { OpenTime } from './running-process.ts'
import type { ScheduledCall } from './schedule.ts'
import type { Traffic } from './virtual-network.ts'
import { documentText, type VirtualProvider } from './virtual-provider.ts'
import type { VirtualStore } from './virtual-store.ts'

/** How a call ended, as its caller saw it. */
export interface Outcome {
  readonly call: ScheduledCall
  readonly ref: string
  readonly startedMs: number
  readonly endedMs: number
  readonly error?: unknown
  readonly rows?: readonly string[]
  readonly text?: string
}

/** Everything that was seen of one simulated day. */
export interface Day {
  readonly provider: VirtualProvider
  readonly outcomes: readonly Outcome[]
  readonly traffic: readonly Traffic[]
  readonly stores: readonly VirtualStore[]
  readonly openTimes: readonly OpenTime[]
  /** What observers were told, and what runs gave. */
  readonly emitted: readonly string[]
}

/** An abort ends a call at once, but for what its store has begun. */
const longestAfterAbortMs = 200

export function count(day: Day): Board {
  const { provider, outcomes, traffic, emitted } = day
  const board = emptyBoard()
  board.calls = outcomes.length
  board.writesSent = traffic.filter(({ url, method }) => method === 'POST' && url.endsWith('/records')).length
  const told = (text: string) => emitted.filter((event) => event.includes(text)).length
  board.found = told('"found":"found"')
  board.sentAgain = told('"sentAgain":true')
  board.notModified = told('"type":"answer-unchanged"')
  board.circuitsOpened = day.openTimes.length
  for (const times of provider.records.values()) if (times > 1) board.doubled += 1
  board.callsOverBudget = overBudget(traffic)
  board.callsThroughOpenCircuit = throughOpenCircuit(day)
  for (const outcome of outcomes) countOutcome(board, outcome, provider)
  countTokens(board, day)
  board.canaryBytes = leaked(outcomes, emitted)
  return board
}

function countOutcome(board: Board, outcome: Outcome, provider: VirtualProvider): void {
  const { call, ref, error, rows, text, startedMs, endedMs } = outcome
  const code = error instanceof MainspringError ? error.code : undefined
  if (error !== undefined && code === undefined) board.uncoded += 1
  if (code === 'call/aborted') board.aborted += 1
  if (code === 'write/outcome-unknown') board.outcomesUnknown += 1
  else if (isWrite(call) && (error === undefined) !== provider.records.has(ref)) board.lost += 1
  if (rows !== undefined) {
    board.rowsRepeated += rows.length - new Set(rows).size
    board.rowsMissing += provider.rows.filter((row) => !rows.includes(row)).length
  }
  const account = provider.accounts[call.account]
  if (text !== undefined) {
    const right = account?.versionsWithin(startedMs, endedMs) ?? []
    if (!right.some((version) => text === documentText(call.account, version))) board.staleReads += 1
  }
  if (call.abortAfter !== undefined && endedMs > startedMs + call.abortAfter + longestAfterAbortMs)
    board.heldAfterAbort += 1
  // A second withdrawal within a minute is answered by no third token: that is meant so.
  if (code === 'auth/rejected' && (account?.revocations ?? 0) < 2) board.staleRuns += 1
}

function isWrite({ kind }: ScheduledCall): boolean {
  return kind === 'create' || kind === 'keyed' || kind === 'findable'
}

function countTokens(board: Board, { provider, stores }: Day): void {
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
}

/** Requests that one process sent for one account beyond what its provider takes within any such time. */
function overBudget(traffic: readonly Traffic[]): number {
  const sent = traffic.filter(({ account }) => account >= 0)
  return sent.filter(({ at, process, account }, index) => {
    const before = sent
      .slice(0, index)
      .filter((other) => other.process === process && other.account === account)
      .filter((other) => other.at >= at - budget.seconds * 1000)
    return before.length >= budget.requests
  }).length
}

/** Requests that began while their process had the circuit of their account open; there is one host. */
function throughOpenCircuit({ traffic, openTimes }: Day): number {
  return traffic.filter(({ at, process, account }) =>
    openTimes.some(
      (open) =>
        open.process === process &&
        open.account === `account-${account}` &&
        at > open.fromMs &&
        at < open.untilMs,
    ),
  ).length
}

function leaked(outcomes: readonly Outcome[], emitted: readonly string[]): number {
  const told = outcomes.flatMap(({ error }) =>
    error === undefined ? [] : [inspect(error, { depth: 9 }), JSON.stringify(error)],
  )
  return [...told, ...emitted].reduce((sum, text) => sum + (text.match(/canary/g)?.length ?? 0), 0)
}
