import { createHmac, hash, randomBytes, randomFillSync } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const idLetters = 24
/** Random bytes in store: to ask for a few costs as much as to ask for many. */
const pool = Buffer.alloc(idLetters * 128)
let unused = pool.length

/** Unguessable (256 bits), and safe in a URL. */
export function createToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/** An id that nobody guesses (120 bits): `acc_` and 24 letters and digits. */
export function createId(prefix: string): string {
  if (unused + idLetters > pool.length) {
    randomFillSync(pool)
    unused = 0
  }
  let id = `${prefix}_`
  for (let end = unused + idLetters; unused < end; unused += 1) id += alphabet[(pool[unused] ?? 0) & 31]
  return id
}

/** What is stored of a token. Tokens have full entropy, so that a plain hash is enough. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}

/** A second token that only the holder of the first can have been given. */
export function deriveToken(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url')
}
