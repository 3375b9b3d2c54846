import type * as OAuth from 'oauth4webapi'
import { AuthError } from '../../errors/index.ts'
import type { OAuthPlan } from '../../plan/index.ts'
import type { AuthFlow } from './auth-flow.ts'
import type { DiscoveredClient } from './linking.ts'

/** One client at one token endpoint. */
export interface TokenClient {
  readonly server: OAuth.AuthorizationServer
  readonly identity: OAuth.Client
  readonly authenticate: OAuth.ClientAuth
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly bodyFormat: 'form' | 'json'
  readonly acceptTokenTypes: readonly string[]
  /** Declared, so that answers are held against it. */
  readonly issuer: string | undefined
  readonly read?: OAuthPlan['readAnswer']
  readonly publicOnly: boolean
  /** The port that the definition names. */
  readonly declaredPort?: number | undefined
}

/** The client of a definition's `oauth2` method. @throws {AuthError} `auth/missing-credential`: no client id */
export function clientOfDefinition(flow: AuthFlow, plan: OAuthPlan, oauth: typeof OAuth): TokenClient {
  const { context } = flow
  const { client_id: idParameter, client_secret: secretParameter, ...parameters } = plan.tokenParams(context)
  const clientId =
    idParameter ?? textOf(context.credentials['clientId']) ?? plan.authorizationParams(context)['client_id']
  const clientSecret = secretParameter ?? textOf(context.credentials['clientSecret'])
  if (clientId === undefined)
    throw new AuthError('auth/missing-credential', {
      message: 'There is no client id: neither a setup value "clientId" nor a `client_id` in the definition.',
    })
  flow.secrets.push(...plan.secretValues(context))
  if (clientSecret !== undefined) flow.secrets.push(clientSecret)
  const issuer = plan.issuer(context)
  const tokenUrl = plan.tokenUrl(context)
  const scopes = plan.grantType === 'client_credentials' ? plan.scopes(context) : undefined
  return {
    server: {
      issuer: issuer ?? new URL(tokenUrl).origin,
      token_endpoint: tokenUrl,
    },
    identity: { client_id: clientId },
    authenticate: authentication(oauth, plan.clientAuthentication ?? 'body', clientSecret),
    parameters: { ...(scopes === undefined ? {} : { scope: scopes }), ...parameters },
    headers: plan.customHeaders(context),
    bodyFormat: plan.tokenRequest,
    acceptTokenTypes: plan.acceptTokenTypes,
    issuer,
    read: plan.readAnswer,
    publicOnly: false,
    declaredPort: plan.tokenPort,
  }
}

/** The client that discovery found or registered. */
export function clientOfDiscovery(
  flow: AuthFlow,
  found: DiscoveredClient,
  oauth: typeof OAuth,
  publicOnly: boolean,
): TokenClient {
  if (found.clientSecret !== undefined) flow.secrets.push(found.clientSecret)
  return {
    server: {
      issuer: found.issuer,
      token_endpoint: found.tokenEndpoint,
      ...(found.requiresIssuer ? { authorization_response_iss_parameter_supported: true } : {}),
    },
    identity: { client_id: found.clientId },
    authenticate: authentication(oauth, found.clientAuthentication, found.clientSecret),
    parameters: { resource: found.resource },
    headers: {},
    bodyFormat: 'form',
    acceptTokenTypes: [],
    issuer: found.issuer,
    publicOnly,
  }
}

function authentication(
  oauth: typeof OAuth,
  kind: 'basic' | 'body' | 'none',
  secret: string | undefined,
): OAuth.ClientAuth {
  if (secret === undefined || kind === 'none') return oauth.None()
  return kind === 'basic' ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
