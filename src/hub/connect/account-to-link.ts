import { identityKey } from '../accounts/identity-key.ts'
import type { Integration } from '../integrations/integration.ts'
import type { Repositories } from '../store/index.ts'
import { createId } from '../token.ts'
import type { LinkGrant } from './link-grant.ts'

/**
 * The account that a link will be of, known before its first request: what linking sends counts for the budgets of the
 * account that runs then go on with.
 */
export async function accountToLink(
  { accounts }: Pick<Repositories, 'accounts'>,
  { projectId, accountId, owner, multiple }: LinkGrant,
  { connector }: Integration,
): Promise<string> {
  if (accountId != null) return accountId
  if (multiple === true) return createId('acc')
  const identified = identityKey({
    provider: connector.key,
    originOwnerId: owner.id,
    originOwnerName: owner.name,
  })
  return (await accounts.findByIdentity(projectId, identified))?.id ?? createId('acc')
}
