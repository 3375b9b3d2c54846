import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fieldName } from '../../../ui/index.ts'
import { grantOfSession } from '../../connect/grant-of-session.ts'
import { HubError } from '../../hub-error.ts'
import { attemptCookie, attemptCookieOptions } from '../../server/attempt-cookie.ts'
import { findLogin } from '../../server/authenticate.ts'
import { defaultProject } from '../../services.ts'
import { createId } from '../../token.ts'
import { type FormValues, type PageTools, readForm, readQuery } from '../http/index.ts'
import {
  attemptFailure,
  type ConnectRequest,
  checkForm,
  connectModel,
  connectorNames,
  failureModel,
  nameOf,
  notSetUp,
  offerOf,
  redirects,
} from '../models/index.ts'
import {
  type ConnectFailureModel,
  connectorPickerView,
  connectView,
  departureView,
  errorView,
  linkedView,
  popupView,
} from '../views/index.ts'
import { type ConnectVisit, connectVisit, parentOf } from './connect-visit.ts'

/** The pages of a connect session: the choice of a connector, its form, the confirmation. */
export function connectRoutes(app: FastifyInstance, tools: PageTools): void {
  const { services } = tools

  app.get('/connect/:token', async (request, reply) =>
    withVisit(request, reply, async (visit) => {
      const { chosen, integrations } = await offer(request, visit)
      if (chosen !== undefined) return showForm(reply, visit, { chosen, integrations }, {})
      const connectors = [
        ...new Map(integrations.map(({ connector }) => [connector.key, connector])).values(),
      ]
      const view = connectorPickerView(visit.context, {
        ownerName: visit.session.originOwnerName,
        connectors: connectors.map((connector) => ({
          ...nameOf(connector),
          href: visit.href('', { provider: connector.key }),
        })),
        ...parentOnly(visit),
      })
      return send(reply, view, visit)
    }),
  )

  app.post('/connect/:token', async (request, reply) =>
    withVisit(request, reply, async (visit) => {
      const { chosen, integrations } = await offer(request, visit)
      if (chosen === undefined)
        throw new HubError('hub/integration-unknown', {
          message: 'Nothing is chosen that could be connected.',
        })
      const form = readForm(request)
      const again = (failure: ConnectFailureModel) =>
        showForm(reply, visit, { chosen, integrations }, { form, failure }, 422)
      const { projectId, accountId } = visit.session
      const stored = accountId === null ? [] : await storedSecrets(projectId, accountId, chosen.id)
      const problem = checkForm(chosen, form, stored)
      if (problem !== undefined) return again(problem)
      const nonce = form.text('nonce')
      const submission = {
        integrationId: chosen.id,
        values: Object.fromEntries(
          chosen.method.configFields.map(({ key }) => [key, form.raw(fieldName(key))]),
        ),
        ...(nonce === '' ? {} : { nonce }),
      }
      if (redirects(chosen)) {
        if (!(await services.integrations.isSetUp(projectId, chosen))) return again(notSetUp(chosen))
        const begun = await services.authorizations.begin(grantOfSession(visit.session), {
          ...submission,
          returnTo: visit.href('/returned', { integration: chosen.id }),
        })
        if (!begun.begun) return again(failureModel(begun.failure))
        reply.setCookie(attemptCookie, begun.browserToken, attemptCookieOptions(services.baseUrl()))
        return send(
          reply,
          departureView(visit.context, { title: chosen.connector.title, url: begun.url }),
          visit,
        )
      }
      const result = await services.linking.link(grantOfSession(visit.session), submission)
      if (!result.linked) return again(failureModel(result.failure))
      return reply.redirect(visit.href('/done', { form: nonce }), 303)
    }),
  )

  app.get('/connect/:token/done', async (request, reply) =>
    withVisit(request, reply, async (visit) => {
      const { session } = visit
      // Only what this very session linked is confirmed: an id in the address would be anybody's to write.
      const nonce = readQuery(request).text('form')
      const accountId = await services.store.connectSessions.findSubmission(session.id, nonce)
      if (accountId === undefined)
        throw new HubError('hub/not-found', { message: 'This session has linked nothing of that kind.' })
      return confirm(request, reply, visit, accountId)
    }),
  )

  // From the provider's own page, with the outcome known already.
  app.get('/connect/:token/returned', async (request, reply) =>
    withVisit(request, reply, async (visit) => {
      const { session, isPopup } = visit
      const attempt = await services.authorizations.find(
        session.projectId,
        readQuery(request).text('attempt'),
      )
      if (attempt?.connectSessionId !== session.id)
        throw new HubError('hub/not-found', { message: 'There is no such authorization.' })
      if (isPopup) return send(reply, popupView(visit.context, attempt.id), visit)
      if (attempt.accountId !== null) return confirm(request, reply, visit, attempt.accountId)
      const { chosen, integrations } = await offer(request, visit)
      if (chosen === undefined)
        throw new HubError('hub/not-found', { message: 'Nothing is chosen any more.' })
      return showForm(
        reply,
        visit,
        { chosen, integrations },
        { failure: attemptFailure(attempt, chosen) },
        422,
      )
    }),
  )

  async function confirm(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: ConnectVisit,
    accountId: string,
  ): Promise<FastifyReply> {
    const { session } = visit
    const account = await services.accounts.get(session.projectId, accountId)
    const [names, login] = await Promise.all([connectorNames(services), findLogin(request, services)])
    const isOwn = login?.projectId === session.projectId && visit.parentOrigin === undefined
    const view = linkedView(visit.context, {
      connectorTitle: names.of(account.provider).title,
      ownerName: account.originOwnerName,
      account,
      reconnected: session.accountId !== null,
      ...(isOwn ? { accountHref: `/accounts/${encodeURIComponent(account.id)}` } : {}),
      ...parentOnly(visit),
    })
    return send(reply, view, visit)
  }

  /** An expired link is no failure of the hub: it has a page that says what to do. */
  async function withVisit(
    request: FastifyRequest,
    reply: FastifyReply,
    show: (visit: ConnectVisit) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await show(await connectVisit(request, tools))
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'hub/session-expired') throw error
      const context = await tools.context(defaultProject)
      const parentOrigin = await parentOf(request, tools, defaultProject)
      const view = errorView(context, {
        status: 410,
        title: 'This link is no longer valid',
        text: 'It was used up, has expired, or is not complete. Ask the person who sent it for a new one.',
        code: error.code,
        ...(parentOrigin === undefined ? {} : { parentOrigin }),
      })
      return tools.send(reply, view, context, { status: 410, ...frameOf(parentOrigin) })
    }
  }

  const offer = (request: FastifyRequest, { session }: ConnectVisit) => {
    const query = readQuery(request)
    return offerOf(services, session, query.text('integration'), query.text('provider'))
  }

  async function showForm(
    reply: FastifyReply,
    visit: ConnectVisit,
    { chosen, integrations }: Pick<ConnectRequest, 'chosen' | 'integrations'>,
    back: { readonly form?: FormValues; readonly failure?: ConnectFailureModel },
    status = 200,
  ): Promise<FastifyReply> {
    const { session } = visit
    const isFree = session.provider === null && session.accountId === null
    const model = await connectModel(services, {
      session,
      chosen,
      integrations,
      href: (changes) => visit.href('', changes),
      returnedHref: visit.href('/returned', { integration: chosen.id }),
      ...(isFree && (await offerOf(services, session, '', '')).chosen === undefined
        ? { backHref: visit.href('', { provider: '' }) }
        : {}),
      ...parentOnly(visit),
      // A form that is shown again is a new one: the former was refused, and links nothing any more.
      nonce: createId('form'),
      ...back,
    })
    return send(
      reply,
      connectView({ ...visit.context, sandboxes: model.sandbox ? [chosen.connector.title] : [] }, model),
      visit,
      status,
    )
  }

  const send = (
    reply: FastifyReply,
    page: Parameters<PageTools['send']>[1],
    visit: ConnectVisit,
    status = 200,
  ) => tools.send(reply, page, visit.context, { status, ...frameOf(visit.parentOrigin) })

  async function storedSecrets(projectId: string, accountId: string, integrationId: string) {
    const account = await services.accounts.get(projectId, accountId)
    if (account.integrationId !== integrationId) return []
    return (await services.accounts.storedFields(projectId, accountId)).secretKeys
  }
}

function parentOnly({ parentOrigin }: ConnectVisit): { parentOrigin?: string } {
  return parentOrigin === undefined ? {} : { parentOrigin }
}

function frameOf(parentOrigin: string | undefined): { frameAncestors?: readonly string[] } {
  return parentOrigin === undefined ? {} : { frameAncestors: [parentOrigin] }
}
