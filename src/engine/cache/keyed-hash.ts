import { createHmac, randomBytes } from 'node:crypto'

// Of this process only, so that no key says anything about the credentials in it.
const keySecret = randomBytes(32)

/** Equal for equal values, within this process. */
export function keyedHash(parts: readonly unknown[]): string {
  return createHmac('sha256', keySecret).update(JSON.stringify(parts)).digest('base64url')
}
