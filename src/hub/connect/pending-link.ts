import type { PendingAuthorization } from '../../engine/index.ts'
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
