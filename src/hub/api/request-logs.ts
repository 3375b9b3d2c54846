import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { RequestLogFilter, RequestLogRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { LogRowJson } from './run-schemas.ts'
import { ErrorJson, nullable } from './schemas.ts'

const tags = ['Request log']
const many = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))
const date = (description: string) => Type.Optional(Type.String({ description }))
const include = Type.Optional(Type.String({ description: '`step_logs` adds what happened on the way.' }))

/** What was run, newest first. */
export const requestLogRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/requests/logs',
    {
      schema: {
        tags,
        summary: 'List runs, newest first',
        security: withKey,
        querystring: Type.Object({
          account_ids: many('Runs with these accounts.'),
          providers: many('Runs with these connectors.'),
          actions: many('Runs of these actions.'),
          source_types: many('Runs that came in by these doors.'),
          status_codes: many('Runs that were answered with these statuses.'),
          success: Type.Optional(Type.Boolean()),
          start_date: date('Runs from this time on, ISO 8601.'),
          end_date: date('Runs until this time, ISO 8601.'),
          include,
          page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 by default.' })),
          next: Type.Optional(Type.String()),
        }),
        response: {
          200: Type.Object({ data: Type.Array(LogRowJson), next: nullable(Type.String()) }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { query } = request
      const [at, id] = readCursor(query.next, 2) ?? []
      const filter: RequestLogFilter = {
        ...textFilter('accountIds', boundTo(key.accountId, split(query.account_ids))),
        ...textFilter('providers', split(query.providers)),
        ...textFilter('actions', split(query.actions)),
        ...textFilter('sources', split(query.source_types)),
        ...(query.status_codes === undefined
          ? {}
          : { statuses: (split(query.status_codes) ?? []).map(Number).filter(Number.isInteger) }),
        ...(query.success === undefined ? {} : { success: query.success }),
        ...timeFilter('from', 'start_date', query.start_date),
        ...timeFilter('to', 'end_date', query.end_date),
      }
      const { rows, next } = await services.requestLogs.list(projectId, filter, {
        limit: query.page_size ?? 25,
        after: at === undefined || id === undefined ? undefined : { at, id },
      })
      const detailed = includesSteps(query.include)
      return {
        data: rows.map((row) => logRow(row, detailed)),
        next: next === undefined ? null : writeCursor([next.at, next.id]),
      }
    },
  )

  app.get(
    '/requests/logs/:id',
    {
      schema: {
        tags,
        summary: 'Get a run by its id or that of its request',
        security: withKey,
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object({ include }),
        response: { 200: Type.Object({ data: LogRowJson }), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { id } = request.params
      const row = await services.requestLogs.get(projectId, id)
      if (row === undefined || (key.accountId !== null && row.accountId !== key.accountId))
        throw new HubError('hub/log-unknown', { message: `There is no entry "${id}".` })
      return { data: logRow(row, includesSteps(request.query.include)) }
    },
  )
}

function logRow(row: RequestLogRecord, detailed: boolean): Static<typeof LogRowJson> {
  return {
    id: row.id,
    request_id: row.requestId,
    event_datetime: row.at,
    account_id: row.accountId,
    provider: row.provider,
    action: row.action,
    source_type: row.source,
    source_id: row.caller,
    http_method: row.method,
    path: row.path,
    status: row.status,
    duration: row.durationMs,
    success: row.success,
    error_code: row.errorCode,
    requests: row.requests,
    ...(detailed ? { step_logs: row.detail.events.map((event) => ({ ...event })) } : {}),
  }
}

function includesSteps(include: string | undefined): boolean {
  return include?.split(',').some((part) => part === 'step_logs' || part === 'step_requests') === true
}

function split(values: readonly string[] | undefined): string[] | undefined {
  return values?.flatMap((value) => value.split(',')).filter(Boolean)
}

function boundTo(bound: string | null, ids: readonly string[] | undefined): readonly string[] | undefined {
  if (bound === null) return ids
  return ids === undefined || ids.includes(bound) ? [bound] : []
}

function textFilter<Key extends keyof RequestLogFilter>(
  key: Key,
  values: readonly string[] | undefined,
): { readonly [K in Key]?: readonly string[] } {
  return values === undefined ? {} : ({ [key]: values } as { [K in Key]: readonly string[] })
}

/** @throws {HubError} `hub/invalid-request` */
function timeFilter(key: 'from' | 'to', name: string, text: string | undefined): RequestLogFilter {
  if (text === undefined || text === '') return {}
  const time = Date.parse(text)
  if (Number.isNaN(time))
    throw new HubError('hub/invalid-request', { message: `${name} has to be a date in ISO 8601.` })
  return { [key]: new Date(time).toISOString() }
}
