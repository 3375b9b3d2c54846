import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { AuditRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { asksForUnknown, LogQuery, listed, logPage, SourceQuery, time } from './log-query.ts'
import { ErrorJson, nullable } from './schemas.ts'

const text = Type.String()

export const PlatformLogJson = Type.Object(
  {
    id: text,
    event_datetime: text,
    account_id: nullable(text),
    action: Type.String({ description: '`account.linked`.' }),
    source_type: Type.String({ description: '`key`, `login`, `connect` or `system`.' }),
    source_id: nullable(Type.String({ description: 'Who did it: `key:<id>`.' })),
    success: Type.Boolean({ description: 'True: what was not done is not in it.' }),
  },
  { title: 'PlatformLog' },
)

/** Entries looked at for one page. */
const entriesAtOnce = 200
const maxBatches = 10

/** What was done at the hub itself, as far as it is audited: in the words of the clients that ask for it. */
export const platformLogRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/requests/platform-logs',
    {
      schema: {
        tags: ['Request log'],
        summary: 'List what was done at the hub itself, newest first',
        description:
          'The entries of `/audit/entries` as clients of StackOne read them. A page may be short, or empty, while `next` is there.',
        security: withKey,
        querystring: Type.Object({ ...LogQuery.properties, ...SourceQuery.properties }),
        response: { 200: logPage(PlatformLogJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      const { query } = request
      const isWanted = wanted(query)
      const limit = query.page_size ?? 25
      const data: Static<typeof PlatformLogJson>[] = []
      let before = placeOf(query.next)
      for (let batch = 0; batch < maxBatches; batch += 1) {
        const { rows, next } = await services.audit.list(projectId, {}, { limit: entriesAtOnce, before })
        for (const row of rows) {
          const entry = platformLog(row)
          if (!isWanted(entry)) continue
          if (data.length === limit) return { data, next: writeCursor([String(before)]) }
          data.push(entry)
          before = row.seq
        }
        if (next === undefined) return { data, next: null }
        before = next
      }
      return { data, next: writeCursor([String(before)]) }
    },
  )
}

type Query = Static<typeof LogQuery> & Static<typeof SourceQuery>

/** @throws {HubError} `hub/invalid-request` */
function wanted(query: Query): (entry: Static<typeof PlatformLogJson>) => boolean {
  const [from, to] = [time('start_date', query.start_date), time('end_date', query.end_date)]
  // Entries are of no request: whoever asks for a status, a method or a request asks for none of them.
  const ofRequests = [query.status_codes, query.http_methods, query.request_ids]
  const none =
    asksForUnknown(query) ||
    query.success === false ||
    ofRequests.some((values) => (listed(values) ?? []).length > 0)
  const among = (values: readonly string[] | undefined, value: string | null) =>
    values === undefined || (value !== null && values.includes(value))
  const [accounts, actions, types] = [query.account_ids, query.actions, query.source_types].map(listed)
  const ids =
    query.source_ids === undefined && query.source_values === undefined
      ? undefined
      : [...(listed(query.source_ids) ?? []), ...(listed(query.source_values) ?? [])]
  return (entry) =>
    !none &&
    among(accounts, entry.account_id) &&
    among(actions, entry.action) &&
    among(types, entry.source_type) &&
    among(ids, entry.source_id) &&
    (from === undefined || entry.event_datetime >= from) &&
    (to === undefined || entry.event_datetime <= to)
}

function platformLog({ seq, at, actor, action, subject }: AuditRecord): Static<typeof PlatformLogJson> {
  return {
    id: String(seq),
    event_datetime: at,
    account_id: subject.startsWith('account:') ? subject.slice('account:'.length) : null,
    action,
    source_type: actor.split(':', 1)[0] ?? actor,
    source_id: actor.includes(':') ? actor : null,
    success: true,
  }
}

/** @throws {HubError} `hub/invalid-request` */
function placeOf(cursor: string | undefined): number | undefined {
  const [place] = readCursor(cursor, 1) ?? []
  if (place === undefined) return undefined
  const before = Number(place)
  if (Number.isSafeInteger(before) && before > 0 && before < 2 ** 31) return before
  throw new HubError('hub/invalid-request', { message: 'next is no cursor of this list.' })
}
