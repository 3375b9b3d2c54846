import type { FastifyInstance } from 'fastify'
import { HubError } from '../../hub-error.ts'
import type { RequestLogFilter, RequestLogRecord } from '../../store/index.ts'
import { forPeople, type PageTools, readQuery } from '../http/index.ts'
import { accountTitle, eventLines, requestBars } from '../models/index.ts'
import { type LogRow, type LogsFilter, logsView, logView } from '../views/index.ts'

const pageSize = 50
const maxAccounts = 200

/** What was run. */
export function logRoutes(app: FastifyInstance, tools: PageTools): void {
  const { accounts, requestLogs, catalog } = tools.services

  app.get('/logs', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const query = readQuery(request)
    const filter: LogsFilter = {
      account: query.text('account'),
      action: query.text('action'),
      outcome: query.text('outcome'),
      source: query.text('source'),
    }
    const [at, id] = query.text('after').split(' ')
    const after = at === undefined || id === undefined ? undefined : { at, id }
    const [{ rows, next }, records, listings] = await Promise.all([
      requestLogs.list(projectId, storeFilter(filter), { limit: pageSize, after }),
      accounts.list(projectId, {}, { limit: maxAccounts, offset: 0 }),
      catalog.listings(),
    ])
    const titles = new Map(records.map((record) => [record.id, accountTitle(record)]))
    const actions = listings.flatMap(({ connector }) => connector?.actions ?? [])
    const view = logsView(context, {
      rows: rows.map((row) => logRow(row, titles.get(row.accountId ?? ''))),
      filter,
      accounts: [...titles].map(([key, title]) => ({ id: key, title })),
      actions: actions.map(({ qualifiedId, label }) => ({ id: qualifiedId, label })),
      ...(next === undefined ? {} : { nextHref: pageHref(filter, `${next.at} ${next.id}`) }),
    })
    return tools.send(reply, view, context)
  })

  app.get('/logs/:id', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const { id } = request.params as { id: string }
    const row = await requestLogs.get(projectId, id)
    if (row === undefined) throw new HubError('hub/log-unknown', { message: `There is no entry "${id}".` })
    const account =
      row.accountId === null ? undefined : await accounts.get(projectId, row.accountId).catch(() => undefined)
    const { inputs, events, message, hint } = row.detail
    const view = logView(context, {
      ...logRow(row, account && accountTitle(account)),
      accountId: account?.id ?? null,
      requestId: row.requestId,
      by: row.caller,
      inputs,
      requests: row.requests,
      bars: requestBars(events),
      lines: eventLines(events),
      ...(message === undefined ? {} : { message }),
      ...(hint === undefined ? {} : { hint }),
    })
    return tools.send(reply, view, context)
  })
}

function logRow(row: RequestLogRecord, title: string | undefined): LogRow {
  const { id, at, source, status, success, errorCode, durationMs } = row
  return {
    id,
    at,
    source,
    status,
    success,
    errorCode,
    durationMs,
    action: row.action ?? 'No action',
    accountTitle: title ?? (row.accountId === null ? 'No account' : `${row.accountId} (gone)`),
  }
}

function storeFilter({ account, action, outcome, source }: LogsFilter): RequestLogFilter {
  return {
    ...(account === '' ? {} : { accountIds: [account] }),
    ...(action === '' ? {} : { actions: [action] }),
    ...(outcome === '' ? {} : { success: outcome === 'yes' }),
    ...(source === '' ? {} : { sources: [source] }),
  }
}

function pageHref(filter: LogsFilter, after: string): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  query.set('after', after)
  return `/logs?${query}`
}
