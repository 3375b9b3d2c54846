import { isLoopback } from '../../plan/index.ts'
import type { DiscoveredClient } from './linking.ts'

/** What is kept of a discovery beside the tokens, so that they can be renewed. */
export function credentialsOfDiscovery(found: DiscoveredClient): Record<string, string> {
  return {
    issuer: found.issuer,
    tokenEndpoint: found.tokenEndpoint,
    resource: found.resource,
    registeredClientId: found.clientId,
    clientAuthentication: found.clientAuthentication,
    ...(found.clientSecret === undefined ? {} : { registeredClientSecret: found.clientSecret }),
  }
}

/** The inverse of {@link credentialsOfDiscovery}; undefined where the account was not linked that way. */
export function discoveryOfCredentials(
  credentials: Readonly<Record<string, unknown>>,
): DiscoveredClient | undefined {
  const { issuer, tokenEndpoint, resource, registeredClientId, registeredClientSecret } = credentials
  if (
    typeof issuer !== 'string' ||
    typeof tokenEndpoint !== 'string' ||
    typeof resource !== 'string' ||
    typeof registeredClientId !== 'string'
  )
    return undefined
  const kind = credentials['clientAuthentication']
  return {
    issuer,
    tokenEndpoint,
    resource,
    authorizationEndpoint: '',
    clientId: registeredClientId,
    clientAuthentication: kind === 'basic' || kind === 'body' ? kind : 'none',
    requiresIssuer: false,
    ...(typeof registeredClientSecret === 'string' ? { clientSecret: registeredClientSecret } : {}),
  }
}

/** Addresses that a server names must be public, unless the server itself is on this machine. */
export function isPublicOnly(serverUrl: string): boolean {
  return !isLoopback(new URL(serverUrl).hostname)
}
