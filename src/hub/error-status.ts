import type { MainspringError } from '../errors/index.ts'

const statusOfCode: Readonly<Record<string, number>> = {
  'hub/unauthenticated': 401,
  'hub/session-expired': 401,
  'hub/forbidden': 403,
  'hub/invalid-request': 400,
  'hub/account-missing': 400,
  'hub/not-found': 404,
  'hub/account-unknown': 404,
  'hub/account-exists': 409,
  'hub/account-inactive': 412,
  'hub/integration-unknown': 404,
  'hub/integration-inactive': 412,
  'hub/key-unknown': 404,
  'hub/confirmation-unknown': 404,
  'hub/log-unknown': 404,
  'hub/webhook-unknown': 404,
  'hub/subscription-unknown': 404,
  'hub/delivery-unknown': 404,
  'event/unsupported': 400,
  'event/unreadable': 400,
  'event/stale': 400,
  'event/signature-invalid': 401,
  'hub/not-linked': 422,
  'hub/idempotency-conflict': 422,
  'hub/idempotency-in-flight': 409,
  'hub/idempotency-outcome-unknown': 409,
  'hub/rate-limited': 429,
  'hub/store-full': 503,
  'hub/store-read-only': 503,
  'hub/store-busy': 503,
  'hub/store-unreachable': 503,
  'hub/stopping': 503,
  'hub/overloaded': 503,
  'action/unknown': 404,
  'connector/unknown': 404,
  'auth/missing-credential': 400,
  'auth/invalid-credential': 400,
  'auth/unknown-method': 400,
  'auth/rejected': 401,
  'auth/reconnect-needed': 401,
  'auth/forbidden': 403,
  'provider/not-found': 404,
  'provider/rate-limited': 429,
  'provider/circuit-open': 503,
  'call/over-budget': 429,
  'call/queue-full': 503,
  'network/timeout': 504,
}

const statusOfArea: Readonly<Record<string, number>> = {
  input: 400,
  policy: 403,
  provider: 502,
  network: 502,
  response: 502,
  paging: 502,
  write: 502,
}

/** Statuses that clients of StackOne take as an invitation to repeat the call, a write as well. */
const repeated: readonly number[] = [408, 429]

/** Failures that came after something had been written at the provider. */
const afterWrite = new WeakSet<MainspringError>()

/** Remembers that the call had written something when it failed: it is never answered as if it could be repeated. */
export function markAfterWrite(error: MainspringError): void {
  afterWrite.add(error)
}

/** Whether the call had written something when it failed. */
export function wroteBefore(error: MainspringError): boolean {
  return afterWrite.has(error)
}

/** The HTTP status that a failure is answered with. */
export function statusOfError(error: MainspringError): number {
  const { code } = error
  const status = statusOfCode[code] ?? statusOfArea[code.slice(0, code.indexOf('/'))] ?? 500
  return afterWrite.has(error) && repeated.includes(status) ? 502 : status
}
