import type { CredentialState } from '../../engine/index.ts'
import type { RoutedAction } from '../../plan/index.ts'
import type { ArrivedTokens, PendingLink } from '../connect/pending-link.ts'

/** Write-ahead: a rotated token is nowhere else. */
export interface RecordedRenewal {
  readonly next: CredentialState
  /** Version of the account's record that it replaces. */
  readonly replaces: number
  /** The refresh token that was spent for it. */
  readonly spent?: string
}

/** What is kept for each kind of subject. */
export interface VaultValues {
  /** The credentials of an account, tokens included. */
  readonly account: CredentialState
  /** What a renewal was answered with, until it stands in the account's own record. */
  readonly renewal: RecordedRenewal
  /** An authorization at a provider that was begun. */
  readonly attempt: PendingLink
  /** The tokens of an authorization, until they stand in an account. */
  readonly arrival: ArrivedTokens
  /** What the operator has registered at the provider: client id, client secret. */
  readonly integration: Readonly<Record<string, string>>
  /** What a request under an `Idempotency-Key` was answered. */
  readonly answer: { readonly status: number; readonly body: unknown }
  /** What a call that waits to be confirmed would send, for the operator to see. */
  readonly confirmation: {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly requests: readonly string[]
  }
  /** What the events of a webhook are signed with. */
  readonly webhook: { readonly secret: string }
  /** What deliveries of a subscription are signed with, and what the provider calls it. */
  readonly subscription: {
    readonly secret?: string
    readonly data: Readonly<Record<string, unknown>>
  }
  /** The inputs of the actions that a delivery leads to. */
  readonly delivery: { readonly actions: readonly RoutedAction[] }
  /** What an action that handled an event gave. */
  readonly event: { readonly data: unknown }
}
