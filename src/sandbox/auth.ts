import type { Firm, FirmCredentials } from './data/firm.ts'
import { Refusal } from './refusal.ts'

/** How the credentials of a request were judged. */
export type AuthVerdict =
  | 'accepted'
  | 'accepted-bearer'
  | 'no-service-key'
  | 'wrong-service-key'
  | 'no-token'
  | 'wrong-scheme'
  | 'wrong-token'
  | 'wrong-firm'
  | 'not-checked'

/** The two headers that count. */
export interface PresentedCredentials {
  readonly authorization: string | undefined
  readonly serviceKey: string | undefined
}

export interface Judgement {
  readonly verdict: AuthVerdict
  /** Set where the call may go on. */
  readonly firm?: Firm
  readonly refusal?: Refusal
}

/**
 * Judges as a gateway with an application behind it would (E): first whether any firm has the service key
 * (403), then whether the token is the one of the firm in the path (401), then whether both belong together.
 */
export function judge(
  firms: readonly Firm[],
  firmName: string,
  { authorization, serviceKey }: PresentedCredentials,
): Judgement {
  const keyOwner = firms.find(({ credentials }) => credentials.firmServiceKey === serviceKey)
  if (serviceKey === undefined) return { verdict: 'no-service-key', refusal: forbidden() }
  if (keyOwner === undefined) return { verdict: 'wrong-service-key', refusal: forbidden() }
  if (authorization === undefined) return { verdict: 'no-token', refusal: unauthorized() }
  const [, scheme = '', value = ''] = /^(token|bearer) +(\S+)$/i.exec(authorization) ?? []
  if (scheme === '') return { verdict: 'wrong-scheme', refusal: unauthorized() }
  const tokenOwner = firms.find(({ credentials }) => tokenOf(credentials) === value)
  if (tokenOwner === undefined) return { verdict: 'wrong-token', refusal: unauthorized() }
  if (tokenOwner.credentials.firmName !== firmName) return { verdict: 'wrong-firm', refusal: unauthorized() }
  if (keyOwner !== tokenOwner) return { verdict: 'wrong-service-key', refusal: forbidden() }
  const verdict = scheme.toLowerCase() === 'token' ? 'accepted' : 'accepted-bearer'
  return { verdict, firm: tokenOwner }
}

/** What follows the scheme: base64 of key and secret (A). */
export function tokenOf({ apiKey, apiSecret }: FirmCredentials): string {
  return Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')
}

const forbidden = (): Refusal => new Refusal(403, 'Forbidden')
const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized')
