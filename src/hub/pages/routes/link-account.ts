import type { FastifyInstance } from 'fastify'
import { type FormValues, type PageTools, readForm, readQuery, type Visit } from '../http/index.ts'
import { connectorNames } from '../models/index.ts'
import { authLinkView, embedView, inviteView, type LinkAccountModel, linkHereView } from '../views/index.ts'

/** The three ways to link an account, as the dashboard offers them. */
export function linkAccountRoutes(app: FastifyInstance, tools: PageTools): void {
  const { services } = tools

  app.get('/accounts/link', async (request, reply) => {
    const visit = await tools.visit(request)
    return tools.send(
      reply,
      linkHereView(visit.context, await linkModel(tools, visit, readQuery(request), {})),
      visit.context,
    )
  })

  app.post('/accounts/link', async (request, reply) => {
    const visit = await tools.change(request)
    const form = readForm(request)
    const errors = errorsOf(form)
    if (Object.keys(errors).length > 0) {
      const page = linkHereView(visit.context, await linkModel(tools, visit, form, errors))
      return tools.send(reply, page, visit.context, { status: 422 })
    }
    const { token } = await services.connectSessions.create(visit.projectId, wishOf(form), visit.actor)
    return tools.goTo(reply, `/connect/${token}`)
  })

  app.get('/accounts/link/invite', async (request, reply) => {
    const visit = await tools.visit(request)
    return tools.send(
      reply,
      inviteView(visit.context, await linkModel(tools, visit, readQuery(request), {})),
      visit.context,
    )
  })

  app.post('/accounts/link/invite', async (request, reply) => {
    const visit = await tools.change(request)
    const form = readForm(request)
    const errors = errorsOf(form)
    if (Object.keys(errors).length > 0) {
      const page = inviteView(visit.context, await linkModel(tools, visit, form, errors))
      return tools.send(reply, page, visit.context, { status: 422 })
    }
    const wish = wishOf(form)
    const { linkToken } = await services.connectSessions.create(visit.projectId, wish, visit.actor)
    const names = await connectorNames(services)
    const page = authLinkView(visit.context, {
      url: `${services.baseUrl()}/connect/${linkToken}`,
      ownerName: wish.originOwnerName,
      connectorTitle: names.of(wish.provider).title,
      hubName: visit.context.brand.name,
      validFor: 'five days',
    })
    return tools.send(reply, page, visit.context)
  })

  app.get('/accounts/link/embed', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const { allowedOrigins } = await services.settings.get(projectId)
    return tools.send(reply, embedView(context, { baseUrl: services.baseUrl(), allowedOrigins }), context)
  })
}

async function linkModel(
  { services }: PageTools,
  { projectId }: Visit,
  given: FormValues,
  errors: Readonly<Record<string, string>>,
): Promise<LinkAccountModel> {
  const offered = (await services.integrations.list(projectId)).filter(({ active }) => active)
  const connectors = [...new Map(offered.map(({ connector }) => [connector.key, connector])).values()]
  const only = connectors.length === 1 ? (connectors[0]?.key ?? '') : ''
  return {
    connectors: connectors.map(({ key, title }) => ({ key, title })),
    values: {
      provider: given.text('provider') === '' ? only : given.text('provider'),
      ownerId: given.text('ownerId'),
      ownerName: given.text('ownerName'),
      label: given.text('label'),
    },
    errors,
  }
}

function errorsOf(form: FormValues): Readonly<Record<string, string>> {
  const required = [
    ['provider', 'Choose a connector.'],
    ['ownerName', 'The owner’s name is required.'],
    ['ownerId', 'The owner’s id is required.'],
  ] as const
  return Object.fromEntries(required.filter(([name]) => form.text(name) === ''))
}

function wishOf(form: FormValues) {
  return {
    originOwnerId: form.text('ownerId'),
    originOwnerName: form.text('ownerName'),
    provider: form.text('provider'),
    label: form.text('label') === '' ? null : form.text('label'),
  }
}
