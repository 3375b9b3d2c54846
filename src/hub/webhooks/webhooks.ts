import { randomBytes } from 'node:crypto'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { DeliveryRecord, DueDelivery, Store, WebhookEventRecord, WebhookRecord } from '../store/index.ts'
import { createId } from '../token.ts'
import type { Vault } from '../vault/vault.ts'
import { maxAttempts, nextDelayMs, type SendEvent } from './deliver.ts'
import { newDelivery } from './new-delivery.ts'
import { type ToldEventName, toldEvents, wants } from './wanted-events.ts'

/** An event with how it was told to each webhook. */
export interface ToldEvent {
  readonly event: WebhookEventRecord
  readonly deliveries: readonly DeliveryRecord[]
}

/** Tells other servers what happens to accounts. */
export interface WebhookService {
  list(projectId: string): Promise<readonly WebhookRecord[]>
  /** @returns the secret that events are signed with; it is shown now and never again. @throws {HubError} `hub/invalid-request` */
  add(
    projectId: string,
    wish: { readonly url: string; readonly events?: readonly ToldEventName[] },
    actor: Actor,
  ): Promise<{ readonly webhook: WebhookRecord; readonly secret: string }>
  /** @throws {HubError} `hub/webhook-unknown` */
  remove(projectId: string, id: string, actor: Actor): Promise<void>
  /** Newest first. */
  events(projectId: string, limit: number): Promise<readonly ToldEvent[]>
  /** Has an event sent once more to every active webhook that wants it. @throws {HubError} `hub/webhook-unknown` */
  replay(projectId: string, eventId: string): Promise<ToldEvent>
  /** Sends what is due. @returns how many were tried */
  deliverDue(): Promise<number>
  /** Looks for what is due from now on, until closed. */
  start(): void
  close(): Promise<void>
}

const pollMs = 1_000
const batch = 20
/** Another process leaves a delivery alone for so long: longer than an attempt can take. */
const claimMs = 60_000
const keptForMs = 30 * 86_400_000
const pruneEveryMs = 3_600_000

export function createWebhooks(
  store: Store,
  vault: Vault,
  clock: () => Date,
  send: SendEvent,
): WebhookService {
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<number> | undefined
  let prunedAt = 0

  /** What a provider has told is kept encrypted, beside the event. */
  const withData = async (due: DueDelivery): Promise<DueDelivery> => {
    const { event } = due
    if (event.event !== 'connector.event') return due
    const { projectId, id: subjectId } = event
    const kept = await vault.read(store, { projectId, kind: 'event', subjectId })
    return { ...due, event: { ...event, payload: { ...event.payload, data: kept?.value.data ?? null } } }
  }

  const attempt = async (due: DueDelivery) => {
    const { delivery, webhook } = due
    const subject = { projectId: webhook.projectId, kind: 'webhook', subjectId: webhook.id } as const
    const secret = (await vault.read(store, subject))?.value.secret
    const sentAt = clock().toISOString()
    const failure =
      secret === undefined ? 'its secret cannot be read' : await send(await withData(due), secret, sentAt)
    const attempts = delivery.attempts + 1
    const now = clock()
    const nextAt = new Date(now.getTime() + nextDelayMs(attempts, Math.random())).toISOString()
    await store.webhooks.recordAttempt(delivery.id, {
      status: failure === undefined ? 'delivered' : attempts >= maxAttempts ? 'failed' : 'pending',
      attempts,
      nextAt,
      deliveredAt: failure === undefined ? now.toISOString() : null,
      lastError: failure ?? null,
    })
  }

  const deliver = async () => {
    const now = clock().getTime()
    const until = new Date(now + claimMs).toISOString()
    const due = await store.webhooks.claimDue(new Date(now).toISOString(), until, batch)
    await Promise.all(due.map(attempt))
    return due.length
  }
  const deliverDue = () => {
    underWay ??= deliver().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const prune = async () => {
    const now = clock().getTime()
    if (now - prunedAt < pruneEveryMs) return
    prunedAt = now
    for (const { id } of await store.projects.list())
      await store.transaction(async ({ webhooks, vault: records }) => {
        for (const subjectId of await webhooks.prune(id, new Date(now - keptForMs).toISOString()))
          await records.delete({ projectId: id, kind: 'event', subjectId })
      })
  }

  const told = async (projectId: string, events: readonly WebhookEventRecord[]) => {
    const deliveries = await store.webhooks.listDeliveries(
      projectId,
      events.map(({ id }) => id),
    )
    const byEvent = Map.groupBy(deliveries, ({ eventId }) => eventId)
    return events.map((event) => ({ event, deliveries: byEvent.get(event.id) ?? [] }))
  }

  return {
    list: (projectId) => store.webhooks.list(projectId),

    async add(projectId, { url, events = [] }, actor) {
      checkUrl(url)
      const now = clock().toISOString()
      const secret = `whsec_${randomBytes(32).toString('base64url')}`
      const webhook: WebhookRecord = {
        id: createId('whk'),
        projectId,
        url,
        events: toldEvents.filter((event) => events.includes(event)),
        active: true,
        createdAt: now,
      }
      await store.transaction(async (repositories) => {
        await repositories.webhooks.add(webhook)
        await vault.write(repositories, { projectId, kind: 'webhook', subjectId: webhook.id }, { secret })
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'webhook.added',
          subject: `webhook:${webhook.id}`,
          detail: { host: new URL(url).host },
        })
      })
      return { webhook, secret }
    },

    async remove(projectId, id, actor) {
      const now = clock().toISOString()
      await store.transaction(async (repositories) => {
        if (!(await repositories.webhooks.remove(projectId, id)))
          throw new HubError('hub/webhook-unknown', { message: `There is no webhook "${id}".` })
        await repositories.vault.delete({ projectId, kind: 'webhook', subjectId: id })
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'webhook.removed',
          subject: `webhook:${id}`,
          detail: {},
        })
      })
    },

    events: async (projectId, limit) => told(projectId, await store.webhooks.listEvents(projectId, limit)),

    async replay(projectId, eventId) {
      const event = await store.webhooks.getEvent(projectId, eventId)
      if (event === undefined)
        throw new HubError('hub/webhook-unknown', { message: `There is no event "${eventId}".` })
      const now = clock().toISOString()
      const wanting = (await store.webhooks.list(projectId)).filter((webhook) => wants(webhook, event.event))
      await store.webhooks.addDeliveries(wanting.map((webhook) => newDelivery(event, webhook, now)))
      return (await told(projectId, [event]))[0] ?? { event, deliveries: [] }
    },

    deliverDue,

    start() {
      timer ??= setInterval(() => {
        // What fails here is tried again a second later.
        deliverDue()
          .then(prune)
          .catch(() => undefined)
      }, pollMs).unref()
    },

    async close() {
      clearInterval(timer)
      await underWay?.catch(() => undefined)
    },
  }
}

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:')
    throw new HubError('hub/invalid-request', { message: 'url has to be an http or https address.' })
  if (parsed.username !== '' || parsed.password !== '')
    throw new HubError('hub/invalid-request', {
      message: 'url must hold no user name or password: events are signed instead.',
    })
}
