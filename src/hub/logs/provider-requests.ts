import type { LoggedEvent, RequestLogRecord } from '../store/index.ts'

/** One request that a run sent to its provider. */
export interface ProviderRequest {
  /** Of the run, and a number within it. */
  readonly id: string
  readonly run: RequestLogRecord
  readonly step: string | null
  readonly method: string
  /** A template: values of inputs are not kept. */
  readonly path: string
  /** Null where no answer came. */
  readonly status: number | null
  readonly startedAt: string
  readonly durationMs: number | null
}

/** The requests of a run in the order in which they were sent, retries counted. */
export function providerRequests(run: RequestLogRecord): readonly ProviderRequest[] {
  const beganMs = Date.parse(run.at) - run.durationMs
  const answers = run.detail.events.filter(({ type }) => type === 'response')
  return run.detail.events
    .filter(({ type }) => type === 'request')
    .map((request, index): ProviderRequest => {
      const at = answers.findIndex((answer) => isAnswerTo(answer, request))
      const [answer] = at === -1 ? [] : answers.splice(at, 1)
      return {
        id: `${run.id}.${index + 1}`,
        run,
        step: textOf(request['step']),
        method: textOf(request['method']) ?? '',
        path: textOf(request['urlTemplate']) ?? '',
        status: numberOf(answer?.['status']),
        startedAt: new Date(beganMs + request.atMs).toISOString(),
        durationMs: numberOf(answer?.['durationMs']),
      }
    })
}

/** Steps may run side by side: an answer belongs to the request of its own step, address and attempt. */
function isAnswerTo(answer: LoggedEvent, request: LoggedEvent): boolean {
  return (
    answer.atMs >= request.atMs &&
    ['step', 'method', 'urlTemplate', 'attempt'].every((key) => answer[key] === request[key])
  )
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
