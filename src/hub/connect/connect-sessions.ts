import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { AccountType, ConnectSessionRecord, Store } from '../store/index.ts'
import { createToken, hashToken } from '../token.ts'

/** For whom an account may be linked, and how. */
export interface ConnectWish {
  readonly originOwnerId: string
  readonly originOwnerName: string
  readonly originUsername?: string | null
  /** Opens at its form. */
  readonly provider?: string | null
  readonly categories?: readonly string[]
  /** The account to edit. */
  readonly accountId?: string | null
  /** Seconds that the token for embedding is good for; 1800 by default. The auth link is good for five days. */
  readonly expiresInSeconds?: number
  readonly multiple?: boolean
  readonly label?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly type?: AccountType | null
}

/** The tokens are in this answer and nowhere else. */
export interface NewConnectSession {
  readonly session: ConnectSessionRecord
  /** For a page that embeds the form. */
  readonly token: string
  /** For the auth link. */
  readonly linkToken: string
}

export interface ConnectSessionService {
  /** @throws {HubError} `hub/account-unknown`: the account to edit */
  create(projectId: string, wish: ConnectWish, actor: Actor): Promise<NewConnectSession>
  /** By the token of an embedding page. @throws {HubError} `hub/session-expired` */
  findByToken(token: string): Promise<ConnectSessionRecord>
  /** By the token of an auth link. @throws {HubError} `hub/session-expired` */
  findByLink(linkToken: string): Promise<ConnectSessionRecord>
}

const defaultLifeSeconds = 1800
const linkLifeMs = 5 * 24 * 60 * 60_000

export function createConnectSessions(store: Store, clock: () => Date): ConnectSessionService {
  const findValid = async (which: 'token' | 'link', token: string) => {
    const session = await store.connectSessions.findByHash(`${which}Hash`, hashToken(token))
    const expiresAt = session?.[which === 'token' ? 'tokenExpiresAt' : 'linkExpiresAt']
    if (session === undefined || expiresAt === undefined || expiresAt <= clock().toISOString())
      throw new HubError('hub/session-expired', {
        message: session === undefined ? 'This link is not known.' : 'This link is no longer valid.',
      })
    return session
  }
  return {
    async create(projectId, wish, actor) {
      const now = clock()
      const token = createToken('cs')
      const linkToken = createToken('link')
      const after = (ms: number) => new Date(now.getTime() + ms).toISOString()
      const session = await store.transaction(async (repositories) => {
        const accountId = wish.accountId ?? null
        if (accountId !== null && (await repositories.accounts.get(projectId, accountId)) === undefined)
          throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
        const added = await repositories.connectSessions.add({
          projectId,
          tokenHash: hashToken(token),
          linkHash: hashToken(linkToken),
          originOwnerId: wish.originOwnerId,
          originOwnerName: wish.originOwnerName,
          originUsername: wish.originUsername ?? null,
          provider: wish.provider ?? null,
          categories: wish.categories ?? [],
          accountId,
          multiple: wish.multiple ?? false,
          label: wish.label ?? null,
          metadata: wish.metadata ?? {},
          type: wish.type ?? null,
          createdAt: now.toISOString(),
          tokenExpiresAt: after((wish.expiresInSeconds ?? defaultLifeSeconds) * 1000),
          linkExpiresAt: after(linkLifeMs),
        })
        await repositories.audit.append(projectId, {
          at: now.toISOString(),
          actor: actorText(actor),
          action: 'connect-session.created',
          subject: `connect:${added.id}`,
          detail: { originOwnerId: wish.originOwnerId, provider: wish.provider ?? null },
        })
        return added
      })
      return { session, token, linkToken }
    },
    findByToken: (token) => findValid('token', token),
    findByLink: (linkToken) => findValid('link', linkToken),
  }
}
