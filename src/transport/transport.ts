import type { LookupFunction } from 'node:net'
import type { PreparedRequest } from '../http/index.ts'
import { Call } from './call.ts'
import { checkRequest } from './check-request.ts'
import { type Clock, systemClock } from './clock.ts'
import { createGotClient } from './got-client.ts'
import type { HttpClient } from './http-client.ts'
import type { HttpResponse } from './http-response.ts'
import { defaultLimits } from './limits.ts'
import type { NetworkRules } from './network-rules.ts'
import { redactorsOf } from './redactors.ts'
import type { SendOptions } from './send-options.ts'
import { sendRepeating } from './send-repeating.ts'

/** Brings requests to providers, and complete answers back. Shared by all runs. */
export interface Transport {
  /**
   * Sends a request, repeating it where it is `repeatable`, and gives the answer whatever its status. Writes are never
   * sent again by a redirect.
   *
   * @throws {InputError} `input/invalid`: HTTP cannot carry the request; nothing was sent
   * @throws {NetworkError} `network/…`, `call/aborted`: no answer, and no write that may have happened
   * @throws {ResponseError} `response/…`: the answer cannot be used
   * @throws {ProviderError} `provider/redirected`
   * @throws {FileError} `file/…`: a streamed body could not be read (nothing was sent), a sink not written
   * @throws {PolicyError} `policy/address-not-allowed`: an address or port that may not be reached; nothing was sent there
   * @throws {MainspringError} what the gate refuses the first exchange with; nothing was sent
   * @throws {WriteOutcomeUnknownError} the write was sent and its fate is unknown
   */
  send(request: PreparedRequest, options: SendOptions): Promise<HttpResponse>
  /** Ends all calls and connections; later calls are refused. */
  close(): void
}

/** What a transport works with; the real things where nothing is given. */
export interface TransportParts {
  readonly client?: HttpClient | undefined
  readonly clock?: Clock | undefined
  /** In [0, 1). */
  readonly random?: (() => number) | undefined
  /** Replaces the name resolution of the default client. */
  readonly dnsLookup?: LookupFunction | undefined
  /** What the default client may reach beside the public internet: nothing by default. */
  readonly network?: NetworkRules | undefined
}

export function createTransport(parts: TransportParts = {}): Transport {
  const { clock = systemClock, random = Math.random, dnsLookup, network } = parts
  const client = parts.client ?? createGotClient({ dnsLookup, network })
  const calls = new Set<Call>()
  let isClosed = false

  return {
    async send(request, options) {
      checkRequest(request)
      const {
        timeoutMs,
        signal,
        observe,
        receive,
        keepsSecrets,
        leavesOrigin,
        countedStatus,
        readRateLimit,
        gate,
      } = options
      const limits = options.limits ? { ...defaultLimits, ...options.limits } : defaultLimits
      const redactors = redactorsOf(request.secrets.values)
      const call = new Call(clock, timeoutMs, signal)
      if (isClosed) call.end('closed')
      calls.add(call)
      try {
        return await sendRepeating({
          request,
          client,
          call,
          limits,
          redactors,
          clock,
          random,
          observe,
          timeoutMs,
          receive,
          keepsSecrets,
          leavesOrigin,
          countedStatus,
          readRateLimit,
          gate,
        })
      } finally {
        call.release()
        calls.delete(call)
      }
    },
    close() {
      isClosed = true
      for (const call of calls) call.end('closed')
      client.close()
    },
  }
}
