import type { RunEvent, RunOptions, RunResult } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import { visibleLine } from '../console/visible-text.ts'
import type { RunningHub } from '../start/open-hub.ts'
import { createHubCaller, type HubReply } from './hub-caller.ts'
import { tourConnector } from './tour-connector.ts'

type Inputs = Readonly<Record<string, unknown>>

/** Calls the hub and the actions of an account for the tour, and shows what was sent and what came back. */
export interface TourGuide {
  /** What the sandbox's first firm would enter. */
  readonly credentials: Readonly<Record<string, string>>
  /** A call of the hub's API. @throws {TourFailure} another status than this one */
  ask(method: string, path: string, expected: number, options?: TourRequest): Promise<unknown>
  /** Goes on with this account. */
  useAccount(accountId: string): Promise<void>
  /** Shows the first rows, or the whole record. @throws {MainspringError} whatever the engine throws */
  call(actionId: string, inputs: Inputs): Promise<RunResult>
  /** All rows of a listing, of which the first are shown. */
  callThrough(actionId: string, inputs: Inputs): Promise<readonly unknown[]>
  /** A call that has to fail with this code. @throws {TourFailure} it succeeds, or fails in another way */
  callInVain(actionId: string, inputs: Inputs, code: string): Promise<void>
  /** The requests of a call that is not made. */
  explain(actionId: string, inputs: Inputs): Promise<void>
  say(text: string): Promise<void>
}

export interface TourRequest {
  readonly body?: object
  /** Shown in place of the body: it holds secrets. */
  readonly shown?: string
  readonly sessionToken?: string
}

/** A part of the tour did not go as it has to. */
export class TourFailure extends Error {}

interface TourAccount {
  readonly connector: ConnectorPlan
  readonly run: RunOptions
}

const shownRows = 3
const shownWidth = 96

export async function createTourGuide(context: CommandContext, running: RunningHub): Promise<TourGuide> {
  const { console, io, rooms } = context
  const { runAction, iterateAction, explainAction } = await rooms.engine()
  const { defaultProject } = await rooms.hub()
  const sandbox = running.sandboxes.find(({ connector }) => connector === tourConnector.key)
  if (sandbox === undefined) throw new Error('A tour without a sandbox')
  const { keys, accounts } = running.hub.services
  const hub = createHubCaller(
    context,
    running,
    running.apiKey ?? keys.createTemporary(defaultProject, 'The tour'),
  )
  let account: TourAccount | undefined
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
  const onAccount = () => {
    if (account === undefined) throw new TourFailure('There is no linked account to go on with.')
    return account
  }
  const showCall = async (actionId: string, inputs: Inputs) => {
    answers = []
    const given = Object.entries(inputs).map(([name, value]) => `${name}=${shortened(textOf(value), 40)}`)
    const { connector } = onAccount()
    await say(console.style('cyan', [`${connector.key}_${actionId}`, ...given].join(' ')))
  }
  const showRequests = async (actionId: string, inputs: Inputs) => {
    const { connector, run } = onAccount()
    for (const request of explainAction(connector, actionId, { ...run, inputs }).requests) {
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
    credentials: sandbox.credentials,
    say,
    async ask(method, path, expected, { body, shown, sessionToken } = {}) {
      await say(console.style('cyan', `${method} ${path}`))
      if (body !== undefined) await say(`  ${shortened(shown ?? JSON.stringify(body), shownWidth)}`)
      const reply = await hub(method, path, {
        ...(body === undefined ? {} : { body }),
        ...(sessionToken === undefined ? {} : { sessionToken }),
      })
      await say(`${dim('←')} ${reply.status}: ${shownReply(reply)}`)
      if (reply.status !== expected) throw new TourFailure(`Expected ${expected} and got ${reply.status}.`)
      return reply.body
    },
    async useAccount(accountId) {
      const { integration, run } = await accounts.open(defaultProject, accountId)
      account = { connector: integration.connector, run: { ...run, signal: io.signal } }
    },
    async call(actionId, inputs) {
      await showCall(actionId, inputs)
      await showRequests(actionId, inputs)
      const { connector, run } = onAccount()
      const result = await runAction(connector, actionId, { ...run, inputs, observer })
      const rows = Array.isArray(result.data) ? result.data : undefined
      const more = result.next === undefined ? '' : ', and a cursor to the next page'
      await showAnswer(rows === undefined ? 'done' : `${countOf(rows.length)}${more}`, rows ?? [result.data])
      return result
    },
    async callThrough(actionId, inputs) {
      await showCall(actionId, inputs)
      await showRequests(actionId, inputs)
      const { connector, run } = onAccount()
      const rows = await Array.fromAsync(iterateAction(connector, actionId, { ...run, inputs, observer }))
      await showAnswer(`${countOf(rows.length)} over ${answers.length} requests`, rows)
      return rows
    },
    async callInVain(actionId, inputs, code) {
      await showCall(actionId, inputs)
      const { connector, run } = onAccount()
      const error = await runAction(connector, actionId, { ...run, inputs, observer }).then(
        () => new TourFailure(`The call should fail with ${code}, and it succeeded.`),
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof MainspringError) || error.code !== code) throw error
      const sent = answers.length === 0 ? 'nothing was sent' : `the provider answered ${error.status}`
      await say(`${dim('←')} ${console.style('yellow', error.code)} (${sent}): ${visibleLine(error.message)}`)
      await say(`  ${dim(visibleLine(error.hint))}`)
    },
    async explain(actionId, inputs) {
      await showCall(actionId, inputs)
      const { connector, run } = onAccount()
      for (const request of explainAction(connector, actionId, { ...run, inputs }).requests) {
        await say(`${dim('→')} ${request.method} ${shortened(request.url, shownWidth)}`)
        for (const [name, value] of Object.entries(request.headers))
          await say(`  ${dim(`${name}:`)} ${value}`)
        if (request.bodyText !== undefined) await say(`  ${shortened(request.bodyText, shownWidth)}`)
      }
    },
  }
}

/** The words of an error whole, since they are meant to be read; of anything else the beginning, without tokens. */
function shownReply({ body }: HubReply): string {
  if (isRecord(body) && typeof body['message'] === 'string') return visibleLine(body['message'])
  const text = JSON.stringify(body, (key, value: unknown) =>
    unshown.has(key) || value === null ? undefined : value,
  )
  return shortened(text, shownWidth)
}

const unshown: ReadonlySet<string> = new Set(['token', 'auth_link_url'])

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
