import type { Actor } from '../audit/actor.ts'
import type { AccountType } from '../store/index.ts'

/** Who may link an account, for whom and how: decided on the server, never by the form. */
export interface LinkGrant {
  readonly projectId: string
  readonly actor: Actor
  readonly owner: { readonly id: string; readonly name: string; readonly username?: string | null }
  /** The account to edit: it keeps its id, and values not given keep what is stored. */
  readonly accountId?: string | null
  /** The owner may have several accounts of the provider. */
  readonly multiple?: boolean
  readonly label?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What the integration says by default: `test` for a sandbox. */
  readonly type?: AccountType | null
  /** With `nonce`, a form that is sent twice links once. */
  readonly connectSessionId?: number
}
