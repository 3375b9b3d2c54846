export { type Clock, systemClock } from './clock.ts'
export type {
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TransportEvent,
} from './events.ts'
export { createGotClient, type GotClientParts } from './got-client.ts'
export {
  type Exchange,
  type ExchangeControl,
  ExchangeFailure,
  type FailureReason,
  type HttpClient,
} from './http-client.ts'
export type { HttpResponse } from './http-response.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { parseRetryAfter } from './parse-retry-after.ts'
export { nextDelay } from './retry.ts'
export { createTransport, type SendOptions, type Transport, type TransportParts } from './transport.ts'
