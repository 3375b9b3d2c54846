import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { RequestLogRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import {
  LogQuery,
  logPage,
  OrderQuery,
  orderOf,
  ProvidersQuery,
  runFilter,
  SourceQuery,
} from './log-query.ts'
import { LogRowJson } from './run-schemas.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Request log']
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
          ...LogQuery.properties,
          ...ProvidersQuery.properties,
          ...SourceQuery.properties,
          ...OrderQuery.properties,
          include,
        }),
        response: { 200: logPage(LogRowJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { query } = request
      const [at, id] = readCursor(query.next, 2) ?? []
      const { rows, next } = await services.requestLogs.list(projectId, runFilter(query, key.accountId), {
        limit: query.page_size ?? 25,
        after: at === undefined || id === undefined ? undefined : { at, id },
        order: orderOf(query),
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
