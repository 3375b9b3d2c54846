/** What the state of a run holds, by the first name of a path. */
export const stateRoots: readonly string[] = [
  'inputs',
  'credentials',
  'steps',
  'intermediateSteps',
  'context',
  'connector',
  'action',
  'iterator',
  'scopes',
  'fieldConfigs',
  'result',
  // Supplied by the host where accounts are linked.
  'apiHostUri',
]

/** What `context` holds. */
export const contextKeys: readonly string[] = [
  'authenticationType',
  'environment',
  'accountSecureId',
  'connectorKey',
  'category',
  'actionType',
  'flowType',
  'redirectUri',
  'originOwnerId',
  'originOwnerName',
  'originUsername',
  'organizationId',
  'organizationSecureId',
  'projectSecureId',
  'provider',
  'providerKey',
  'providerVersion',
  'service',
  'schema',
  'operationType',
  'accountId',
]

/** What a step leaves behind. */
export const snapshotKeys: readonly string[] = ['output', 'successful', 'skipped', 'message', 'errors']

const requestOutput = ['data', 'raw', 'statusCode', 'message', 'headers']

/** What `output` of a step function holds; functions that give anything they like are left out. */
export const outputKeys: Readonly<Record<string, readonly string[]>> = {
  request: requestOutput,
  paginated_request: [...requestOutput, 'next', 'position'],
  soap_request: requestOutput,
  soap_paginated_request: [...requestOutput, 'next', 'position'],
  upload_file: requestOutput,
  upload_binary: requestOutput,
  map_fields: ['data'],
  typecast: ['data'],
  group_data: ['data'],
  static_values: ['data'],
  sign_jwt: ['token', 'expiresIn', 'publicKeyFingerprint'],
}

/** Credentials that the engine adds by itself where a method is OAuth 2.0. */
export const oauthCredentials: readonly string[] = [
  'accessToken',
  'refreshToken',
  'idToken',
  'expiresIn',
  'refreshExpiresIn',
  'tokenType',
  'scope',
  'code',
]
