import { type Static, Type } from 'typebox'
import type { ApiKey } from '../keys/api-keys.ts'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { closed, ErrorJson, nullable } from './schemas.ts'

const tags = ['API keys']
const text = Type.String()
const date = Type.String({ description: 'ISO 8601 in UTC.' })
const params = Type.Object({ id: text })
const Scope = Type.Enum(['read', 'write', 'admin'])

const KeyFields = {
  id: text,
  name: text,
  prefix: Type.String({ description: 'The first characters, to tell keys apart.' }),
  scopes: Type.Array(Scope),
  account_id: nullable(Type.String({ description: 'The only account it may use.' })),
  created_at: date,
  last_used_at: nullable(Type.String({ description: 'To the minute; null where it was never used.' })),
  rotated_at: nullable(date),
  previous_until: nullable(Type.String({ description: 'Until then the text before is taken as well.' })),
}
const KeyJson = Type.Object(KeyFields, { title: 'ApiKey' })
const NewKeyJson = Type.Object(
  { ...KeyFields, key: Type.String({ description: 'Told this once: only its hash is kept.' }) },
  { title: 'NewApiKey' },
)

const daySeconds = 86_400

/** The keys of programs. */
export const keyRoutes: ApiPlugin = async (app, { services }) => {
  const { keys, accounts } = services
  app.get(
    '/keys',
    {
      schema: {
        tags,
        summary: 'List the keys in force, the last used first',
        security: withKey,
        response: { 200: Type.Array(KeyJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return (await keys.list(projectId)).filter(({ revokedAt }) => revokedAt === null).map(keyJson)
    },
  )
  app.post(
    '/keys',
    {
      schema: {
        tags,
        summary: 'Make a key',
        security: withKey,
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
            scopes: Type.Optional(
              Type.Array(Scope, { minItems: 1, description: 'Reading and writing by default.' }),
            ),
            account_id: Type.Optional(nullable(Type.String({ description: 'Binds it to one account.' }))),
          },
          closed,
        ),
        response: { 201: NewKeyJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      const { name, scopes, account_id: accountId = null } = request.body
      if (accountId !== null) await accounts.get(projectId, accountId)
      const wish = { name, accountId, ...(scopes === undefined ? {} : { scopes: [...new Set(scopes)] }) }
      const { key, record } = await keys.create(projectId, wish, actor)
      return reply.code(201).send({ ...keyJson(record), key })
    },
  )
  app.post(
    '/keys/:id/rotate',
    {
      schema: {
        tags,
        summary: 'Put a new text in place of a key; its id, scopes and policy stay',
        security: withKey,
        params,
        body: Type.Optional(
          nullable(
            Type.Object(
              {
                grace_seconds: Type.Optional(
                  Type.Integer({
                    minimum: 0,
                    maximum: 30 * daySeconds,
                    description: 'How long the text before is taken as well; not at all by default.',
                  }),
                ),
              },
              closed,
            ),
          ),
        ),
        response: { 200: NewKeyJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      const graceMs = (request.body?.grace_seconds ?? 0) * 1000
      const { key, record } = await keys.rotate(projectId, request.params.id, actor, graceMs)
      return { ...keyJson(record), key }
    },
  )
  app.delete(
    '/keys/:id',
    {
      schema: {
        tags,
        summary: 'Revoke a key at once',
        security: withKey,
        params,
        response: { 200: Type.Object({ id: text }), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      await keys.revoke(projectId, request.params.id, actor)
      return { id: request.params.id }
    },
  )
}

function keyJson(key: ApiKey): Static<typeof KeyJson> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    account_id: key.accountId,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    rotated_at: key.rotatedAt,
    previous_until: key.previousUntil,
  }
}
