import { createHash, createHmac, randomBytes } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Unguessable (256 bits), and safe in a URL. */
export function createToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/** An id that nobody guesses (120 bits): `acc_` and 24 letters and digits. */
export function createId(prefix: string): string {
  const letters = Array.from(randomBytes(24), (byte) => alphabet[byte & 31])
  return `${prefix}_${letters.join('')}`
}

/** What is stored of a token. Tokens have full entropy, so that a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A second token that only the holder of the first can have been given. */
export function deriveToken(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url')
}
