import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Firm } from './data/firm.ts'
import type { Candidacy, Webhook } from './data/records.ts'
import { deliveredCandidacy } from './data/views.ts'
import { BoundedLog } from './request-log.ts'

/** One attempt to hand an event to a subscriber. There is no second one: retries are unknown. */
export interface RecordedDelivery {
  readonly webhookId: string
  readonly firmName: string
  /** Without its query, which may hold a subscriber's secret. */
  readonly url: string
  /** ISO time of the event, from the sandbox's clock. */
  readonly at: string
  readonly body: {
    readonly event_name: 'candidacy_updated'
    readonly candidacy: Readonly<Record<string, unknown>>
  }
  /** The subscriber's status; null where it did not answer. */
  readonly status: number | null
  /** Why there is no status. */
  readonly failure: string | null
}

const timeoutMs = 5000

/** Hands events to the subscribers of a firm, each once. */
export class Deliveries {
  readonly #log = new BoundedLog<RecordedDelivery>()
  #ending = new AbortController()

  get recorded(): readonly RecordedDelivery[] {
    return this.#log.entries
  }

  /** Ends when every subscriber has answered or failed. */
  async candidacyUpdated(firm: Firm, candidacy: Candidacy): Promise<readonly RecordedDelivery[]> {
    const { signal } = this.#ending
    const body = { event_name: 'candidacy_updated', candidacy: deliveredCandidacy(candidacy) } as const
    const at = new Date(candidacy.updatedAt).toISOString()
    const sent = [...firm.webhooks.values()].map(async (webhook): Promise<RecordedDelivery> => {
      const { origin, pathname } = new URL(webhook.hookUrl)
      const outcome = await post(webhook, JSON.stringify(body), signal)
      const { firmName } = firm.credentials
      return { webhookId: webhook.id, firmName, url: origin + pathname, at, body, ...outcome }
    })
    const delivered = await Promise.all(sent)
    if (!signal.aborted) for (const delivery of delivered) this.#log.add(delivery)
    return delivered
  }

  /** Breaks off what is under way and forgets the rest. */
  reset(): void {
    this.#ending.abort()
    this.#ending = new AbortController()
    this.#log.clear()
  }
}

/** Not `fetch`: it follows redirects, which could lead away from loopback, and keeps connections open. */
function post({ hookUrl }: Webhook, body: string, signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<Pick<RecordedDelivery, 'status' | 'failure'>>()
  const send = hookUrl.startsWith('https:') ? httpsRequest : httpRequest
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  const request = send(hookUrl, {
    method: 'POST',
    headers,
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  })
  request.on('response', (response) => {
    response.resume()
    response.on('error', () => {})
    resolve({ status: response.statusCode ?? null, failure: null })
  })
  request.on('error', (error: NodeJS.ErrnoException) =>
    resolve({ status: null, failure: error.code ?? error.name }),
  )
  request.end(body)
  return promise
}
