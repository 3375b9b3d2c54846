import type { Transport } from '../../../src/index.ts'

type Request = Parameters<Transport['send']>[0]
type Answer = { readonly status: number; readonly body: unknown }

/** A provider whose refresh tokens work once. It counts, and knows what nobody else does. */
export class RotatingProvider {
  readonly lifeMs: number
  readonly #now: () => number
  readonly #strict: boolean
  /** Of the only tokens that are worth anything. */
  generation = 1
  endsAtMs: number
  /** Refused before its end: a person has changed their password, say. */
  revoked = false
  /** A spent token was seen, and the provider is one that takes back everything then. */
  familyRevoked = false
  rotations = 0
  /** Token calls that are answered with 503 before any other. */
  unavailable = 0

  /** @param strict - a spent refresh token ends the whole grant, as the security profile of OAuth wants it */
  constructor(now: () => number, lifeMs: number, strict: boolean) {
    this.#now = now
    this.#strict = strict
    this.lifeMs = lifeMs
    this.endsAtMs = now() + lifeMs
  }

  get credentials() {
    return { accessToken: `access-${this.generation}`, refreshToken: `refresh-${this.generation}` }
  }

  answerToken(request: Request): Answer {
    if (this.unavailable > 0) {
      this.unavailable -= 1
      return { status: 503, body: {} }
    }
    if (this.familyRevoked) return { status: 400, body: { error: 'invalid_grant' } }
    if (generationOf(request) !== this.generation) {
      this.familyRevoked = this.#strict
      return { status: 400, body: { error: 'invalid_grant' } }
    }
    this.generation += 1
    this.rotations += 1
    this.revoked = false
    this.endsAtMs = this.#now() + this.lifeMs
    return {
      status: 200,
      body: {
        access_token: `access-${this.generation}`,
        refresh_token: `refresh-${this.generation}`,
        token_type: 'bearer',
        expires_in: this.lifeMs / 1000,
      },
    }
  }

  answerCall(request: Request): Answer {
    const valid =
      accessGenerationOf(request) === this.generation &&
      !this.revoked &&
      !this.familyRevoked &&
      this.#now() < this.endsAtMs
    return valid
      ? { status: 200, body: { people: [{ id: '1' }] } }
      : { status: 401, body: { message: 'expired' } }
  }
}

/** Of the refresh token in a token request. */
export function generationOf(request: Request): number {
  return Number(
    new URLSearchParams(String(request.body)).get('refresh_token')?.replace('refresh-', '') ?? Number.NaN,
  )
}

/** Of the access token in a call. */
export function accessGenerationOf(request: Request): number {
  return Number(request.headers['authorization']?.replace('Bearer access-', ''))
}
