import { Type } from 'typebox'
import { closed, nullable } from './schemas.ts'

const text = Type.String()
const date = Type.String({ description: 'ISO 8601 in UTC.', examples: ['2026-01-31T09:00:00.000Z'] })

export const SubscriptionBody = Type.Object(
  {
    account_id: Type.String({ minLength: 1, maxLength: 200 }),
    events: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 200,
        description: 'Names of the events wanted; providers that send all of them have no use for it.',
      }),
    ),
    secret: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description:
          'What the provider signs deliveries with, where it has given that to you. Made here otherwise.',
      }),
    ),
  },
  closed,
)

export const SubscriptionJson = Type.Object(
  {
    id: text,
    account_id: text,
    provider: text,
    status: Type.String({
      description:
        '`active`: the provider delivers. `starting`: asked of it, the answer is not known. `manual`: somebody has to enter the address at the provider.',
    }),
    events: Type.Array(text),
    created_at: date,
    last_delivery_at: nullable(date),
    webhook_url: Type.Optional(
      Type.String({
        description: 'Where the provider delivers; told when the subscription is made, and never again.',
      }),
    ),
  },
  { title: 'EventSubscription' },
)

export const DeliveryJson = Type.Object(
  {
    id: text,
    subscription_id: text,
    account_id: text,
    status: Type.String({ description: '`pending`, `done` or `failed`.' }),
    actions: Type.Array(text, { description: 'What it leads to, in order.' }),
    done: Type.Integer({ description: 'Actions that succeeded.' }),
    ignored: Type.Integer({ description: 'Events that the connector has no rule for.' }),
    attempts: Type.Integer(),
    received_at: date,
    next_at: nullable(date),
    finished_at: nullable(date),
    error: nullable(Type.Object({ code: text, message: text })),
  },
  { title: 'EventDelivery' },
)

export const TakenJson = Type.Object({
  id: nullable(text),
  actions: Type.Integer({ description: 'That will be run.' }),
  ignored: Type.Integer(),
  duplicate: Type.Boolean(),
})
