import { createHash } from 'node:crypto'
import type { CredentialState } from './credential-state.ts'

const longestMarginMs = 5 * 60_000
const usualMarginMs = 60_000

/** Milliseconds since the epoch at which the token ends; undefined where nobody knows. */
export function endOf({ expiresAt }: CredentialState): number | undefined {
  const end = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt)
  return Number.isNaN(end) ? undefined : end
}

/**
 * When a token is to be renewed: a tenth of its life before its end, five minutes at most, and up to as much again, so
 * that accounts linked together do not renew together. The same for every run and process, for one token.
 *
 * @param key - names the account
 * @returns milliseconds since the epoch; undefined where the end is not known
 */
export function renewalTime(state: CredentialState, key: string): number | undefined {
  const end = endOf(state)
  if (end === undefined) return undefined
  const issued = state.issuedAt === undefined ? Number.NaN : Date.parse(state.issuedAt)
  const marginMs = Number.isNaN(issued) ? usualMarginMs : Math.min((end - issued) / 10, longestMarginMs)
  return end - marginMs - Math.floor(spread(`${key} ${state.expiresAt}`) * marginMs)
}

/** In [0, 1), the same for the same text. */
function spread(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
}
