import { createFlow, type Flow, type FlowSettings } from '../../../src/engine/index.ts'
import type { PreparedRequest } from '../../../src/http/index.ts'
import { compileLimits } from '../../../src/plan/request/compile-limits.ts'
import {
  createTransport,
  type Exchange,
  ExchangeFailure,
  type FailureReason,
  type HttpClient,
  type SendOptions,
} from '../../../src/transport/index.ts'
import { FakeClock } from '../../transport/fake-clock.ts'
import { read } from '../../transport/requests.ts'

/** What a definition may say, as it would stand there. */
export interface Declared {
  readonly rateLimit?: unknown
  readonly concurrency?: unknown
  readonly budgets?: unknown
  readonly exact?: boolean
}

/** A call as the provider and its caller see it. */
export interface Simulated {
  readonly account: string
  /** `acme` by default. */
  readonly provider?: string
  readonly action: string
  readonly path?: string
  readonly host?: string
  /** Made so many milliseconds after the beginning. */
  readonly atMs?: number
  readonly timeoutMs?: number
  readonly abortAtMs?: number
  readonly request?: Partial<PreparedRequest>
}

export interface Sent {
  readonly call: Simulated
  readonly number: number
  readonly atMs: number
}

export interface Ended {
  readonly call: Simulated
  readonly number: number
  readonly atMs: number
  readonly status?: number
  readonly code?: string
  readonly error?: { readonly code: string; readonly retryAfterMs?: number; readonly message: string }
}

type Answer = (
  sent: Sent,
  running: number,
) => { readonly afterMs?: number } & (Partial<Exchange> | { readonly failure: Error })

/** Engine's flow and transport before a made-up provider, in a time that only this moves. */
export class FlowSimulator {
  readonly clock = new FakeClock(0)
  readonly flow: Flow
  readonly sent: Sent[] = []
  readonly ended: Ended[] = []
  readonly events: { readonly type: string; readonly reason?: string; readonly delayMs?: number }[] = []
  /** Exchanges under way, by account. */
  readonly running = new Map<string, number>()
  mostRunning = 0
  readonly #limits: ReturnType<typeof compileLimits>
  readonly #answer: Answer
  readonly #calls = new Map<
    PreparedRequest['headers'],
    { readonly call: Simulated; readonly number: number }
  >()
  readonly #transport: ReturnType<typeof createTransport>
  #made = 0

  constructor(
    declared: Declared,
    answer: Answer,
    settings: FlowSettings = {},
    random: () => number = () => 0.5,
  ) {
    this.#answer = answer
    this.#limits = compileLimits(
      { rateLimit: declared.rateLimit, concurrency: declared.concurrency },
      declared.budgets,
      declared.exact === true,
    )
    this.flow = createFlow({ ...settings, clock: this.clock, random })
    this.#transport = createTransport({ client: this.#client(), clock: this.clock, random })
  }

  /** Makes a call when its time has come; it ends up in `ended`. */
  make(call: Simulated): void {
    const number = this.#made++
    this.clock.schedule(() => void this.#send(call, number), call.atMs ?? 0)
  }

  /** Lets the time pass until nothing is to come any more, or `untilMs`. */
  async run(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await settle()
      const next = this.clock.nextTimerMs
      if (next === undefined || next > untilMs) break
      this.clock.advance(Math.max(0, next - this.clock.now()))
    }
    if (Number.isFinite(untilMs)) this.clock.advance(Math.max(0, untilMs - this.clock.now()))
    await settle()
  }

  async #send(call: Simulated, number: number): Promise<void> {
    const headers = { 'x-number': String(number) }
    this.#calls.set(headers, { call, number })
    const request = read(`https://${call.host ?? 'api.acme.test'}${call.path ?? '/things'}`, {
      ...call.request,
      headers,
    })
    const controller = new AbortController()
    const cancelAbort =
      call.abortAtMs === undefined ? undefined : this.clock.schedule(() => controller.abort(), call.abortAtMs)
    const options: SendOptions = {
      timeoutMs: call.timeoutMs ?? 1e9,
      signal: controller.signal,
      observe: (event) => this.events.push(event),
      gate: this.flow.gate({
        connector: call.provider ?? 'acme',
        origin: undefined,
        limits: this.#limits,
        accountKey: call.account,
        account: call.account,
        action: call.action,
      }),
    }
    const outcome = await this.#transport.send(request, options).then(
      ({ status }) => ({ status }),
      (error) => ({ code: error.code, error }),
    )
    cancelAbort?.()
    this.#calls.delete(headers)
    this.ended.push({ call, number, atMs: this.clock.now(), ...outcome })
  }

  #client(): HttpClient {
    return {
      exchange: (request, { signal }) => {
        const found = this.#calls.get(request.headers)
        if (found === undefined) throw new Error('an unknown call')
        const sent = { ...found, atMs: this.clock.now() }
        this.sent.push(sent)
        const { account } = found.call
        const running = (this.running.get(account) ?? 0) + 1
        this.running.set(account, running)
        this.mostRunning = Math.max(
          this.mostRunning,
          [...this.running.values()].reduce((sum, one) => sum + one, 0),
        )
        const { afterMs = 0, ...answer } = this.#answer(sent, running)
        return new Promise<Exchange>((resolve, reject) => {
          const end = () => {
            cancel()
            signal.removeEventListener('abort', onAbort)
            this.running.set(account, (this.running.get(account) ?? 0) - 1)
          }
          const onAbort = () => {
            end()
            reject(cancelled())
          }
          const cancel = this.clock.schedule(() => {
            end()
            if ('failure' in answer) reject(answer.failure)
            else resolve({ status: 200, headers: {}, body: Buffer.from('{}'), ...answer })
          }, afterMs)
          signal.addEventListener('abort', onAbort)
          if (signal.aborted) onAbort()
        })
      },
      close() {},
    }
  }
}

const cancelled = () => failure('cancelled', true)

/** Lets everything run that waits for no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

export function failure(reason: FailureReason, sent: boolean): ExchangeFailure {
  return new ExchangeFailure(reason, sent, `it was ${reason}`)
}

/** The most of these moments that lie within any window of this length. */
export function mostWithin(momentsMs: readonly number[], windowMs: number): number {
  const sorted = [...momentsMs].sort((a, b) => a - b)
  let most = 0
  let from = 0
  sorted.forEach((moment, index) => {
    while ((sorted[from] ?? 0) <= moment - windowMs) from += 1
    most = Math.max(most, index - from + 1)
  })
  return most
}
