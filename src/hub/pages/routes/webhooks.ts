import type { FastifyInstance } from 'fastify'
import { HubError } from '../../hub-error.ts'
import { accountEvents, toldEvents } from '../../webhooks/wanted-events.ts'
import { type PageTools, readForm } from '../http/index.ts'
import { type WebhooksModel, webhooksView } from '../views/index.ts'

const shownEvents = 20
const usual: readonly string[] = accountEvents
const choices = toldEvents.map((event) => ({ event, usual: usual.includes(event) }))

/** Who is told what happens to accounts, and how the telling went. */
export function webhookRoutes(app: FastifyInstance, tools: PageTools): void {
  const { webhooks } = tools.services

  const model = async (projectId: string): Promise<WebhooksModel> => {
    const [list, events] = await Promise.all([
      webhooks.list(projectId),
      webhooks.events(projectId, shownEvents),
    ])
    const hosts = new Map(list.map(({ id, url }) => [id, new URL(url).host]))
    return {
      webhooks: list,
      choices,
      events: events.map(({ event, deliveries }) => ({
        ...event,
        deliveries: deliveries.map(({ webhookId, status, attempts, lastError }) => ({
          host: hosts.get(webhookId) ?? 'a removed webhook',
          status,
          attempts,
          lastError,
        })),
      })),
    }
  }

  app.get('/settings/webhooks', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    return tools.send(reply, webhooksView(context, await model(projectId)), context)
  })

  app.post('/settings/webhooks', async (request, reply) => {
    const { projectId, actor, context } = await tools.change(request)
    const form = readForm(request)
    const url = form.text('url')
    const events = toldEvents.filter((event) => form.text(`event-${event}`) === 'yes')
    try {
      const { secret } = await webhooks.add(projectId, { url, events }, actor)
      // In this answer and nowhere else: no address holds it, and no reload brings it back.
      const page = webhooksView(context, { ...(await model(projectId)), fresh: { url, secret } })
      return tools.send(reply, page, context)
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'hub/invalid-request') throw error
      const typed = { url, error: error.message }
      const page = webhooksView(context, { ...(await model(projectId)), typed })
      return tools.send(reply, page, context, { status: 422 })
    }
  })

  app.post('/settings/webhooks/:id/remove', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    await webhooks.remove(projectId, (request.params as { id: string }).id, actor)
    return tools.goTo(reply, '/settings/webhooks', 'webhook-removed')
  })

  app.post('/settings/webhooks/events/:id/replay', async (request, reply) => {
    const { projectId } = await tools.change(request)
    await webhooks.replay(projectId, (request.params as { id: string }).id)
    return tools.goTo(reply, '/settings/webhooks', 'sent-again')
  })
}
