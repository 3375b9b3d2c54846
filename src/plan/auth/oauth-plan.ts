import type { ActionPlan } from '../action-plan.ts'
import type { RunContext } from '../run-context.ts'

/** The OAuth 2.0 part of an authentication method, compiled: addresses and parameters of the flow. */
export interface OAuthPlan {
  readonly grantType: 'authorization_code' | 'client_credentials'
  /** Whether there is a page where the person consents. */
  readonly hasAuthorizationUrl: boolean
  readonly hasTokenUrl: boolean
  /** @throws {InputError | AuthError | StepError} a value that cannot stand in the address */
  authorizationUrl(context: RunContext): string
  /** @throws {InputError | AuthError | StepError} a value that cannot stand in the address */
  tokenUrl(context: RunContext): string
  /** The port that the definition writes into `tokenUrl`. */
  readonly tokenPort?: number
  /** Query of the consent page, as the definition spells it; values that are missing are left out. */
  authorizationParams(context: RunContext): Readonly<Record<string, string>>
  /** More fields of the token calls. */
  tokenParams(context: RunContext): Readonly<Record<string, string>>
  /** Headers of the token calls, names in lower case. */
  customHeaders(context: RunContext): Readonly<Record<string, string>>
  /** Of both, what is made of a secret: masked wherever it turns up. */
  secretValues(context: RunContext): readonly string[]
  /** Joined by the delimiter of the definition; undefined where none are named. */
  scopes(context: RunContext): string | undefined
  pkce(context: RunContext): boolean
  /** The issuer that answers must name. Without one, identity tokens are kept unread. */
  issuer(context: RunContext): string | undefined
  /** Replaces the caller's address of return. */
  redirectUri(context: RunContext): string | undefined
  /** Life of the access token in seconds, where the provider does not say. */
  tokenExpiresIn(context: RunContext): number | undefined
  /** Life of the refresh token in seconds, where the provider does not say. */
  tokenRefreshExpiresIn(context: RunContext): number | undefined
  /** Reads a token answer by the rules of the definition. */
  readAnswer(answer: Readonly<Record<string, unknown>>, context: RunContext): TokenReading
  /** Credentials taken from the query of the callback: parameter → credential. */
  readonly callbackParams: Readonly<Record<string, string>>
  /** Token types to take besides Bearer and DPoP, in lower case. */
  readonly acceptTokenTypes: readonly string[]
  /** How the client proves itself at the token endpoint; undefined leaves it to the default: in the body. */
  readonly clientAuthentication: 'basic' | 'body' | 'none' | undefined
  /** How a token request is written. */
  readonly tokenRequest: 'form' | 'json'
  /** Undefined where nobody knows how the provider takes tokens back. */
  readonly revocation?: RevocationPlan
}

/** `x-mainspring.oauth.revocation`: how the provider takes tokens back. */
export interface RevocationPlan {
  /** @throws {InputError | AuthError | StepError} a value that cannot stand in the address */
  url(context: RunContext): string
  /** The port that the definition writes into it. */
  readonly port?: number
  /**
   * `token`: one by one in a form (RFC 7009). `named`: in a field of its name alone. `bearer`: all of them, by a call
   * that the access token authenticates.
   */
  readonly by: 'token' | 'named' | 'bearer'
}

/** What the definition finds in a token answer; undefined parts are read by the standard. */
export interface TokenReading {
  readonly accessToken: unknown
  readonly refreshToken: unknown
  /** `additionalTokenFields`, without those that are missing. */
  readonly additional: Readonly<Record<string, unknown>>
}

/** `authorizationFlow` of an `mcp` method. */
export interface McpAuthorizationPlan {
  /** Address of the MCP server. */
  serverUrl(context: RunContext): string
  /** The port that the definition writes into it. */
  readonly serverPort?: number
  readonly clientRegistration: 'cimd' | 'dcr'
  readonly scopes: readonly string[]
}

/** How the definition itself renews credentials. */
export interface RefreshPlan {
  /** Its `result.data` are the new credentials; `expiresIn` counts in seconds. Not callable by its id. */
  readonly action: ActionPlan
  /** When to renew without being asked (cron). Kept for hosts; the engine renews when it is due. */
  readonly schedule?: string
}

/** One action that proves credentials. */
export interface TestActionPlan {
  readonly actionId: string
  readonly required: boolean
  /** It is run only where this gives true. */
  readonly condition?: (context: RunContext) => unknown
  /** Undefined where the definition names an action that it does not have. */
  readonly action: ActionPlan | undefined
}

/** `x-mainspring.diagnose`: which fields a failed test points to. */
export interface DiagnosisRule {
  readonly status?: number
  /** Code of the error, such as `network/unreachable`. */
  readonly code?: string
  /** Part of the provider's message, whatever its capitals. */
  readonly message?: string
  readonly fields: readonly string[]
  readonly hint?: string
}
