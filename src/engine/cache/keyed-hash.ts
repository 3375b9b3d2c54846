import { hash, randomBytes } from 'node:crypto'

// Of this process only, so that no key says anything about the credentials in it.
const keySecret = randomBytes(32).toString('base64url')

/** Equal for equal values, within this process. */
export function keyedHash(parts: readonly unknown[]): string {
  // In one call: an HMAC costs twenty times as much, and guards against forgery, which nobody gains from here.
  return hash('sha256', `${keySecret}${JSON.stringify(parts)}`, 'base64url')
}
