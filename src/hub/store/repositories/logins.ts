import type { Kysely } from 'kysely'
import type { LoginLinkTable, LoginSessionTable, Tables } from '../tables.ts'

export type LoginLinkRecord = Readonly<LoginLinkTable>
export type LoginSessionRecord = Readonly<LoginSessionTable>

export function loginRepository(query: Kysely<Tables>) {
  return {
    async addLink(record: LoginLinkRecord): Promise<void> {
      await query.insertInto('loginLink').values(record).execute()
    },

    /** Uses a link up. @returns undefined where it is unknown, used or too old */
    async useLink(hash: string, now: string): Promise<LoginLinkRecord | undefined> {
      return query
        .updateTable('loginLink')
        .set({ usedAt: now })
        .where('hash', '=', hash)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .returningAll()
        .executeTakeFirst()
    },

    async addSession(record: LoginSessionRecord): Promise<void> {
      await query.insertInto('loginSession').values(record).execute()
    },

    async findSession(hash: string, now: string): Promise<LoginSessionRecord | undefined> {
      return query
        .selectFrom('loginSession')
        .selectAll()
        .where('hash', '=', hash)
        .where('expiresAt', '>', now)
        .executeTakeFirst()
    },

    async endSession(hash: string): Promise<void> {
      await query.deleteFrom('loginSession').where('hash', '=', hash).execute()
    },

    async removeExpired(now: string): Promise<void> {
      await query.deleteFrom('loginLink').where('expiresAt', '<=', now).execute()
      await query.deleteFrom('loginSession').where('expiresAt', '<=', now).execute()
    },
  }
}
