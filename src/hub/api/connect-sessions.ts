import { Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { ConnectSessionRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ErrorJson, nullable } from './schemas.ts'

const tags = ['Connect sessions']
const text = Type.String()
const maybe = Type.Optional(nullable(Type.String()))
const categories = [
  'ats',
  'hris',
  'hris-legacy',
  'crm',
  'iam',
  'marketing',
  'lms',
  'stackone',
  'documents',
  'ticketing',
  'screening',
  'messaging',
  'accounting',
] as const
const longestLifeSeconds = 7 * 24 * 60 * 60

const sessionFields = {
  id: Type.Integer(),
  organization_id: Type.Integer(),
  project_id: text,
  origin_owner_id: text,
  origin_owner_name: text,
  origin_username: nullable(text),
  provider: nullable(text),
  categories: Type.Array(text),
  account_id: nullable(text),
  label: nullable(text),
  metadata: Type.Record(Type.String(), Type.Unknown()),
  type: nullable(text),
  created_at: text,
}
const SessionJson = Type.Object(sessionFields, { title: 'ConnectSession' })
const NewSessionJson = Type.Object(
  {
    ...sessionFields,
    token: Type.String({ description: 'For the page that embeds the form; good for `expires_in` seconds.' }),
    auth_link_url: Type.String({ description: 'A page of the hub, good for five days.' }),
  },
  { title: 'NewConnectSession' },
)

/** The leave for one owner to link an account. */
export const connectSessionRoutes: ApiPlugin = async (app, { services }) => {
  const { connectSessions } = services
  app.post(
    '/connect_sessions',
    {
      schema: {
        tags,
        summary: 'Let an owner link an account',
        security: withKey,
        body: Type.Object({
          origin_owner_id: Type.String({ minLength: 1 }),
          origin_owner_name: Type.String({ minLength: 1 }),
          origin_username: maybe,
          provider: Type.Optional(
            nullable(Type.String({ description: 'The key of a connector: its form opens at once.' })),
          ),
          categories: Type.Optional(
            nullable(Type.Array(Type.Union(categories.map((category) => Type.Literal(category))))),
          ),
          account_id: Type.Optional(nullable(Type.String({ description: 'The account to edit.' }))),
          expires_in: Type.Optional(
            nullable(
              Type.Integer({
                minimum: 1,
                maximum: longestLifeSeconds,
                description: 'Seconds; 1800 by default.',
              }),
            ),
          ),
          multiple: Type.Optional(
            nullable(Type.Boolean({ description: 'Link a further account of the owner.' })),
          ),
          label: maybe,
          metadata: Type.Optional(nullable(Type.Record(Type.String(), Type.Unknown()))),
          type: Type.Optional(nullable(Type.Union([Type.Literal('production'), Type.Literal('test')]))),
        }),
        response: { 201: NewSessionJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, actor, key } = await requireKey(request, services, 'write')
      if (key.accountId !== null)
        throw new HubError('hub/forbidden', { message: 'A key of one account cannot link others.' })
      const { body } = request
      if (body.provider != null) await services.catalog.connector(body.provider)
      const { session, token, linkToken } = await connectSessions.create(
        projectId,
        {
          originOwnerId: body.origin_owner_id,
          originOwnerName: body.origin_owner_name,
          originUsername: body.origin_username ?? null,
          provider: body.provider ?? null,
          categories: body.categories ?? [],
          accountId: body.account_id ?? null,
          ...(body.expires_in == null ? {} : { expiresInSeconds: body.expires_in }),
          multiple: body.multiple ?? false,
          label: body.label ?? null,
          metadata: body.metadata ?? {},
          type: body.type ?? null,
        },
        actor,
      )
      return reply.code(201).send({
        ...sessionJson(session),
        token,
        auth_link_url: `${services.baseUrl()}/connect/${linkToken}`,
      })
    },
  )

  app.post(
    '/connect_sessions/authenticate',
    {
      schema: {
        tags,
        summary: 'Read a connect session by its token',
        security: withKey,
        body: Type.Object({ token: Type.String({ minLength: 1 }) }),
        response: { 201: SessionJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      if (key.accountId !== null)
        throw new HubError('hub/forbidden', { message: 'A key of one account reads no sessions.' })
      const session = await connectSessions.findByToken(request.body.token)
      if (session.projectId !== projectId)
        throw new HubError('hub/session-expired', { message: 'This session is not known.' })
      return reply.code(201).send(sessionJson(session))
    },
  )
}

function sessionJson(session: ConnectSessionRecord) {
  return {
    id: session.id,
    organization_id: 1,
    project_id: session.projectId,
    origin_owner_id: session.originOwnerId,
    origin_owner_name: session.originOwnerName,
    origin_username: session.originUsername,
    provider: session.provider,
    categories: [...session.categories],
    account_id: session.accountId,
    label: session.label,
    metadata: { ...session.metadata },
    type: session.type,
    created_at: session.createdAt,
  }
}
