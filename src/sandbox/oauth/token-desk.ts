import { createHash } from 'node:crypto'

export interface TokenDeskSettings {
  /** Begins every token, so that a person sees whose it is. */
  readonly prefix: string
  readonly clientId: string
  readonly clientSecret: string
  readonly accessSeconds: number
  /** Whether a refresh token is worthless once it was used. */
  readonly rotates: boolean
  readonly clock: () => Date
}

/** Why a token request is refused, in the words of RFC 6749 §5.2. */
export type TokenRefusal = 'invalid_client' | 'invalid_grant' | 'invalid_request' | 'unsupported_grant_type'

export interface IssuedTokens {
  readonly accessToken: string
  /** Undefined where none was asked for, or the one used stays good. */
  readonly refreshToken: string | undefined
  readonly expiresIn: number
  readonly scope: string
}

interface Grant {
  readonly scope: string
  readonly offline: boolean
  /** The same for all tokens that follow from one consent; a new one where it is left out. */
  readonly id?: number
}

interface Code extends Grant {
  readonly redirectUri: string
  readonly challenge: string | null
}

/** The tokens of an authorization server: codes are good once, access tokens end, refresh tokens may rotate. */
export class TokenDesk {
  readonly settings: TokenDeskSettings
  readonly #codes = new Map<string, Code>()
  readonly #access = new Map<
    string,
    { readonly scope: string; readonly endsAt: number; readonly id: number }
  >()
  readonly #refresh = new Map<string, Grant>()
  #count = 0
  #grants = 0

  constructor(settings: TokenDeskSettings) {
    this.settings = settings
  }

  /** Every token that is known, so that none is written into a log. */
  known(): readonly string[] {
    return [
      ...this.#access.keys(),
      ...this.#refresh.keys(),
      ...this.#codes.keys(),
      this.settings.clientSecret,
    ]
  }

  reset(): void {
    this.#codes.clear()
    this.#access.clear()
    this.#refresh.clear()
    this.#count = 0
  }

  createCode(code: Code): string {
    const name = this.#name('code')
    this.#codes.set(name, code)
    return name
  }

  /** Answers a token request. `form` is what was sent, the client's proof included, wherever it stood. */
  answer(form: URLSearchParams): IssuedTokens | TokenRefusal {
    const { clientId, clientSecret } = this.settings
    const proof = form.get('code_verifier')
    const secret = form.get('client_secret')
    const type = form.get('grant_type')
    if (form.get('client_id') !== clientId) return 'invalid_client'
    // A public client proves itself by PKCE in place of a secret.
    if (secret === null ? type === 'authorization_code' && proof === null : secret !== clientSecret)
      return 'invalid_client'
    if (type === 'authorization_code') return this.#exchange(form, proof)
    if (type === 'refresh_token') return this.#renew(form.get('refresh_token') ?? '')
    return type === null ? 'invalid_request' : 'unsupported_grant_type'
  }

  /** The scope of a token; or why it is worth nothing. */
  check(token: string): { readonly scope: string } | 'unknown' | 'expired' {
    const found = this.#access.get(token)
    if (found === undefined) return 'unknown'
    return found.endsAt <= this.settings.clock().getTime() ? 'expired' : found
  }

  issue({ scope, offline, id = ++this.#grants }: Grant): IssuedTokens {
    const accessToken = this.#name('access')
    const { accessSeconds, clock } = this.settings
    this.#access.set(accessToken, { scope, endsAt: clock().getTime() + accessSeconds * 1000, id })
    const refreshToken = offline ? this.#name('refresh') : undefined
    if (refreshToken !== undefined) this.#refresh.set(refreshToken, { scope, offline, id })
    return { accessToken, refreshToken, expiresIn: accessSeconds, scope }
  }

  /** Every access token ends now; refresh tokens stay. */
  expireAll(): void {
    for (const [token, access] of this.#access) this.#access.set(token, { ...access, endsAt: 0 })
  }

  /** As if the person had withdrawn the access: every token is worthless. */
  revokeAll(): void {
    this.#access.clear()
    this.#refresh.clear()
  }

  /** Takes back a token and all that follow from the same consent. @returns false for one that is not known */
  takeBack(token: string): boolean {
    const id = (this.#refresh.get(token) ?? this.#access.get(token))?.id
    if (id === undefined) return false
    for (const tokens of [this.#access, this.#refresh])
      for (const [name, grant] of tokens) if (grant.id === id) tokens.delete(name)
    return true
  }

  revoke(accessToken: string): void {
    this.#access.delete(accessToken)
  }

  #exchange(form: URLSearchParams, proof: string | null): IssuedTokens | TokenRefusal {
    const name = form.get('code') ?? ''
    const code = this.#codes.get(name)
    this.#codes.delete(name)
    if (code === undefined || code.redirectUri !== form.get('redirect_uri')) return 'invalid_grant'
    const challenge = proof === null ? null : createHash('sha256').update(proof).digest('base64url')
    if (code.challenge !== challenge) return 'invalid_grant'
    return this.issue(code)
  }

  #renew(token: string): IssuedTokens | TokenRefusal {
    const grant = this.#refresh.get(token)
    if (grant === undefined) return 'invalid_grant'
    if (!this.settings.rotates) return this.issue({ ...grant, offline: false })
    this.#refresh.delete(token)
    return this.issue(grant)
  }

  #name(kind: string): string {
    this.#count += 1
    return `${this.settings.prefix}-${kind}-${String(this.#count).padStart(4, '0')}`
  }
}
