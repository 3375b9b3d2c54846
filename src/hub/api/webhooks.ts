import { type Static, Type } from 'typebox'
import { requireKey } from '../server/authenticate.ts'
import type { WebhookRecord } from '../store/index.ts'
import type { ToldEvent } from '../webhooks/webhooks.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { WebhookBody, WebhookEventJson, WebhookJson } from './run-schemas.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Webhooks']
const params = Type.Object({ id: Type.String() })

/** Telling other servers what happens to accounts. */
export const webhookRoutes: ApiPlugin = async (app, { services }) => {
  const { webhooks } = services
  app.get(
    '/webhooks',
    {
      schema: {
        tags,
        summary: 'List webhooks',
        security: withKey,
        response: { 200: Type.Array(WebhookJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return (await webhooks.list(projectId)).map(webhookJson)
    },
  )
  app.post(
    '/webhooks',
    {
      schema: {
        tags,
        summary: 'Add a webhook; its signing secret is told once, in this answer',
        security: withKey,
        body: WebhookBody,
        response: { 201: WebhookJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      const { webhook, secret } = await webhooks.add(projectId, request.body, actor)
      return reply.code(201).send({ ...webhookJson(webhook), secret })
    },
  )
  app.delete(
    '/webhooks/:id',
    {
      schema: {
        tags,
        summary: 'Remove a webhook',
        security: withKey,
        params,
        response: { 204: Type.Null(), default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      await webhooks.remove(projectId, request.params.id, actor)
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/webhooks/events',
    {
      schema: {
        tags,
        summary: 'List the events of the last 30 days, newest first, with their deliveries',
        security: withKey,
        querystring: Type.Object({
          page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 by default.' })),
        }),
        response: { 200: Type.Array(WebhookEventJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return (await webhooks.events(projectId, request.query.page_size ?? 25)).map(eventJson)
    },
  )
  app.post(
    '/webhooks/events/:id/replay',
    {
      schema: {
        tags,
        summary: 'Send an event once more',
        security: withKey,
        params,
        response: { 202: WebhookEventJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return reply.code(202).send(eventJson(await webhooks.replay(projectId, request.params.id)))
    },
  )
}

function webhookJson({ id, url, events, active, createdAt }: WebhookRecord): Static<typeof WebhookJson> {
  return { id, url, events: [...events], active, created_at: createdAt }
}

function eventJson({ event, deliveries }: ToldEvent): Static<typeof WebhookEventJson> {
  return {
    id: event.id,
    event: event.event,
    created_at: event.createdAt,
    payload: { ...event.payload },
    deliveries: deliveries.map((delivery) => ({
      id: delivery.id,
      webhook_id: delivery.webhookId,
      status: delivery.status,
      attempts: delivery.attempts,
      next_at: delivery.status === 'pending' ? delivery.nextAt : null,
      delivered_at: delivery.deliveredAt,
      last_error: delivery.lastError,
    })),
  }
}
