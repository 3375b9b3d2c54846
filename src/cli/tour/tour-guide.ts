import type { RunEvent, RunResult } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { Credentials } from '../call/credentials.ts'
import type { CommandContext } from '../command-context.ts'
import { visibleLine } from '../console/visible-text.ts'

type Inputs = Readonly<Record<string, unknown>>

/** Calls actions for the tour and shows what was sent and what came back. */
export interface TourGuide {
  /** Shows the first rows, or the whole record. @throws {MainspringError} whatever the engine throws */
  call(actionId: string, inputs: Inputs): Promise<RunResult>
  /** All rows of a listing, of which the first are shown. */
  callThrough(actionId: string, inputs: Inputs): Promise<readonly unknown[]>
  /** A call that has to fail with this code. @throws {TourFailure} it succeeds, or fails in another way */
  callInVain(actionId: string, inputs: Inputs, code: string): Promise<void>
  say(text: string): Promise<void>
}

/** A part of the tour did not go as it has to. */
export class TourFailure extends Error {}

export interface TourTarget {
  readonly connector: ConnectorPlan
  readonly origin: string
  readonly credentials: Credentials
}

const shownRows = 3
const shownWidth = 96

export async function createTourGuide(
  { console, io, rooms }: CommandContext,
  { connector, origin, credentials }: TourTarget,
): Promise<TourGuide> {
  const { runAction, iterateAction, explainAction } = await rooms.engine()
  const base = { origin, credentials, signal: io.signal }
  let answers: string[] = []
  const observer = (event: RunEvent) => {
    if (event.type === 'http' && event.event.type === 'response') {
      answers.push(`${event.event.status} in ${Math.round(event.event.durationMs)} ms`)
    }
  }

  const say = async (text: string) => {
    if (!console.json) await console.print(`     ${text}\n`)
  }
  const dim = (text: string) => console.style('dim', text)
  const showCall = async (actionId: string, inputs: Inputs) => {
    answers = []
    const given = Object.entries(inputs).map(([name, value]) => `${name}=${shortened(textOf(value), 40)}`)
    await say(console.style('cyan', [`${connector.key}_${actionId}`, ...given].join(' ')))
  }
  const showRequests = async (actionId: string, inputs: Inputs) => {
    for (const request of explainAction(connector, actionId, { ...base, inputs }).requests) {
      await say(`${dim('→')} ${request.method} ${shortened(request.url, shownWidth)}`)
      if (request.bodyText !== undefined) await say(`  ${shortened(request.bodyText, shownWidth)}`)
    }
  }
  const showAnswer = async (what: string, rows: readonly unknown[]) => {
    const last = answers.at(-1)
    await say(`${dim('←')} ${last === undefined ? '' : `${last}: `}${what}`)
    for (const row of rows.slice(0, shownRows)) await say(`  ${shortened(JSON.stringify(row), shownWidth)}`)
    if (rows.length > shownRows) await say(dim(`  … and ${rows.length - shownRows} more`))
  }

  return {
    say,
    async call(actionId, inputs) {
      await showCall(actionId, inputs)
      await showRequests(actionId, inputs)
      const result = await runAction(connector, actionId, { ...base, inputs, observer })
      const rows = Array.isArray(result.data) ? result.data : undefined
      const more = result.next === undefined ? '' : ', and a cursor to the next page'
      await showAnswer(rows === undefined ? 'done' : `${countOf(rows.length)}${more}`, rows ?? [result.data])
      return result
    },
    async callThrough(actionId, inputs) {
      await showCall(actionId, inputs)
      await showRequests(actionId, inputs)
      const rows = await Array.fromAsync(iterateAction(connector, actionId, { ...base, inputs, observer }))
      await showAnswer(`${countOf(rows.length)} over ${answers.length} requests`, rows)
      return rows
    },
    async callInVain(actionId, inputs, code) {
      await showCall(actionId, inputs)
      const error = await runAction(connector, actionId, { ...base, inputs, observer }).then(
        () => new TourFailure(`The call should fail with ${code}, and it succeeded.`),
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof MainspringError) || error.code !== code) throw error
      const sent = answers.length === 0 ? 'nothing was sent' : `the provider answered ${error.status}`
      await say(`${dim('←')} ${console.style('yellow', error.code)} (${sent}): ${visibleLine(error.message)}`)
      await say(`  ${dim(visibleLine(error.hint))}`)
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function shortened(text: string, width: number): string {
  const line = visibleLine(text)
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}

function countOf(rows: number): string {
  return `${rows} row${rows === 1 ? '' : 's'}`
}
