import type { CredentialState, PendingAuthorization } from '../../engine/index.ts'
import type { LinkGrant } from './link-grant.ts'

/** What is kept while a person is at the provider's own page. */
export interface PendingLink {
  readonly pending: PendingAuthorization
  readonly grant: LinkGrant
  readonly integrationId: string
  /** Where the browser goes when all is done. */
  readonly returnTo: string
  /** Of the token that the browser holds which has begun. */
  readonly browserHash: string
}

/**
 * What the provider gave for the code of a person, until it stands in an account. Write-ahead: the code is spent by then,
 * and the tokens are nowhere else.
 */
export interface ArrivedTokens {
  readonly state: CredentialState
  /** The account that they are for. */
  readonly accountId: string
}
