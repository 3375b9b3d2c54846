import { type Static, Type } from 'typebox'
import { type ProviderRequest, providerRequests } from '../logs/provider-requests.ts'
import type { RequestLogService } from '../logs/request-logs.ts'
import { requireKey } from '../server/authenticate.ts'
import type { RequestLogFilter } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { LogQuery, logPage, ProvidersQuery, runFilter, statuses } from './log-query.ts'
import { ErrorJson, nullable } from './schemas.ts'

const text = Type.String()

export const StepLogJson = Type.Object(
  {
    id: text,
    request_id: text,
    account_id: nullable(text),
    provider: nullable(text),
    action: nullable(text),
    step: nullable(text),
    http_method: text,
    path: Type.String({ description: 'With the names of inputs in place of their values.' }),
    status: nullable(Type.Integer({ description: 'Null where no answer came.' })),
    start_time: text,
    duration: nullable(Type.Number({ description: 'Milliseconds.' })),
    success: Type.Boolean(),
  },
  { title: 'StepLog' },
)

/** Runs looked at for one page: a filter that matches next to nothing must not read the whole log at once. */
const runsAtOnce = 100
const maxBatches = 10

/** Every request that runs sent to providers, newest run first. */
export const stepLogRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/requests/logs/steps',
    {
      schema: {
        tags: ['Request log'],
        summary: 'List requests to providers, newest run first',
        description:
          'A page may be short, or empty, while `next` is there: the log is searched a part at a time.',
        security: withKey,
        querystring: Type.Object({ ...LogQuery.properties, ...ProvidersQuery.properties }),
        response: { 200: logPage(StepLogJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { query } = request
      // These three are said of the single request, the others of its run.
      const { statuses: _, methods, success, ...filter } = runFilter(query, key.accountId)
      const codes = statuses(query)
      const isWanted = (one: ProviderRequest) =>
        (codes === undefined || (one.status !== null && codes.includes(one.status))) &&
        (methods === undefined || methods.includes(one.method)) &&
        (success === undefined || success === succeeded(one))
      const [at, id, from] = readCursor(query.next, 3) ?? []
      const start = at === undefined || id === undefined ? undefined : { at, id, from: Number(from) }
      const { rows, next } = await gather(services.requestLogs, projectId, filter, {
        limit: query.page_size ?? 25,
        start,
        isWanted,
      })
      return {
        data: rows.map(stepLog),
        next: next === undefined ? null : writeCursor([next.at, next.id, String(next.from)]),
      }
    },
  )
}

/** A run of the log, and the first of its requests that is still to be looked at. */
interface Place {
  readonly at: string
  readonly id: string
  readonly from: number
}

async function gather(
  logs: RequestLogService,
  projectId: string,
  filter: RequestLogFilter,
  {
    limit,
    start,
    isWanted,
  }: {
    readonly limit: number
    readonly start: Place | undefined
    readonly isWanted: (one: ProviderRequest) => boolean
  },
): Promise<{ readonly rows: readonly ProviderRequest[]; readonly next?: Place }> {
  const rows: ProviderRequest[] = []
  const bounded =
    start === undefined || (filter.to !== undefined && filter.to < start.at)
      ? filter
      : { ...filter, to: start.at }
  let after: { readonly at: string; readonly id: string } | undefined
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const page = await logs.list(projectId, bounded, { limit: runsAtOnce, after })
    for (const run of page.rows) {
      // Of the same moment, and read already.
      if (start !== undefined && run.at === start.at && run.id > start.id) continue
      const first = run.id === start?.id ? start.from : 0
      const requests = providerRequests(run)
      for (const [index, one] of requests.entries()) {
        if (index < first || !isWanted(one)) continue
        if (rows.length === limit) return { rows, next: { at: run.at, id: run.id, from: index } }
        rows.push(one)
      }
    }
    if (page.next === undefined) return { rows }
    after = page.next
  }
  return after === undefined ? { rows } : { rows, next: { ...after, from: Number.MAX_SAFE_INTEGER } }
}

function stepLog(one: ProviderRequest): Static<typeof StepLogJson> {
  const { run } = one
  return {
    id: one.id,
    request_id: run.requestId,
    account_id: run.accountId,
    provider: run.provider,
    action: run.action,
    step: one.step,
    http_method: one.method,
    path: one.path,
    status: one.status,
    start_time: one.startedAt,
    duration: one.durationMs,
    success: succeeded(one),
  }
}

function succeeded({ status }: ProviderRequest): boolean {
  return status !== null && status < 400
}
