import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { type KeyCaller, requireKey } from '../server/authenticate.ts'
import type { IncomingDeliveryRecord, SubscriptionRecord } from '../store/index.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { DeliveryJson, SubscriptionBody, SubscriptionJson } from './event-schemas.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Events']
const params = Type.Object({ id: Type.String() })

/** Having providers deliver what happens to the records of an account. */
export const eventSubscriptionRoutes: ApiPlugin = async (app, { services }) => {
  const { subscriptions, inbox } = services

  /** A key of one account sees nothing of the others. */
  const ownSubscription = async ({ projectId, key }: KeyCaller, id: string) => {
    const subscription = await subscriptions.get(projectId, id)
    if (key.accountId === null || key.accountId === subscription.accountId) return subscription
    throw new HubError('hub/subscription-unknown', { message: `There is no subscription "${id}".` })
  }

  app.get(
    '/event-subscriptions',
    {
      schema: {
        tags,
        summary: 'List subscriptions to events of providers',
        security: withKey,
        querystring: Type.Object({ account_id: Type.Optional(Type.String()) }),
        response: { 200: Type.Array(SubscriptionJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const wanted = request.query.account_id
      const own = key.accountId ?? wanted
      if (wanted !== undefined && own !== wanted) return []
      return (await subscriptions.list(projectId, own)).map(subscriptionJson)
    },
  )
  app.post(
    '/event-subscriptions',
    {
      schema: {
        tags,
        summary: 'Subscribe an account to the events of its provider',
        security: withKey,
        body: SubscriptionBody,
        response: { 201: SubscriptionJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { projectId, key, actor } = await requireKey(request, services, 'write')
      const { account_id: accountId, ...wish } = request.body
      if (key.accountId !== null && key.accountId !== accountId)
        throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
      const { subscription, webhookUrl } = await subscriptions.add(projectId, { ...wish, accountId }, actor)
      return reply.code(201).send({ ...subscriptionJson(subscription), webhook_url: webhookUrl })
    },
  )
  app.delete(
    '/event-subscriptions/:id',
    {
      schema: {
        tags,
        summary: 'End a subscription, at the provider and here',
        security: withKey,
        params,
        querystring: Type.Object({
          force: Type.Optional(
            Type.Boolean({ description: 'End it here although the provider does not.', default: false }),
          ),
        }),
        response: { 200: SubscriptionJson, default: ErrorJson },
      },
    },
    async (request) => {
      const caller = await requireKey(request, services, 'write')
      const { id } = await ownSubscription(caller, request.params.id)
      const force = request.query.force ?? false
      return subscriptionJson(await subscriptions.remove(caller.projectId, id, caller.actor, { force }))
    },
  )
  app.get(
    '/event-subscriptions/:id/deliveries',
    {
      schema: {
        tags,
        summary: 'List what was delivered in the last 30 days, newest first',
        security: withKey,
        params,
        querystring: Type.Object({
          page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 by default.' })),
        }),
        response: { 200: Type.Array(DeliveryJson), default: ErrorJson },
      },
    },
    async (request) => {
      const caller = await requireKey(request, services, 'read')
      const { id } = await ownSubscription(caller, request.params.id)
      return (await inbox.list(caller.projectId, id, request.query.page_size ?? 25)).map(deliveryJson)
    },
  )
  app.post(
    '/event-subscriptions/:id/deliveries/:delivery_id/repeat',
    {
      schema: {
        tags,
        summary: 'Run the actions of a delivery once more, or those that failed',
        security: withKey,
        params: Type.Object({ id: Type.String(), delivery_id: Type.String() }),
        response: { 202: DeliveryJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const caller = await requireKey(request, services, 'write')
      const { id, delivery_id: delivery } = request.params
      await ownSubscription(caller, id)
      return reply.code(202).send(deliveryJson(await inbox.repeat(caller.projectId, id, delivery)))
    },
  )
}

function subscriptionJson(record: SubscriptionRecord): Static<typeof SubscriptionJson> {
  return {
    id: record.id,
    account_id: record.accountId,
    provider: record.provider,
    status: record.status,
    events: [...record.events],
    created_at: record.createdAt,
    last_delivery_at: record.lastDeliveryAt,
  }
}

function deliveryJson(record: IncomingDeliveryRecord): Static<typeof DeliveryJson> {
  return {
    id: record.id,
    subscription_id: record.subscriptionId,
    account_id: record.accountId,
    status: record.status,
    actions: [...record.actions],
    done: record.position,
    ignored: record.ignored,
    attempts: record.attempts,
    received_at: record.receivedAt,
    next_at: record.status === 'pending' ? record.nextAt : null,
    finished_at: record.finishedAt,
    error: record.error,
  }
}
