import type { Store } from '../store/index.ts'
import { createId, createToken, deriveToken, hashToken } from '../token.ts'

/** Who is signed in to the dashboard. */
export interface LoginSession {
  readonly id: string
  readonly projectId: string
  readonly expiresAt: string
  /** To be sent back with every form of this person. */
  readonly csrfToken: string
}

export interface LoginService {
  /** A token for one sign-in, good for an hour. */
  createLinkToken(projectId: string): Promise<string>
  /** Uses a link up. @returns the cookie's value and its end, or undefined where the link is unknown, used or too old */
  useLink(token: string): Promise<{ readonly cookie: string; readonly expiresAt: Date } | undefined>
  findSession(cookie: string): Promise<LoginSession | undefined>
  end(cookie: string): Promise<void>
}

const linkLifeMs = 60 * 60_000
const sessionLifeMs = 12 * 60 * 60_000

export function createLogin(store: Store, clock: () => Date): LoginService {
  return {
    async createLinkToken(projectId) {
      const now = clock()
      const token = createToken('login')
      const id = createId('link')
      await store.transaction(async (repositories) => {
        await repositories.logins.removeExpired(now.toISOString())
        await repositories.logins.addLink({
          id,
          projectId,
          hash: hashToken(token),
          createdAt: now.toISOString(),
          expiresAt: new Date(now.getTime() + linkLifeMs).toISOString(),
          usedAt: null,
        })
        await repositories.audit.append(projectId, {
          at: now.toISOString(),
          actor: 'system',
          action: 'login.link-made',
          subject: `login-link:${id}`,
          detail: {},
        })
      })
      return token
    },

    async useLink(token) {
      const now = clock()
      const cookie = createToken('session')
      const expiresAt = new Date(now.getTime() + sessionLifeMs)
      const used = await store.transaction(async (repositories) => {
        const link = await repositories.logins.useLink(hashToken(token), now.toISOString())
        if (link === undefined) return false
        const id = createId('login')
        await repositories.logins.addSession({
          id,
          projectId: link.projectId,
          hash: hashToken(cookie),
          createdAt: now.toISOString(),
          expiresAt: expiresAt.toISOString(),
        })
        await repositories.audit.append(link.projectId, {
          at: now.toISOString(),
          actor: `login:${id}`,
          action: 'login.started',
          subject: `login:${id}`,
          detail: { link: link.id },
        })
        return true
      })
      return used ? { cookie, expiresAt } : undefined
    },

    async findSession(cookie) {
      const row = await store.logins.findSession(hashToken(cookie), clock().toISOString())
      if (row === undefined) return undefined
      const { id, projectId, expiresAt } = row
      return { id, projectId, expiresAt, csrfToken: deriveToken(cookie, 'csrf') }
    },

    async end(cookie) {
      const session = await store.logins.findSession(hashToken(cookie), clock().toISOString())
      await store.transaction(async (repositories) => {
        await repositories.logins.endSession(hashToken(cookie))
        if (session === undefined) return
        await repositories.audit.append(session.projectId, {
          at: clock().toISOString(),
          actor: `login:${session.id}`,
          action: 'login.ended',
          subject: `login:${session.id}`,
          detail: {},
        })
      })
    },
  }
}
