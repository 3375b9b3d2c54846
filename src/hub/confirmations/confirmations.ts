import { type Confirmation, PolicyError } from '../../errors/index.ts'
import { type ConfirmedCall, callFingerprint } from '../../plan/index.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import { type Caller, callerName } from '../runs/caller.ts'
import type { ConfirmationRecord, Repositories, Store } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'
import type { Vault } from '../vault/vault.ts'

/** A call that waits for an operator, with all that he has to see before he agrees. */
export interface PendingConfirmation {
  readonly id: string
  readonly caller: string
  readonly accountId: string
  readonly action: string
  readonly inputs: Readonly<Record<string, unknown>>
  /** `DELETE https://…`. */
  readonly requests: readonly string[]
  readonly createdAt: string
  readonly expiresAt: string
}

/** Tokens that stand for one call each: short-lived, good once, stored as hashes. */
export interface ConfirmationService {
  /** Makes the token for a call. What the caller asked for the same call before is void. */
  ask(
    caller: Caller,
    call: ConfirmedCall,
    by: Confirmation['by'],
    requests: readonly string[],
  ): Promise<Confirmation>
  /** Uses a token up. @throws {PolicyError} `policy/confirmation-invalid` */
  use(caller: Caller, call: ConfirmedCall, token: string): Promise<void>
  /** Those that wait for an operator, oldest first. */
  pending(projectId: string): Promise<readonly PendingConfirmation[]>
  /** @throws {HubError} `hub/confirmation-unknown` */
  approve(projectId: string, id: string, actor: Actor): Promise<void>
  /** @throws {HubError} `hub/confirmation-unknown` */
  decline(projectId: string, id: string, actor: Actor): Promise<void>
}

/** Time to look and to call again. */
const callerLifeMs = 10 * 60_000
/** An operator has to be found first. */
const operatorLifeMs = 60 * 60_000
/** Calls of one caller that may wait at a time: a program in a loop must not fill the table. */
const maxOfCaller = 200
const maxShown = 200

export function createConfirmations(store: Store, vault: Vault, clock: () => Date): ConfirmationService {
  const forget = async (repositories: Repositories, records: readonly ConfirmationRecord[]) => {
    for (const { projectId, id } of records)
      await repositories.vault.delete({ projectId, kind: 'confirmation', subjectId: id })
  }
  const audit = (
    repositories: Repositories,
    { projectId, id, action, accountId }: ConfirmationRecord,
    actor: string,
    what: 'asked' | 'approved' | 'declined' | 'used',
  ) =>
    repositories.audit.append(projectId, {
      at: clock().toISOString(),
      actor,
      action: `confirmation.${what}`,
      subject: `confirmation:${id}`,
      detail: { action, account: accountId },
    })

  return {
    async ask(caller, call, by, requests) {
      const now = clock()
      const createdAt = now.toISOString()
      const token = createToken('cfm')
      const record: ConfirmationRecord = {
        id: createId('cfm'),
        projectId: caller.projectId,
        hash: hashToken(token),
        fingerprint: callFingerprint(call),
        caller: callerName(caller),
        accountId: call.account,
        action: call.action,
        createdAt,
        expiresAt: new Date(now.getTime() + (by === 'caller' ? callerLifeMs : operatorLifeMs)).toISOString(),
        approvedAt: by === 'caller' ? createdAt : null,
        approvedBy: by === 'caller' ? callerName(caller) : null,
      }
      await store.transaction(async (repositories) => {
        const { confirmations } = repositories
        await forget(repositories, await confirmations.removeExpired(createdAt))
        await forget(repositories, await confirmations.removeSame(record))
        if ((await confirmations.count(record.projectId, record.caller)) >= maxOfCaller)
          throw new HubError('hub/rate-limited', {
            message: `${maxOfCaller} calls of this caller wait to be confirmed already.`,
            hint: 'Use or drop some of them; each is void after a while.',
          })
        await confirmations.add(record)
        if (by === 'operator')
          await vault.write(
            repositories,
            { projectId: record.projectId, kind: 'confirmation', subjectId: record.id },
            { inputs: call.inputs, requests },
          )
        await audit(repositories, record, record.caller, 'asked')
      })
      return { token, expiresAt: record.expiresAt, by, requests }
    },

    async use(caller, call, token) {
      const { projectId } = caller
      const name = callerName(caller)
      const now = clock().toISOString()
      const hash = hashToken(token)
      const known = await store.confirmations.findByHash(projectId, hash)
      if (known === undefined || known.expiresAt <= now)
        refuse(call, 'The confirmation is unknown, was used, or is too old.')
      if (known.caller !== name) refuse(call, 'The confirmation was given to another caller.')
      if (known.fingerprint !== callFingerprint(call))
        refuse(call, 'The confirmation stands for another call: account, action or inputs differ.')
      if (known.approvedAt === null)
        refuse(
          call,
          'An operator has not agreed to this call yet.',
          'Ask an operator to approve it on the confirmations page of the hub; then make the same call again with the same token.',
        )
      const used = await store.transaction(async (repositories) => {
        const record = await repositories.confirmations.use(projectId, hash, now)
        if (record === undefined) return false
        await forget(repositories, [record])
        await audit(repositories, record, name, 'used')
        return true
      })
      if (!used) refuse(call, 'The confirmation was used already.')
    },

    async pending(projectId) {
      const records = await store.confirmations.pending(projectId, clock().toISOString(), maxShown)
      return Promise.all(
        records.map(async ({ id, caller, accountId, action, createdAt, expiresAt }) => {
          const subject = { projectId, kind: 'confirmation', subjectId: id } as const
          const { inputs = {}, requests = [] } = (await vault.read(store, subject))?.value ?? {}
          return { id, caller, accountId, action, inputs, requests, createdAt, expiresAt }
        }),
      )
    },

    async approve(projectId, id, actor) {
      const by = actorText(actor)
      await store.transaction(async (repositories) => {
        const record = await repositories.confirmations.approve(projectId, id, {
          at: clock().toISOString(),
          by,
        })
        if (record === undefined) unknown(id)
        await audit(repositories, record, by, 'approved')
      })
    },

    async decline(projectId, id, actor) {
      await store.transaction(async (repositories) => {
        const record = await repositories.confirmations.remove(projectId, id)
        if (record === undefined) unknown(id)
        await forget(repositories, [record])
        await audit(repositories, record, actorText(actor), 'declined')
      })
    },
  }
}

function refuse({ action }: ConfirmedCall, message: string, hint?: string): never {
  throw new PolicyError('policy/confirmation-invalid', { message, hint, action })
}

function unknown(id: string): never {
  throw new HubError('hub/confirmation-unknown', { message: `No call ${id} waits to be confirmed.` })
}
