import { findAction } from '../../engine/index.ts'
import { InternalError, MainspringError, WriteOutcomeUnknownError } from '../../errors/index.ts'
import type { RoutedAction } from '../../plan/index.ts'
import type { AccountService } from '../accounts/accounts.ts'
import { wroteBefore } from '../error-status.ts'
import type { Caller } from '../runs/caller.ts'
import type { RunService } from '../runs/runs.ts'
import type { IncomingDeliveryRecord, Store } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import { nextDelayMs } from '../webhooks/deliver.ts'
import { addProviderEvent } from '../webhooks/provider-event.ts'

export interface DeliveryHandler {
  /** Runs what is due. @returns how many deliveries were worked on */
  handleDue(): Promise<number>
  /** Looks for what is due from now on, until closed. */
  start(): void
  close(): Promise<void>
}

export interface HandlerParts {
  readonly store: Store
  readonly vault: Vault
  readonly accounts: AccountService
  readonly runs: RunService
  readonly clock: () => Date
  readonly random: () => number
}

const pollMs = 1_000
const batch = 20
/** Another process leaves a delivery alone for so long after each sign of life: longer than a run may take. */
const claimMs = 10 * 60_000
/** With the delays between them, some twenty minutes. */
const maxAttempts = 8
const keptForMs = 30 * 86_400_000
const pruneEveryMs = 3_600_000

/**
 * Runs the actions of deliveries that were taken in, in order, and tells what they gave. An action that only reads is
 * run again after a sudden end; one that writes is not, since nobody knows how far it came.
 */
export function createDeliveryHandler(parts: HandlerParts): DeliveryHandler {
  const { store, vault, accounts, runs, clock, random } = parts
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<number> | undefined
  let prunedAt = 0
  const later = (ms: number) => new Date(clock().getTime() + ms).toISOString()

  const fail = (record: IncomingDeliveryRecord, { code, message }: MainspringError) =>
    store.incomingDeliveries.progress(record.id, {
      status: 'failed',
      finishedAt: clock().toISOString(),
      error: { code, message },
    })

  const runOne = async (record: IncomingDeliveryRecord, { actionId, inputs }: RoutedAction) => {
    const { projectId, accountId, id } = record
    const caller: Caller = {
      projectId,
      actor: { kind: 'system' },
      accountId,
      canWrite: true,
      agent: false,
    }
    return runs.run(caller, { accountId, action: actionId, inputs, source: 'event', requestId: id })
  }

  const handle = async (record: IncomingDeliveryRecord) => {
    const { projectId, accountId, id } = record
    const kept = await vault.read(store, { projectId, kind: 'delivery', subjectId: id })
    const actions = kept?.value.actions ?? []
    const { account, integration } = await accounts.open(projectId, accountId)
    const attempts = record.attempts + 1
    for (let position = record.position; position < actions.length; position++) {
      const action = actions[position] as RoutedAction
      const writes = findAction(integration.connector, action.actionId).effect === 'write'
      if (record.started && position === record.position && writes)
        return fail(record, outcomeUnknown(action))
      await store.incomingDeliveries.progress(id, {
        position,
        started: true,
        attempts,
        nextAt: later(claimMs),
      })
      try {
        const { data } = await runOne(record, action)
        await store.transaction(async (repositories) => {
          await addProviderEvent(repositories, vault, { account, delivery: id, action, data }, clock())
          await repositories.incomingDeliveries.progress(id, { position: position + 1, started: false })
        })
      } catch (thrown) {
        const error = thrown instanceof MainspringError ? thrown : unexpected()
        const mayRepeat = error.retryable && !(writes && wroteBefore(error))
        if (!mayRepeat || attempts >= maxAttempts) return fail(record, error)
        const wait = Math.max(error.retryAfterMs ?? 0, nextDelayMs(attempts, random()))
        return store.incomingDeliveries.progress(id, {
          started: false,
          nextAt: later(wait),
          error: { code: error.code, message: error.message },
        })
      }
    }
    return store.incomingDeliveries.progress(id, {
      status: 'done',
      finishedAt: clock().toISOString(),
      error: null,
    })
  }

  /** What cannot even be begun, such as one of an account that was switched off, fails with its reason. */
  const handleSafely = async (record: IncomingDeliveryRecord) => {
    try {
      await handle(record)
    } catch (error) {
      await fail(record, error instanceof MainspringError ? error : unexpected())
    }
  }

  const work = async () => {
    const due = await store.incomingDeliveries.claimDue(clock().toISOString(), later(claimMs), batch)
    const bySubscription = Map.groupBy(due, ({ subscriptionId }) => subscriptionId)
    await Promise.all(
      [...bySubscription.values()].map(async (records) => {
        for (const record of records) await handleSafely(record)
      }),
    )
    return due.length
  }

  const handleDue = () => {
    underWay ??= work().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  const prune = async () => {
    const now = clock().getTime()
    if (now - prunedAt < pruneEveryMs) return
    prunedAt = now
    const before = new Date(now - keptForMs).toISOString()
    for (const { id: projectId } of await store.projects.list())
      await store.transaction(async (repositories) => {
        for (const subjectId of await repositories.incomingDeliveries.prune(projectId, before))
          await repositories.vault.delete({ projectId, kind: 'delivery', subjectId })
      })
  }

  return {
    handleDue,
    start() {
      timer ??= setInterval(() => {
        // What fails here is tried again a second later.
        handleDue()
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

function outcomeUnknown({ actionId }: RoutedAction): MainspringError {
  return new WriteOutcomeUnknownError({
    message: `The hub ended while "${actionId}" ran; whether it has written is not known.`,
    hint: 'Look at the provider, then have the delivery repeated if nothing was written.',
  })
}

function unexpected(): InternalError {
  return new InternalError({ message: 'The delivery met an unexpected failure.' })
}
