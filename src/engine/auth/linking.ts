import type { MainspringError } from '../../errors/index.ts'
import type { Transport } from '../../transport/index.ts'
import type { Flow } from '../flow/flow.ts'
import type { Observer } from '../run-event.ts'

/** What every call about the credentials of an account may say. */
export interface LinkingOptions {
  /** Key of the authentication method; the connector's first by default. */
  readonly authentication?: string
  /** Key of the environment; `production` by default. */
  readonly environment?: string
  /** Values of the integrator's `setupFields`, such as `clientId` and `clientSecret`. */
  readonly setup?: Readonly<Record<string, unknown>>
  /** Replaces scheme, host and port of every address, token endpoint included. Loopback only, but for `allowedOrigins`. */
  readonly origin?: string
  readonly allowedOrigins?: readonly string[]
  /** For the whole call; 30,000 by default. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Sees what happens. Its events hold no secret. */
  readonly observer?: Observer
  readonly transport?: Transport
  /** Budgets, ceilings and circuits that this call shares with runs, see `createFlow`; by default with all over the same transport. */
  readonly flow?: Flow
  /** Names the account to `flow`, as the `key` of its credential source does for its runs. */
  readonly account?: string
  /** Milliseconds since the epoch; the machine's clock by default. */
  readonly now?: () => number
}

export interface BeginAuthorizationOptions extends LinkingOptions {
  /** Where the provider sends the person back to. A `redirectUri` of the definition goes before it. */
  readonly redirectUri: string
  /** Comes back with the person. At least 32 hard-to-guess characters; made where it is left out. */
  readonly state?: string
  /** What the person has entered already: values of `configFields` that the addresses need, such as a subdomain. */
  readonly credentials?: Readonly<Record<string, unknown>>
  /** `apiHostUri` of the format; the origin of `redirectUri` by default. */
  readonly apiHostUri?: string
  /** For `mcp`: address of the client metadata document (`cimd`), served by the caller. */
  readonly clientMetadataUrl?: string
  /** For `mcp`: name under which to register (`dcr`). */
  readonly clientName?: string
}

export interface BegunAuthorization {
  /** The provider's page, where the person is to be sent. */
  readonly url: string
  /** Plain JSON that {@link completeAuthorization} needs. Holds secrets: store it encrypted, and use it once. */
  readonly pending: PendingAuthorization
}

/** What is kept between sending the person away and their return. */
export interface PendingAuthorization {
  readonly connector: string
  readonly authentication: string
  readonly environment: string
  readonly redirectUri: string
  readonly state: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly codeVerifier?: string
  readonly nonce?: string
  readonly apiHostUri: string
  readonly credentials: Readonly<Record<string, unknown>>
  /** The client and server that `mcp` discovery found. */
  readonly discovered?: DiscoveredClient
}

/** An authorization server that was found, and the client this process is there. */
export interface DiscoveredClient {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly clientAuthentication: 'basic' | 'body' | 'none'
  /** The protected resource that tokens are asked for (RFC 8707). */
  readonly resource: string
  readonly requiresIssuer: boolean
}

export interface CompleteAuthorizationOptions extends Omit<LinkingOptions, 'authentication' | 'environment'> {
  readonly pending: PendingAuthorization
  /** The query of the address the person came back to. */
  readonly callbackParams: Readonly<Record<string, string>> | URLSearchParams
}

/** Credentials after an exchange: what was known before, and what it added. */
export interface IssuedCredentials {
  readonly credentials: Readonly<Record<string, unknown>>
  /** When the access token was asked for, ISO 8601. */
  readonly issuedAt: string
  /** When it ends, ISO 8601; absent where nobody says. */
  readonly expiresAt?: string
  /** When the refresh token ends, and the account must be linked anew; absent where nobody says. */
  readonly refreshExpiresAt?: string
}

export interface RefreshCredentialsOptions extends LinkingOptions {
  readonly credentials: Readonly<Record<string, unknown>>
  /**
   * A refresh action of several steps has a new refresh token, and sends more before it is done. Awaited: from here on
   * the former one may be spent, whatever becomes of the rest. Given the credentials with the new token.
   */
  readonly onRotated?: (credentials: Readonly<Record<string, unknown>>) => Promise<void>
}

export interface TestCredentialsOptions extends LinkingOptions {
  readonly credentials: Readonly<Record<string, unknown>>
}

/** What the test actions of a method say about credentials. */
export interface CredentialTest {
  /** Every required test passed. */
  readonly ok: boolean
  readonly results: readonly CredentialTestResult[]
  /** Keys of the fields that are likely wrong, the likeliest first. Empty where nothing points to one. */
  readonly suspects: readonly string[]
  /** What the definition says about such a failure. */
  readonly hint?: string
}

export interface CredentialTestResult {
  /** Without the connector's prefix. */
  readonly actionId: string
  readonly required: boolean
  readonly ok: boolean
  /** Its condition was not met. */
  readonly skipped?: boolean
  readonly error?: MainspringError
}
