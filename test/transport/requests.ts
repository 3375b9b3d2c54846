import type { PreparedRequest } from '../../src/http/index.ts'

const noSecrets: PreparedRequest['secrets'] = { headers: new Map(), query: new Set(), values: [] }

/** A repeatable read without secrets. */
export function read(url: string, parts: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    method: 'GET',
    url,
    urlTemplate: '/things/{thing_id}',
    headers: {},
    effect: 'read',
    trustedOrigin: true,
    repeatable: true,
    secrets: noSecrets,
    ...parts,
  }
}

/** A write that must not be repeated. */
export function write(url: string, parts: Partial<PreparedRequest> = {}): PreparedRequest {
  return read(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"x"}',
    effect: 'write',
    repeatable: false,
    ...parts,
  })
}

/** The error a promise is rejected with. */
export async function thrownBy(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise
  } catch (error) {
    return error as Error & Record<string, unknown>
  }
  throw new Error('nothing was thrown')
}
