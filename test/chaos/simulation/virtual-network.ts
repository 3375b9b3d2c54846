import type { PreparedRequest } from '../../../src/http/index.ts'
import {
  type Clock,
  type Exchange,
  type ExchangeControl,
  ExchangeFailure,
  type HttpClient,
} from '../../../src/transport/index.ts'
import type { Tampering } from './simulate.ts'
import type { ProviderAnswer, VirtualProvider } from './virtual-provider.ts'

export const faultKinds = [
  'none',
  'unreachable',
  'lost-request',
  'lost-answer',
  'cut',
  'busy',
  'unavailable',
  'failed-after',
  'page-again',
  'not-json',
] as const

/** What happens to one exchange on its way. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number]
  /** Milliseconds there and back. */
  readonly delayMs: number
}

/** Faults are used up one an exchange, in order; later exchanges are as they should be. */
export class FaultScript {
  readonly #faults: readonly Fault[]
  #next = 0

  constructor(faults: readonly Fault[]) {
    this.#faults = faults
  }

  take(): Fault {
    const fault = this.#faults[this.#next] ?? { kind: 'none', delayMs: 5 }
    this.#next += 1
    return fault
  }
}

/** What was seen on the way. */
export interface Traffic {
  /** When it was sent. */
  readonly at: number
  /** By which process, in the order of their starts. */
  readonly process: number
  /** Of which account; -1 for one that does not say. */
  readonly account: number
  readonly method: string
  readonly url: string
}

export interface NetworkParts {
  readonly clock: Clock
  readonly provider: VirtualProvider
  readonly script: FaultScript
  /** Whether the process at this end still lives. */
  readonly isAlive: () => boolean
  readonly process: number
  readonly traffic: Traffic[]
  readonly tampering?: Tampering | undefined
}

/** A client whose requests go to the provider in memory, or get lost. Of a dead process nothing comes back. */
export function createVirtualNetwork({
  clock,
  provider,
  script,
  isAlive,
  process,
  traffic,
  tampering,
}: NetworkParts): HttpClient {
  const wait = (delayMs: number, signal: AbortSignal, sent: boolean) =>
    new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        cancel()
        reject(new ExchangeFailure('cancelled', sent, 'the call was over'))
      }
      const cancel = clock.schedule(() => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }, delayMs)
      if (signal.aborted) onAbort()
      else signal.addEventListener('abort', onAbort)
    })

  const exchange = async (request: PreparedRequest, { signal }: ExchangeControl): Promise<Exchange> => {
    const { kind, delayMs } = script.take()
    if (kind === 'unreachable') {
      await wait(delayMs, signal, false)
      throw new ExchangeFailure('unreachable', false, 'no connection was made')
    }
    traffic.push({
      at: clock.now(),
      process,
      account: accountOf(request),
      method: request.method,
      url: request.url,
    })
    const whenLost = loseTokens(provider, request)
    try {
      await wait(delayMs, signal, true)
    } catch (failure) {
      // The caller has given up; the provider may act on it all the same.
      provider.handle(request)
      whenLost()
      throw failure
    }
    if (kind === 'lost-request') throw new ExchangeFailure('interrupted', true, 'the connection broke')
    if (kind === 'busy')
      return toExchange({ status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow down' } })
    if (kind === 'unavailable') return toExchange({ status: 503, body: {} })
    const answer = provider.handle(changed(request, kind))
    try {
      await wait(delayMs, signal, true)
    } catch (failure) {
      whenLost()
      throw failure
    }
    if (!isAlive()) whenLost()
    if (kind === 'lost-answer' || kind === 'cut') {
      whenLost()
      throw new ExchangeFailure(
        kind === 'cut' ? 'cut' : 'interrupted',
        tampering !== 'writes-look-unsent',
        'the connection broke',
        kind === 'cut' ? answer.status : undefined,
      )
    }
    if (kind === 'failed-after') {
      whenLost()
      return toExchange({ status: 502, body: '<html>' })
    }
    if (kind === 'not-json') {
      whenLost()
      return {
        status: answer.status,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from('{"ro'),
      }
    }
    return toExchange(answer)
  }

  return {
    exchange: (request, control) => (isAlive() ? exchange(request, control) : new Promise(() => {})),
    close() {},
  }
}

/** Notes that tokens were given out whose answer nobody got. */
function loseTokens(provider: VirtualProvider, { url, body }: PreparedRequest): () => void {
  if (!url.endsWith('/token')) return () => {}
  const [, account = ''] = /canary-refresh-(\d+)-/.exec(String(body)) ?? []
  const known = provider.accounts[Number(account)]
  const before = known?.refreshes
  return () => {
    if (known !== undefined && known.refreshes !== before) known.tokensLost = true
  }
}

/** A provider that gives the first page whatever is asked for. */
function changed(request: PreparedRequest, kind: Fault['kind']): PreparedRequest {
  return kind === 'page-again' && request.url.includes('/rows')
    ? { ...request, url: request.url.replace(/cursor=\w+/, 'cursor=0') }
    : request
}

function toExchange({ status, headers, body }: ProviderAnswer): Exchange {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

function accountOf({ headers }: PreparedRequest): number {
  const [, account = '-1'] = /canary-access-(\d+)-/.exec(headers['authorization'] ?? '') ?? []
  return Number(account)
}
