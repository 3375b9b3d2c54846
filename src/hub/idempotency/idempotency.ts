import { createHash } from 'node:crypto'
import { writeExactJson } from '../../http/index.ts'
import { HubError } from '../hub-error.ts'
import { type Caller, callerName } from '../runs/caller.ts'
import type { IdempotencyRecord, Store } from '../store/index.ts'
import { createId } from '../token.ts'
import type { Vault } from '../vault/vault.ts'

/** What a request was answered. */
export interface KeptAnswer {
  readonly status: number
  readonly body: unknown
}

/** An answer, and whether a repetition has to be answered the same; a refusal that changed nothing may be tried anew. */
export interface FreshAnswer extends KeptAnswer {
  readonly keep: boolean
}

/** Answers a request that is repeated under the same key as its first time, without doing it again. */
export interface IdempotencyService {
  /**
   * @param work - must not throw; its answer is kept, sealed, for a day
   * @throws {HubError} `hub/idempotency-conflict`, `hub/idempotency-in-flight`, `hub/idempotency-outcome-unknown`
   */
  once(
    caller: Caller,
    request: { readonly key: string; readonly content: unknown },
    work: () => Promise<FreshAnswer>,
  ): Promise<KeptAnswer & { readonly replayed: boolean }>
}

const keptForMs = 86_400_000
/** No run takes so long: one that never ended by then was cut off. */
const longestRunMs = 600_000
const pruneEvery = 500

export function createIdempotency(store: Store, vault: Vault, clock: () => Date): IdempotencyService {
  const running = new Set<string>()
  let untilPruned = 0

  const prune = async () => {
    untilPruned = pruneEvery
    const before = new Date(clock().getTime() - keptForMs).toISOString()
    await store.transaction(async (repositories) => {
      for (const { projectId, answerId } of await repositories.idempotency.prune(before))
        await repositories.vault.delete({ projectId, kind: 'answer', subjectId: answerId })
    })
  }

  const answerOf = async (record: IdempotencyRecord, fingerprint: string) => {
    if (record.fingerprint !== fingerprint)
      throw new HubError('hub/idempotency-conflict', {
        message: 'This Idempotency-Key was used for another request.',
      })
    if (record.finishedAt === null) {
      const ageMs = clock().getTime() - Date.parse(record.createdAt)
      // One process works on a SQLite file: what does not run here runs nowhere.
      const cutOff = store.kind === 'sqlite' ? !running.has(record.answerId) : ageMs > longestRunMs
      throw cutOff
        ? new HubError('hub/idempotency-outcome-unknown', {
            message: 'The first request under this Idempotency-Key never ended; it may have written.',
          })
        : new HubError('hub/idempotency-in-flight', {
            message: 'The first request under this Idempotency-Key is still under way.',
          })
    }
    const subject = { projectId: record.projectId, kind: 'answer', subjectId: record.answerId } as const
    return (await vault.read(store, subject))?.value
  }

  return {
    async once(caller, { key, content }, work) {
      untilPruned -= 1
      if (untilPruned < 0) await prune()
      const fingerprint = createHash('sha256').update(writeExactJson(content)).digest('hex')
      const record: IdempotencyRecord = {
        projectId: caller.projectId,
        caller: callerName(caller),
        idempotencyKey: key,
        fingerprint,
        answerId: createId('ans'),
        createdAt: clock().toISOString(),
        finishedAt: null,
      }
      running.add(record.answerId)
      try {
        if (!(await store.idempotency.begin(record))) {
          const earlier = await store.idempotency.get(record)
          const kept = earlier && (await answerOf(earlier, fingerprint))
          if (kept !== undefined) return { ...kept, replayed: true }
          throw new HubError('hub/idempotency-in-flight', {
            message: 'The first request under this Idempotency-Key has only just ended.',
          })
        }
        const { keep, ...answer } = await work()
        // The call is done and its caller has to be told. Where the answer cannot be kept, as on a full disk, the record
        // stays as begun: a repetition is refused as of unknown outcome, and never done again.
        await store
          .transaction(async (repositories) => {
            if (!keep) return repositories.idempotency.release(record)
            const subject = {
              projectId: caller.projectId,
              kind: 'answer',
              subjectId: record.answerId,
            } as const
            await vault.write(repositories, subject, answer)
            return repositories.idempotency.finish(record, clock().toISOString())
          })
          .catch(() => undefined)
        return { ...answer, replayed: false }
      } finally {
        running.delete(record.answerId)
      }
    },
  }
}
