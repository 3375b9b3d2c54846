import { AuthError, MainspringError } from '../../errors/index.ts'
import { createRedactor } from '../../http/index.ts'
import type { AuthFlow } from './auth-flow.ts'
import { kindOfRefusal, TokenRefusal } from './token-refusal.ts'

/** What the exchange was for. */
export type ExchangePurpose = 'link' | 'refresh'

/** The failure of an exchange as callers see it: coded, redacted, with the provider's own words. */
export function toAuthError(thrown: unknown, flow: AuthFlow, purpose: ExchangePurpose): MainspringError {
  const redact = createRedactor(flow.secrets)
  if (thrown instanceof TokenRefusal) return refusalError(thrown, redact, purpose)
  if (thrown instanceof AuthError && thrown.code !== 'auth/exchange-failed') return thrown
  if (!(thrown instanceof MainspringError))
    return new AuthError(failed(purpose), { message: 'The exchange of tokens met an unexpected failure.' })
  if (thrown.code === 'call/aborted' || thrown.code.startsWith('policy/') || thrown.code.startsWith('input/'))
    return thrown
  const lost = thrown.code === 'write/outcome-unknown'
  return new AuthError(failed(purpose), {
    message: lost
      ? 'The answer of the token endpoint was lost, or came too late.'
      : `The exchange of tokens failed: ${redact(thrown.message)}`,
    retryable: purpose === 'refresh',
    status: thrown.status,
    providerMessage: thrown.providerMessage === undefined ? undefined : redact(thrown.providerMessage),
    retryAfterMs: thrown.retryAfterMs,
  })
}

function failed(purpose: ExchangePurpose): 'auth/refresh-failed' | 'auth/exchange-failed' {
  return purpose === 'refresh' ? 'auth/refresh-failed' : 'auth/exchange-failed'
}

function refusalError(
  refusal: TokenRefusal,
  redact: (text: string) => string,
  purpose: ExchangePurpose,
): AuthError {
  const { status, reason, description } = refusal
  const kind = kindOfRefusal(refusal)
  const words = [reason, description].filter((part) => part !== undefined).map(redact)
  const said = words.length === 0 ? '' : `: ${words.join(', ')}`
  const details = {
    message: `The token endpoint answered ${status}${said}.`,
    status,
    providerMessage: words.length === 0 ? undefined : words.join(': '),
  }
  if (kind === 'grant')
    return new AuthError(purpose === 'refresh' ? 'auth/reconnect-needed' : 'auth/expired', details)
  if (kind === 'passing') return new AuthError(failed(purpose), { ...details, retryable: true })
  return new AuthError('auth/exchange-failed', details)
}
