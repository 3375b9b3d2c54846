import { HeldBackError, ProviderError } from '../../errors/index.ts'
import type { PreparedRequest } from '../../http/index.ts'

/** The host has failed so often that it is left alone for a while. */
export function circuitOpen(request: PreparedRequest, host: string, retryAfterMs: number): ProviderError {
  return new ProviderError('provider/circuit-open', {
    message: `${nameOf(request)}: ${host} has failed too often, and is asked again in ${seconds(retryAfterMs)} s. Nothing was sent.`,
    retryAfterMs,
  })
}

/** The provider asked to wait for longer than this call can. */
export function paused(request: PreparedRequest, retryAfterMs: number): ProviderError {
  return new ProviderError('provider/rate-limited', {
    message: `${nameOf(request)}: the provider has asked this account to wait, for ${seconds(retryAfterMs)} s yet. Nothing was sent.`,
    retryAfterMs,
  })
}

/** The declared budget leaves no turn within the time of the call. */
export function overBudget(request: PreparedRequest, retryAfterMs: number): HeldBackError {
  return new HeldBackError('call/over-budget', {
    message: `${nameOf(request)}: the budget of requests is used up for ${seconds(retryAfterMs)} s yet. Nothing was sent.`,
    retryAfterMs,
  })
}

export function queueFull(request: PreparedRequest, waiting: number): HeldBackError {
  return new HeldBackError('call/queue-full', {
    message: `${nameOf(request)}: too many requests wait already, ${waiting} of them of this account. Nothing was sent.`,
    retryAfterMs: 1_000,
  })
}

/** The operator lets no request wait for longer. */
export function waitedTooLong(request: PreparedRequest, longestWaitMs: number): HeldBackError {
  return new HeldBackError('call/queue-full', {
    message: `${nameOf(request)}: it has waited for its turn for ${seconds(longestWaitMs)} s, as long as a request may. Nothing was sent.`,
    retryAfterMs: 1_000,
  })
}

function nameOf({ method, urlTemplate }: PreparedRequest): string {
  return `${method} ${urlTemplate}`
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 100) / 10
}
