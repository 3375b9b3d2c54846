export { type Clock, systemClock } from './clock.ts'
export type {
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TransportEvent,
  WaitedEvent,
} from './events.ts'
export type { ExchangeEnd, Gate, Pass, Patience, WaitReason } from './gate.ts'
export { createGotClient, type GotClientParts } from './got-client.ts'
export {
  type BodySink,
  type Exchange,
  type ExchangeControl,
  ExchangeFailure,
  type FailureReason,
  type HttpClient,
  type ResponseHead,
} from './http-client.ts'
export type { HttpResponse } from './http-response.ts'
export { foreignRequest, isLoopbackUrl } from './leave-origin.ts'
export { defaultLimits, type Limits } from './limits.ts'
export type { NetworkRules } from './network-rules.ts'
export { parseRetryAfter } from './parse-retry-after.ts'
export { type Redactors, redactorsOf } from './redactors.ts'
export { nextDelay } from './retry.ts'
export type { SendOptions } from './send-options.ts'
export { createTransport, type Transport, type TransportParts } from './transport.ts'
