import { inspect } from 'node:util'
import {
  beginAuthorization,
  completeAuthorization,
  createFlow,
  createTransport,
  explainAction,
  iterateAction,
  MainspringError,
  refreshCredentials,
  runAction,
  syncAction,
  testCredentials,
} from '../../src/index.ts'
import { sampleInputs } from '../../src/plan/index.ts'
import type { CanarySearch } from './canary-search.ts'
import { type Answer, answers, type EchoProvider } from './echo-provider.ts'
import type { Subject } from './subjects.ts'

/** What goes wrong on our side of the wire. */
const ownFailures = ['no connection', 'aborted', 'wrong inputs', 'wrong credentials'] as const
export const failures = [...answers, ...ownFailures]
type Failure = (typeof failures)[number]

export interface EngineCount {
  calls: number
  succeeded: number
  /** Of those, results in which something was masked: the echo was there. */
  masked: number
  /** By code. */
  readonly codes: Record<string, number>
  /** Failures that are none of ours. */
  uncoded: number
}

/** Calls under way at a time. */
const atOnce = 12

/**
 * Runs every action of a subject, and whatever renews or tests its credentials, against every failure, and looks through
 * all that comes of it.
 */
export async function driveEngine(
  { name, plan, authentication, setup, credentials }: Subject,
  provider: EchoProvider,
  search: CanarySearch,
): Promise<EngineCount> {
  const transport = createTransport({ random: () => 0 })
  const count: EngineCount = { calls: 0, succeeded: 0, masked: 0, codes: {}, uncoded: 0 }

  const optionsOf = (failure: Failure, what: string) => {
    const wrong = failure === 'wrong credentials'
    return {
      authentication,
      setup,
      credentials: wrong
        ? Object.fromEntries(Object.entries(credentials).map(([key, value]) => [key, `${value}\n\u0000`]))
        : credentials,
      origin: failure === 'no connection' ? 'http://127.0.0.1:9' : provider.origin,
      transport,
      allowPreview: true,
      allowWrites: true,
      // A circuit that opens would keep the rest from being tried.
      flow: createFlow(),
      limits: { maxAttempts: 2 },
      timeoutMs: failure === 'too slow' ? 60 : 5_000,
      ...(failure === 'aborted' ? { signal: AbortSignal.timeout(1) } : {}),
      observer: (event: unknown) => search.look(`event: ${what}`, JSON.stringify(event)),
    }
  }
  const watch = async (what: string, work: () => Promise<unknown>) => {
    count.calls += 1
    try {
      const told = tellAll(await work())
      search.look(`result: ${what}`, told)
      count.succeeded += 1
      if (told.includes('***')) count.masked += 1
    } catch (error) {
      search.look(`error: ${what}`, tellAll(error))
      if (error instanceof MainspringError) count.codes[error.code] = (count.codes[error.code] ?? 0) + 1
      else count.uncoded += 1
    }
  }

  const worksOf = (failure: Failure): (() => Promise<void>)[] => {
    // Pages are read by the same means as a single one.
    const pages = failures.indexOf(failure) % 3 === 0
    const works = plan.actions.flatMap((action) => {
      const what = `${name} ${action.id}, ${failure}`
      const inputs =
        failure === 'wrong inputs' ? { nonsense: 1, page_size: 'x' } : sampleInputs(action, 'all')
      const options = () => ({ ...optionsOf(failure, what), inputs })
      return [
        () => watch(what, () => runAction(plan, action.id, options())),
        ...(action.listing === undefined || !pages
          ? []
          : [() => watch(`${what}, all pages`, () => firstOf(iterateAction(plan, action.id, options())))]),
        ...(action.sync === undefined || !pages
          ? []
          : [() => watch(`${what}, sync`, () => firstOf(syncAction(plan, action.id, options())))]),
      ]
    })
    const what = `${name}, ${failure}`
    works.push(() => watch(`test of ${what}`, () => testCredentials(plan, optionsOf(failure, what))))
    const method = plan.authentications.find(({ key }) => key === authentication)
    if (method?.oauth !== undefined || method?.refresh !== undefined)
      works.push(() => watch(`renewal of ${what}`, () => renew(optionsOf(failure, what))))
    if (method?.oauth !== undefined)
      works.push(() => watch(`linking of ${what}`, () => link(optionsOf(failure, what))))
    return works
  }
  /** New tokens are what a renewal is for. */
  const renew = async (options: ReturnType<typeof optionsOf>) => {
    const { credentials: _, ...rest } = await refreshCredentials(plan, options)
    return rest
  }
  const link = async (options: ReturnType<typeof optionsOf>) => {
    const { credentials: stored, ...rest } = options
    // An account that is linked again.
    const { pending } = await beginAuthorization(plan, {
      ...options,
      redirectUri: 'https://hub.example.com/callback',
    })
    const callbackParams = { code: Object.values(stored).join(' '), state: pending.state }
    const issued = await completeAuthorization(plan, { ...rest, pending, callbackParams })
    return { ...issued, credentials: undefined }
  }

  try {
    for (const action of plan.actions)
      await watch(`${name} ${action.id}, explained`, async () =>
        explainAction(plan, action.id, {
          ...optionsOf('success', name),
          inputs: sampleInputs(action, 'all'),
        }),
      )
    for (const failure of failures) {
      provider.answer = (answers as readonly string[]).includes(failure) ? (failure as Answer) : 'success'
      const works = worksOf(failure)
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let work = works.shift(); work !== undefined; work = works.shift()) await work()
        }),
      )
    }
    return count
  } finally {
    transport.close()
  }
}

/** A provider that answers every page alike has no last one. */
async function firstOf(rows: AsyncIterable<unknown>): Promise<unknown[]> {
  const first: unknown[] = []
  for await (const row of rows) if (first.push(row) === 5) break
  return first
}

/** Everything that anybody could print of a value. */
export function tellAll(value: unknown): string {
  const { message, stack, hint, cause } = (value ?? {}) as Record<string, unknown>
  return [
    message,
    hint,
    stack,
    cause === undefined ? '' : tellAll(cause),
    JSON.stringify(value),
    inspect(value, {
      depth: Number.POSITIVE_INFINITY,
      showHidden: true,
      getters: true,
      maxStringLength: null,
      maxArrayLength: null,
    }),
  ].join('\n')
}
