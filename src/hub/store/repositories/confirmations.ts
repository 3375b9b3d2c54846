import type { Kysely } from 'kysely'
import type { ConfirmationTable, Tables } from '../tables.ts'

/** A call that was not run and may be made again with a token. The token itself is stored nowhere. */
export type ConfirmationRecord = Readonly<ConfirmationTable>

type Place = Pick<ConfirmationRecord, 'projectId' | 'caller' | 'fingerprint'>

export function confirmationRepository(query: Kysely<Tables>) {
  const ofProject = (projectId: string) =>
    query.selectFrom('confirmation').selectAll().where('projectId', '=', projectId)
  return {
    async add(record: ConfirmationRecord): Promise<void> {
      await query.insertInto('confirmation').values(record).execute()
    },

    /** Of whatever call: who has the token may at least be told why it does not fit. */
    async findByHash(projectId: string, hash: string): Promise<ConfirmationRecord | undefined> {
      return ofProject(projectId).where('hash', '=', hash).executeTakeFirst()
    },

    /** Takes the confirmation out: of two that use one token, one gets it. */
    async use(projectId: string, hash: string, now: string): Promise<ConfirmationRecord | undefined> {
      return query
        .deleteFrom('confirmation')
        .where('projectId', '=', projectId)
        .where('hash', '=', hash)
        .where('expiresAt', '>', now)
        .where('approvedAt', 'is not', null)
        .returningAll()
        .executeTakeFirst()
    },

    /** Those that wait for an operator, oldest first. */
    async pending(projectId: string, now: string, limit: number): Promise<ConfirmationRecord[]> {
      return ofProject(projectId)
        .where('approvedAt', 'is', null)
        .where('expiresAt', '>', now)
        .orderBy('createdAt')
        .orderBy('id')
        .limit(limit)
        .execute()
    },

    /** @returns undefined where it is unknown, too old, or was approved already */
    async approve(
      projectId: string,
      id: string,
      { at, by }: { readonly at: string; readonly by: string },
    ): Promise<ConfirmationRecord | undefined> {
      return query
        .updateTable('confirmation')
        .set({ approvedAt: at, approvedBy: by })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .where('approvedAt', 'is', null)
        .where('expiresAt', '>', at)
        .returningAll()
        .executeTakeFirst()
    },

    async remove(projectId: string, id: string): Promise<ConfirmationRecord | undefined> {
      return query
        .deleteFrom('confirmation')
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
    },

    /** What the same caller asked for the same call before. @returns what was taken out */
    async removeSame({ projectId, caller, fingerprint }: Place): Promise<ConfirmationRecord[]> {
      return query
        .deleteFrom('confirmation')
        .where('projectId', '=', projectId)
        .where('caller', '=', caller)
        .where('fingerprint', '=', fingerprint)
        .returningAll()
        .execute()
    },

    /** @returns what was taken out: what is sealed of it has to go too */
    async removeExpired(now: string): Promise<ConfirmationRecord[]> {
      return query.deleteFrom('confirmation').where('expiresAt', '<=', now).returningAll().execute()
    },

    async count(projectId: string, caller: string): Promise<number> {
      const { number } = await query
        .selectFrom('confirmation')
        .select(({ fn }) => fn.countAll<number>().as('number'))
        .where('projectId', '=', projectId)
        .where('caller', '=', caller)
        .executeTakeFirstOrThrow()
      return Number(number)
    },
  }
}
