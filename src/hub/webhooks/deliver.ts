import { createHmac } from 'node:crypto'
import type { DueDelivery } from '../store/index.ts'

/** Sends one event; what comes back is a reason why it did not arrive, or undefined. Never throws. */
export type SendEvent = (due: DueDelivery, secret: string, sentAt: string) => Promise<string | undefined>

const timeoutMs = 10_000

/** base64url of HMAC-SHA256 over the raw body, as `x-stackone-signature` carries it. */
export function signBody(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url')
}

/** Redirects are not followed: the operator named one address, and the signature is for whoever is there. */
export const sendEvent: SendEvent = async ({ delivery, webhook, event }, secret, sentAt) => {
  const body = JSON.stringify({ ...event.payload, sent_at: sentAt })
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'mainspring-hub',
        'x-stackone-signature': signBody(body, secret),
        'x-mainspring-event': event.id,
        'x-mainspring-delivery': delivery.id,
      },
      body,
    })
    await response.body?.cancel()
    return response.ok ? undefined : `answered ${response.status}`
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'not reachable'
  }
}

const firstDelayMs = 10_000
const longestDelayMs = 6 * 3_600_000
/** With the delays below, a day and a half. */
export const maxAttempts = 14

/** Doubling, with a little chance so that many do not come back at once. @param attempts - made so far, from 1 */
export function nextDelayMs(attempts: number, random: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1)) * (0.8 + 0.4 * random)
}
