import type { AuthFlow } from './auth-flow.ts'
import type { IssuedTokens } from './exchange-tokens.ts'
import type { IssuedCredentials } from './linking.ts'

/**
 * Lays new tokens over what is known of an account. A refresh token that is not replaced stays.
 *
 * @param startedAtMs - when the exchange began: the life of a token counts from there at the earliest
 */
export function issueCredentials(
  { authentication, context }: AuthFlow,
  known: Readonly<Record<string, unknown>>,
  tokens: IssuedTokens,
  startedAtMs: number,
): IssuedCredentials {
  const { oauth } = authentication
  const seconds = tokens.expiresInSeconds ?? oauth?.tokenExpiresIn(context)
  // The life of a refresh token that stays began earlier.
  const refreshSeconds =
    tokens.refreshToken === undefined
      ? undefined
      : (tokens.refreshExpiresInSeconds ?? oauth?.tokenRefreshExpiresIn(context))
  const after = (count: number) => new Date(startedAtMs + count * 1000).toISOString()
  return {
    credentials: {
      ...known,
      ...tokens.additional,
      accessToken: tokens.accessToken,
      ...(tokens.refreshToken === undefined ? {} : { refreshToken: tokens.refreshToken }),
      ...(tokens.idToken === undefined ? {} : { idToken: tokens.idToken }),
    },
    issuedAt: new Date(startedAtMs).toISOString(),
    ...(seconds === undefined ? {} : { expiresAt: after(seconds) }),
    ...(refreshSeconds === undefined ? {} : { refreshExpiresAt: after(refreshSeconds) }),
  }
}
