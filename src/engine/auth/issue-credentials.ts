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
  const seconds = tokens.expiresInSeconds ?? authentication.oauth?.tokenExpiresIn(context)
  return {
    credentials: {
      ...known,
      ...tokens.additional,
      accessToken: tokens.accessToken,
      ...(tokens.refreshToken === undefined ? {} : { refreshToken: tokens.refreshToken }),
      ...(tokens.idToken === undefined ? {} : { idToken: tokens.idToken }),
    },
    issuedAt: new Date(startedAtMs).toISOString(),
    ...(seconds === undefined ? {} : { expiresAt: new Date(startedAtMs + seconds * 1000).toISOString() }),
  }
}
