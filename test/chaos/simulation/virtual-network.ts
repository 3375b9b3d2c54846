import type { PreparedRequest } from '../../../src/http/index.ts'
import {
  type Clock,
  type Exchange,
  type ExchangeControl,
  ExchangeFailure,
  type HttpClient,
} from '../../../src/transport/index.ts'
import type { Tampering } from './tampering.ts'
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
  /** Of which account, by its access token or the refresh token that it renews with; -1 for one that does not say. */
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
  /** How the provider is down just now; undefined while it is not. */
  readonly outage: () => 'silent' | 'answering' | undefined
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
  outage,
  tampering,
}: NetworkParts): VirtualNetwork {
  let underWay = 0
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
    const down = outage()
    if (kind === 'unreachable' || down === 'silent') {
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
    const carryOut = () => provider.handle(tampered(changed(request, kind), tampering))
    try {
      await wait(delayMs, signal, true)
    } catch (failure) {
      // The caller has given up; the provider may act on it all the same.
      if (down === undefined) carryOut()
      whenLost()
      throw failure
    }
    if (down === 'answering') return toExchange({ status: 503, body: {} })
    if (kind === 'lost-request') throw new ExchangeFailure('interrupted', true, 'the connection broke')
    if (kind === 'busy')
      return toExchange({ status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow down' } })
    if (kind === 'unavailable') return toExchange({ status: 503, body: {} })
    const answer = spoilt(carryOut(), request, tampering)
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
    client: {
      exchange: (request, control) => {
        if (!isAlive()) return new Promise(() => {})
        underWay += 1
        return exchange(request, control).finally(() => {
          underWay -= 1
        })
      },
      close() {},
    },
    underWay: () => underWay,
  }
}

export interface VirtualNetwork {
  readonly client: HttpClient
  /** Exchanges that are not over. */
  underWay(): number
}

/** The request of an engine that makes a new idempotency key for each sending. */
function tampered(request: PreparedRequest, tampering: Tampering | undefined): PreparedRequest {
  const { 'idempotency-key': key, ...headers } = request.headers
  return tampering === 'new-keys' && key !== undefined ? { ...request, headers } : request
}

/** The answer as an engine sees it that looks at nothing, or takes a remembered answer for the latest. */
function spoilt(
  answer: ProviderAnswer,
  { method, url, headers }: PreparedRequest,
  tampering: Tampering | undefined,
): ProviderAnswer {
  if (tampering === 'blind-look' && method === 'GET' && url.includes('/records'))
    return { status: 200, body: { rows: [], next: null } }
  if (tampering === 'never-changed' && headers['if-none-match'] !== undefined && answer.status === 200)
    return { status: 304, body: '' }
  return answer
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
  return kind === 'page-again' && request.method === 'GET'
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

function accountOf({ headers, body }: PreparedRequest): number {
  const said = `${headers['authorization'] ?? ''} ${typeof body === 'string' ? body : ''}`
  const [, account = '-1'] = /canary-(?:access|refresh)-(\d+)-/.exec(said) ?? []
  return Number(account)
}
