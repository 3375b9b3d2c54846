import { Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { AuditRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { ErrorJson, nullable } from './schemas.ts'

const tags = ['Audit']
const text = Type.String()
const filter = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))

const AuditEntryJson = Type.Object(
  {
    seq: Type.Integer({ description: 'Rising; gaps mean nothing.' }),
    at: Type.String({ description: 'ISO 8601 in UTC.' }),
    actor: Type.String({ description: '`key:<id>`, `login:<id>`, `connect:<id>` or `system`.' }),
    action: text,
    subject: text,
    detail: Type.Record(Type.String(), Type.Unknown()),
    previous_hash: text,
    hash: Type.String({ description: 'SHA-256 over this entry and the hash before it.' }),
  },
  { title: 'AuditEntry' },
)

const AuditVerdictJson = Type.Object(
  {
    intact: Type.Boolean(),
    entries: Type.Integer({ description: 'Those that were found to follow from each other.' }),
    head: nullable(Type.Object({ seq: Type.Integer(), hash: text })),
    broken: nullable(Type.Object({ seq: Type.Integer(), why: text })),
    holds_head: Type.Optional(Type.Boolean({ description: 'Whether the hash asked for is in the chain.' })),
  },
  { title: 'AuditVerdict' },
)

/** Who did what. */
export const auditRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/audit/entries',
    {
      schema: {
        tags,
        summary: 'List who did what, newest first',
        security: withKey,
        querystring: Type.Object({
          action: filter('`account.linked`, or all of a kind: `account.*`.'),
          actor: filter('`key:<id>`.'),
          subject: filter('`account:<id>`.'),
          page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 by default.' })),
          next: Type.Optional(text),
        }),
        response: {
          200: Type.Object({ data: Type.Array(AuditEntryJson), next: nullable(text) }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      const { page_size: limit = 50, next: cursor, ...wanted } = request.query
      const [place] = readCursor(cursor, 1) ?? []
      const before = place === undefined ? undefined : Number(place)
      if (before !== undefined && !(Number.isSafeInteger(before) && before < 2 ** 31))
        throw new HubError('hub/invalid-request', { message: 'next is no cursor of this list.' })
      const { rows, next } = await services.audit.list(projectId, wanted, {
        limit,
        before,
      })
      return { data: rows.map(entryJson), next: next === undefined ? null : writeCursor([String(next)]) }
    },
  )
  app.get(
    '/audit/verify',
    {
      schema: {
        tags,
        summary: 'Check that no entry was changed, taken out or put in',
        security: withKey,
        querystring: Type.Object({
          head: Type.Optional(
            Type.String({
              pattern: '^[0-9a-f]{64}$',
              description: 'The hash of an entry that was noted before: tells whether the end was cut off.',
            }),
          ),
        }),
        response: { 200: AuditVerdictJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      const { entries, head, broken, holdsHead } = await services.audit.verify(projectId, request.query.head)
      return {
        intact: broken === null && holdsHead !== false,
        entries,
        head,
        broken,
        ...(holdsHead === undefined ? {} : { holds_head: holdsHead }),
      }
    },
  )
}

function entryJson({ previousHash, detail, ...row }: AuditRecord) {
  return { ...row, detail: { ...detail }, previous_hash: previousHash }
}
