import type * as OAuth from 'oauth4webapi'
import { AuthError } from '../../errors/index.ts'
import { createRedactor, isRecord } from '../../http/index.ts'
import { secondsOf } from '../../plan/index.ts'
import type { AuthFlow } from './auth-flow.ts'
import { createOAuthFetch } from './oauth-fetch.ts'
import { readTokenAnswer } from './token-answer.ts'
import type { TokenClient } from './token-client.ts'

/** What is asked of a token endpoint. */
export type TokenGrant =
  | {
      readonly type: 'authorization_code'
      /** Checked by `validateAuthResponse`. */
      readonly callback: URLSearchParams
      readonly redirectUri: string
      readonly codeVerifier?: string | undefined
      readonly nonce?: string | undefined
    }
  | { readonly type: 'refresh_token'; readonly refreshToken: string }
  | { readonly type: 'client_credentials' }

/** What it gave. */
export interface IssuedTokens {
  readonly accessToken: string
  /** Absent where the one in use stays. */
  readonly refreshToken?: string
  readonly idToken?: string
  /** Granted scopes, where the provider names them. */
  readonly scope?: string
  readonly expiresInSeconds?: number
  /** Of the refresh token, where the provider says. */
  readonly refreshExpiresInSeconds?: number
  /** `additionalTokenFields` of the definition. */
  readonly additional: Readonly<Record<string, unknown>>
}

/**
 * Asks the token endpoint. Everything learnt counts as a secret of the flow from here on.
 *
 * @throws {TokenRefusal} the endpoint says no
 * @throws {MainspringError} of the transport, or `auth/exchange-failed` for an answer that cannot be used
 */
export async function exchangeTokens(
  flow: AuthFlow,
  oauth: typeof OAuth,
  client: TokenClient,
  grant: TokenGrant,
): Promise<IssuedTokens> {
  const { server, identity, authenticate, parameters, headers } = client
  let additional: Readonly<Record<string, unknown>> = {}
  let unread: string | undefined
  let refreshSeconds: number | undefined
  const shape = (status: number, text: string): unknown => {
    const answer = readTokenAnswer(status, text, createRedactor(flow.secrets))
    const reading = client.read?.(answer, flow.context)
    // No standard names it: Microsoft and GitHub have the first spelling, Keycloak the second.
    refreshSeconds = secondsOf(answer['refresh_token_expires_in'] ?? answer['refresh_expires_in'])
    additional = reading?.additional ?? {}
    const { body, idToken } = standardAnswer(answer, reading, client.issuer !== undefined)
    unread = idToken
    return body
  }
  const options: OAuth.TokenEndpointRequestOptions = {
    additionalParameters: parameters,
    headers,
    [oauth.allowInsecureRequests]: flow.locate(String(server.token_endpoint)).startsWith('http:'),
    [oauth.customFetch]: createOAuthFetch(flow, {
      step: 'token',
      bodyFormat: client.bodyFormat,
      publicOnly: client.publicOnly,
      declaredPort: client.declaredPort,
      shape,
    }),
  }
  const recognized = Object.fromEntries(client.acceptTokenTypes.map((type) => [type, () => undefined]))
  const reading = { recognizedTokenTypes: recognized }
  const tokens = await wordFailures(oauth, async () => {
    switch (grant.type) {
      case 'authorization_code': {
        const verifier = grant.codeVerifier ?? oauth.nopkce
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          identity,
          authenticate,
          grant.callback,
          grant.redirectUri,
          verifier,
          options,
        )
        return oauth.processAuthorizationCodeResponse(server, identity, response, {
          ...reading,
          ...(grant.nonce === undefined ? {} : { expectedNonce: grant.nonce }),
        })
      }
      case 'refresh_token':
        return oauth.processRefreshTokenResponse(
          server,
          identity,
          await oauth.refreshTokenGrantRequest(server, identity, authenticate, grant.refreshToken, options),
          reading,
        )
      case 'client_credentials':
        return oauth.processClientCredentialsResponse(
          server,
          identity,
          await oauth.clientCredentialsGrantRequest(server, identity, authenticate, parameters, options),
          reading,
        )
    }
  })
  const idToken = tokens.id_token ?? unread
  const learnt = [tokens.access_token, tokens.refresh_token, idToken].filter((token) => token !== undefined)
  flow.secrets.push(...learnt)
  return {
    accessToken: tokens.access_token,
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    ...(idToken === undefined ? {} : { idToken }),
    ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
    ...(tokens.expires_in === undefined ? {} : { expiresInSeconds: tokens.expires_in }),
    ...(refreshSeconds === undefined ? {} : { refreshExpiresInSeconds: refreshSeconds }),
    additional,
  }
}

/** The answer in the standard's own shape. Without an issuer to hold it against, an identity token is kept unread. */
function standardAnswer(
  answer: Readonly<Record<string, unknown>>,
  reading: { readonly accessToken: unknown; readonly refreshToken: unknown } | undefined,
  readsIdToken: boolean,
): { body: Record<string, unknown>; idToken: string | undefined } {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const idToken = text(answer['id_token'])
  const { scope } = answer
  const body = {
    access_token: text(reading?.accessToken) ?? text(answer['access_token']),
    refresh_token: text(reading?.refreshToken) ?? text(answer['refresh_token']),
    token_type: text(answer['token_type']) ?? 'bearer',
    expires_in: secondsOf(answer['expires_in']),
    scope: Array.isArray(scope) ? scope.join(' ') : text(scope),
    id_token: readsIdToken ? idToken : undefined,
  }
  return { body, idToken: readsIdToken ? undefined : idToken }
}

/** The library's errors carry the answer, tokens included: only their kind is told. */
async function wordFailures<Value>(oauth: typeof OAuth, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError)
      throw new AuthError('auth/exchange-failed', { message: sentenceOf(error) })
    throw error
  }
}

function sentenceOf(error: Error & { readonly code?: string | undefined; readonly cause?: unknown }): string {
  const cause = isRecord(error.cause) ? error.cause : {}
  const { claim } = cause
  if (typeof claim === 'string') return `The identity token of the provider has a wrong "${claim}".`
  if (/token_type/.test(error.message))
    return 'The token of the provider is of a type that is not known; `tokenResponse.acceptTokenTypes` can allow it.'
  if (/access_token/.test(error.message)) return 'The answer of the token endpoint holds no access token.'
  if (/ID Token|JWT|id_token/i.test(error.message))
    return 'The identity token of the provider cannot be accepted.'
  return 'The answer of the token endpoint does not follow the standard.'
}
