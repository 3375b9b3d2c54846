import { Type } from 'typebox'
import { callbackPath } from '../connect/authorizations.ts'
import { grantOfSession } from '../connect/grant-of-session.ts'
import { HubError } from '../hub-error.ts'
import { isAllowedOrigin } from '../server/allow-origins.ts'
import { attemptCookie, attemptCookieOptions } from '../server/attempt-cookie.ts'
import { requireConnectSession } from '../server/authenticate.ts'
import type { AttemptRecord } from '../store/index.ts'
import { accountJson } from './account-json.ts'
import { type ApiPlugin, withSession } from './api-plugin.ts'
import { LinkRefusal } from './link-refusal.ts'
import { popupPage } from './popup-page.ts'
import { ErrorJson, nullable } from './schemas.ts'

const tags = ['Component']
const text = Type.String()
const AttemptJson = Type.Object({
  id: text,
  status: text,
  account: nullable(Type.Object({ id: text, provider: text })),
  error: nullable(Type.Object({ code: text, description: text })),
})

/** Linking by a provider's own page: what an embedding page watches, and the two pages that a browser goes through. */
export const connectionAttemptRoutes: ApiPlugin = async (app, { services }) => {
  const { authorizations, connectSessions, accounts, settings } = services
  const base = { tags, security: withSession }
  const params = Type.Object({ id: text })

  const show = async (attempt: AttemptRecord) => {
    const { id, projectId, status, accountId, error } = attempt
    const account = accountId === null ? null : await accounts.get(projectId, accountId).catch(() => null)
    return { id, status, account: account && { id: account.id, provider: account.provider }, error }
  }

  app.post(
    '/hub/connection_attempts',
    {
      schema: {
        ...base,
        summary: 'Announce an authorization, to watch it',
        body: Type.Object({ token: text }),
        response: { 201: AttemptJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const session = await connectSessions.findByToken(request.body.token)
      const attempt = await authorizations.prepare(session.projectId, session.id)
      return reply.code(201).send(await show(attempt))
    },
  )

  app.get(
    '/hub/connection_attempts/:id',
    {
      schema: {
        ...base,
        summary: 'How far an authorization has come',
        params,
        response: { 200: AttemptJson, default: ErrorJson },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      return show(await ownAttempt(session, request.params.id))
    },
  )

  app.delete(
    '/hub/connection_attempts/:id',
    {
      schema: {
        ...base,
        summary: 'Give an authorization up',
        params,
        response: { 200: AttemptJson, default: ErrorJson },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      const { id } = await ownAttempt(session, request.params.id)
      await authorizations.cancel(session.projectId, id)
      return show(await ownAttempt(session, id))
    },
  )

  app.get(
    '/connect/oauth2/:integrationId',
    {
      schema: {
        hide: true,
        params: Type.Object({ integrationId: text }),
        querystring: Type.Object({
          token: text,
          connection_attempt_id: Type.Optional(text),
          redirect_uri: Type.Optional(text),
        }),
      },
    },
    async (request, reply) => {
      const { token, connection_attempt_id: attemptId, redirect_uri: redirectUri } = request.query
      const session = await connectSessions.findByToken(token)
      const { allowedOrigins } = await settings.get(session.projectId)
      const opener =
        redirectUri !== undefined &&
        URL.canParse(redirectUri) &&
        isAllowedOrigin(new URL(redirectUri).origin, allowedOrigins, services.baseUrl())
          ? new URL(redirectUri).origin
          : ''
      const begun = await authorizations.begin(grantOfSession(session), {
        integrationId: request.params.integrationId,
        values: {},
        returnTo: `/connect/oauth2/done?opener=${encodeURIComponent(opener)}`,
        ...(attemptId === undefined ? {} : { attemptId }),
      })
      if (!begun.begun) throw new LinkRefusal(begun.failure)
      return reply
        .setCookie(attemptCookie, begun.browserToken, attemptCookieOptions(services.baseUrl()))
        .redirect(begun.url, 303)
    },
  )

  app.get(callbackPath(':provider'), { schema: { hide: true } }, async (request, reply) => {
    const query = new URL(request.url, services.baseUrl()).searchParams
    const { attempt, returnTo } = await authorizations.complete(query, request.cookies[attemptCookie])
    const target = new URL(returnTo, services.baseUrl())
    target.searchParams.set('attempt', attempt.id)
    return reply
      .clearCookie(attemptCookie, { path: '/connect' })
      .redirect(`${target.pathname}${target.search}`, 303)
  })

  app.get(
    '/connect/oauth2/done',
    {
      schema: {
        hide: true,
        querystring: Type.Object({ attempt: text, opener: Type.Optional(text) }),
      },
    },
    async (request, reply) => {
      const attempt = await authorizations.find('default', request.query.attempt)
      if (attempt === undefined)
        throw new HubError('hub/not-found', { message: 'There is no such authorization.' })
      const account =
        attempt.accountId === null ? null : await accounts.get(attempt.projectId, attempt.accountId)
      const provider = account && (await services.catalog.connector(account.provider)).title
      const page = popupPage({
        status: attempt.status,
        description: attempt.error?.description ?? null,
        account: account && accountJson(account, provider ?? account.provider),
        opener: request.query.opener ?? '',
      })
      return reply.header('content-security-policy', page.policy).type('text/html').send(page.html)
    },
  )

  async function ownAttempt(
    session: { readonly id: number; readonly projectId: string },
    id: string,
  ): Promise<AttemptRecord> {
    const attempt = await authorizations.find(session.projectId, id)
    if (attempt?.connectSessionId !== session.id)
      throw new HubError('hub/not-found', { message: `There is no connection attempt "${id}".` })
    return attempt
  }
}
