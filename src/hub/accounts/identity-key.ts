import { createHash } from 'node:crypto'

/** Owner and provider together name one account: linking again brings it up to date. */
export function identityKey(account: {
  readonly provider: string
  readonly originOwnerId: string
  readonly originOwnerName: string
}): string {
  const parts = [account.provider, account.originOwnerId, account.originOwnerName]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
