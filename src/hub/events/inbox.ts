import { createHash } from 'node:crypto'
import type { ConnectorPlan, IncomingDelivery, RoutedAction } from '../../plan/index.ts'
import { routeEvent } from '../../plan/index.ts'
import type { AccountService } from '../accounts/accounts.ts'
import { HubError } from '../hub-error.ts'
import type { IncomingDeliveryRecord, Store } from '../store/index.ts'
import { createId, hashToken } from '../token.ts'
import type { Vault } from '../vault/vault.ts'

/** What became of a delivery on its arrival. */
export interface TakenDelivery {
  /** Absent where nothing is to be done for it, or where it was here before. */
  readonly id?: string
  readonly actions: number
  readonly ignored: number
  readonly duplicate: boolean
}

export interface EventInbox {
  /**
   * Takes in what a provider has delivered: signature checked, routed, and written down before it is acknowledged.
   *
   * @param token - from the address it was sent to
   * @throws {HubError} `hub/subscription-unknown`, `hub/account-inactive` …
   * @throws {EventError} `event/signature-invalid`, `event/stale`, `event/unreadable`
   */
  take(token: string, delivery: IncomingDelivery): Promise<TakenDelivery>
  /** Newest first. */
  list(projectId: string, subscriptionId: string, limit: number): Promise<readonly IncomingDeliveryRecord[]>
  /** Has the actions run that did not succeed. @throws {HubError} `hub/delivery-unknown` */
  repeat(projectId: string, subscriptionId: string, id: string): Promise<IncomingDeliveryRecord>
}

export interface InboxParts {
  readonly store: Store
  readonly vault: Vault
  readonly accounts: AccountService
  readonly clock: () => Date
  /** Called when there is something to be done. */
  readonly onTaken: () => void
}

export function createEventInbox({ store, vault, accounts, clock, onTaken }: InboxParts): EventInbox {
  return {
    async take(token, delivery) {
      const subscription = await store.subscriptions.findByToken(hashToken(token))
      if (subscription === undefined)
        throw new HubError('hub/subscription-unknown', { message: 'Nobody listens at this address.' })
      const { projectId, id: subscriptionId, accountId } = subscription
      const opened = await accounts.open(projectId, accountId)
      const plan = opened.integration.connector
      const kept = await vault.read(store, { projectId, kind: 'subscription', subjectId: subscriptionId })
      const secret = kept?.value.secret
      const { actions, ignored } = routeEvent(plan, delivery, {
        credentials: {
          ...opened.run.credentials,
          ...(secret === undefined ? {} : { webhookSecret: secret }),
        },
        now: () => clock().getTime(),
      })
      const now = clock().toISOString()
      await store.subscriptions.noteDelivery(projectId, subscriptionId, now)
      if (actions.length === 0) return { actions: 0, ignored, duplicate: false }

      const record: IncomingDeliveryRecord = {
        id: createId('evd'),
        projectId,
        subscriptionId,
        accountId,
        status: 'pending',
        actions: actions.map(({ actionId }) => actionId),
        ignored,
        receivedAt: now,
        nextAt: now,
        attempts: 0,
        position: 0,
        started: false,
        replayKey: replayKeyOf(plan, delivery),
        finishedAt: null,
        error: null,
      }
      const isNew = await store.transaction(async (repositories) => {
        if (!(await repositories.incomingDeliveries.add(record))) return false
        const subject = { projectId, kind: 'delivery', subjectId: record.id } as const
        await vault.write(repositories, subject, { actions: actions.map(plainAction) })
        return true
      })
      if (!isNew) return { actions: 0, ignored, duplicate: true }
      onTaken()
      return { id: record.id, actions: actions.length, ignored, duplicate: false }
    },

    list: (projectId, subscriptionId, limit) =>
      store.incomingDeliveries.list(projectId, subscriptionId, limit),

    async repeat(projectId, subscriptionId, id) {
      const unknown = () =>
        new HubError('hub/delivery-unknown', { message: `There is no delivery "${id}" to be repeated.` })
      const record = await store.incomingDeliveries.get(projectId, id)
      if (record?.subscriptionId !== subscriptionId) throw unknown()
      if (record.status === 'pending') return record
      const now = clock().toISOString()
      const again = {
        status: 'pending',
        nextAt: now,
        attempts: 0,
        // What succeeded stays done; where all did, a person wants all of it once more.
        position: record.status === 'done' ? 0 : record.position,
        started: false,
        finishedAt: null,
        error: null,
      } as const
      await store.incomingDeliveries.progress(id, again)
      onTaken()
      return { ...record, ...again }
    },
  }
}

/** Signed with its time, a delivery is never the same twice unless somebody sends it again. */
function replayKeyOf({ events }: ConnectorPlan, { headers, body }: IncomingDelivery): string | null {
  const { signature } = events ?? {}
  if (signature?.timestampField === undefined && signature?.timestampHeader === undefined) return null
  const lower = Object.entries(headers).find(([name]) => name.toLowerCase() === signature.header)
  return createHash('sha256').update(String(lower?.[1])).update('\0').update(body).digest('base64url')
}

function plainAction({ actionId, inputs, eventIndex }: RoutedAction): RoutedAction {
  return { actionId, inputs, ...(eventIndex === undefined ? {} : { eventIndex }) }
}
