import { randomBytes } from 'node:crypto'
import {
  type EventSubscription,
  type Flow,
  type RunOptions,
  subscribeEvents,
  unsubscribeEvents,
} from '../../engine/index.ts'
import { EventError, MainspringError } from '../../errors/index.ts'
import type { AccountService, OpenedAccount } from '../accounts/accounts.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Store, SubscriptionRecord } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'
import type { Vault } from '../vault/vault.ts'

export interface SubscriptionWish {
  readonly accountId: string
  /** Names of the events wanted; providers that send all of them have no use for it. */
  readonly events?: readonly string[]
  /** What deliveries are signed with, where the provider has given it to a person. Made here otherwise. */
  readonly secret?: string
}

/** Where providers deliver the events of accounts. */
export interface SubscriptionService {
  list(projectId: string, accountId?: string): Promise<readonly SubscriptionRecord[]>
  /** @throws {HubError} `hub/subscription-unknown` */
  get(projectId: string, id: string): Promise<SubscriptionRecord>
  /**
   * Subscribes an account to the events of its provider. Where the connector has no steps for it, a person enters the
   * address at the provider.
   *
   * @returns the address that takes the deliveries: whoever knows it can deliver, so it is told now and never again
   * @throws {EventError} `event/unsupported`; {MainspringError} of the account or the provider. Where the outcome is not
   * known, the subscription stays as `starting`
   */
  add(
    projectId: string,
    wish: SubscriptionWish,
    actor: Actor,
  ): Promise<{ readonly subscription: SubscriptionRecord; readonly webhookUrl: string }>
  /**
   * Ends a subscription, first at the provider.
   *
   * @param options.force - ends it here although the provider does not
   * @throws {HubError} `hub/subscription-unknown`; {MainspringError} of the account or the provider
   */
  remove(
    projectId: string,
    id: string,
    actor: Actor,
    options?: { readonly force?: boolean },
  ): Promise<SubscriptionRecord>
  /** Before an account goes: ends what it has, whatever the provider says. */
  endAll(projectId: string, accountId: string, actor: Actor): Promise<void>
}

export interface SubscriptionParts {
  readonly store: Store
  readonly vault: Vault
  readonly accounts: AccountService
  readonly baseUrl: () => string
  readonly clock: () => Date
  readonly flow: Flow
  readonly transport?: RunOptions['transport']
}

export function createSubscriptions(parts: SubscriptionParts): SubscriptionService {
  const { store, vault, accounts, baseUrl, clock, flow, transport } = parts
  const get = async (projectId: string, id: string) =>
    (await store.subscriptions.get(projectId, id)) ??
    (() => {
      throw new HubError('hub/subscription-unknown', { message: `There is no subscription "${id}".` })
    })()

  const callOf = ({ run, source }: OpenedAccount) => ({
    ...run,
    credentials: source,
    flow,
    now: () => clock().getTime(),
    ...(transport === undefined ? {} : { transport }),
  })

  const forget = async ({ projectId, id, accountId }: SubscriptionRecord, actor: Actor, detail: object) =>
    store.transaction(async (repositories) => {
      await repositories.subscriptions.remove(projectId, id)
      await repositories.vault.delete({ projectId, kind: 'subscription', subjectId: id })
      for (const subjectId of await repositories.incomingDeliveries.removeOf(projectId, id))
        await repositories.vault.delete({ projectId, kind: 'delivery', subjectId })
      await repositories.audit.append(projectId, {
        at: clock().toISOString(),
        actor: actorText(actor),
        action: 'subscription.ended',
        subject: `account:${accountId}`,
        detail: { subscription: id, ...detail },
      })
    })

  const endAtProvider = async ({ projectId, id, accountId }: SubscriptionRecord) => {
    const kept = await vault.read(store, { projectId, kind: 'subscription', subjectId: id })
    if (kept === undefined) return
    const opened = await accounts.open(projectId, accountId, { evenInactive: true })
    const plan = opened.integration.connector
    if (plan.events?.setup.deletion === undefined) return
    try {
      await unsubscribeEvents(plan, { ...callOf(opened), subscription: { data: kept.value.data } })
    } catch (error) {
      // Somebody has ended it there already.
      if (!(error instanceof MainspringError) || error.code !== 'provider/not-found') throw error
    }
  }

  const remove: SubscriptionService['remove'] = async (projectId, id, actor, { force = false } = {}) => {
    const subscription = await get(projectId, id)
    let endedThere = true
    try {
      if (subscription.status === 'active') await endAtProvider(subscription)
    } catch (error) {
      if (!force) throw error
      endedThere = false
    }
    await forget(subscription, actor, endedThere ? {} : { stillAtProvider: true })
    return subscription
  }

  return {
    list: (projectId, accountId) => store.subscriptions.list(projectId, accountId),
    get,

    async add(projectId, { accountId, events = [], secret: given }, actor) {
      const opened = await accounts.open(projectId, accountId)
      const { connector } = opened.integration
      if (connector.events?.router === undefined)
        throw new EventError('event/unsupported', {
          message: `The connector "${connector.key}" routes no events.`,
        })
      const isManual = connector.events.setup.creation === undefined
      const token = createToken('whin')
      const webhookUrl = `${baseUrl()}/events/${token}`
      const secret = given ?? (isManual ? undefined : randomBytes(32).toString('base64url'))
      const subscription: SubscriptionRecord = {
        id: createId('sub'),
        projectId,
        accountId,
        provider: connector.key,
        tokenHash: hashToken(token),
        status: isManual ? 'manual' : 'starting',
        events,
        createdAt: clock().toISOString(),
        lastDeliveryAt: null,
      }
      const subject = { projectId, kind: 'subscription', subjectId: subscription.id } as const
      const withSecret = secret === undefined ? {} : { secret }
      // Written before the provider is asked: its first delivery may come before its answer.
      await store.transaction(async (repositories) => {
        await repositories.subscriptions.add(subscription)
        if (isManual || given !== undefined)
          await vault.write(repositories, subject, { ...withSecret, data: {} })
        await repositories.audit.append(projectId, {
          at: subscription.createdAt,
          actor: actorText(actor),
          action: 'subscription.added',
          subject: `account:${accountId}`,
          detail: { subscription: subscription.id, provider: connector.key },
        })
      })
      if (isManual) return { subscription, webhookUrl }

      let made: EventSubscription
      try {
        made = await subscribeEvents(connector, { ...callOf(opened), webhookUrl, ...withSecret, events })
      } catch (error) {
        const unknown = error instanceof MainspringError && error.code === 'write/outcome-unknown'
        if (!unknown) await forget(subscription, actor, { refused: true })
        throw error
      }
      await store.transaction(async (repositories) => {
        // Some providers make the secret themselves.
        const theirs = made.data['secret']
        const signedWith = typeof theirs === 'string' ? { secret: theirs } : withSecret
        await vault.write(repositories, subject, { ...signedWith, data: made.data })
        await repositories.subscriptions.setStatus(projectId, subscription.id, 'active')
      })
      return { subscription: { ...subscription, status: 'active' }, webhookUrl }
    },

    remove,

    async endAll(projectId, accountId, actor) {
      for (const { id } of await store.subscriptions.list(projectId, accountId))
        await remove(projectId, id, actor, { force: true })
    },
  }
}
