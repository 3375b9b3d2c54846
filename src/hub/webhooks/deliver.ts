import { createHmac } from 'node:crypto'
import type { Transport } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import type { DueDelivery } from '../store/index.ts'

/** Sends one event; what comes back is a reason why it did not arrive, or undefined. Never throws. */
export type SendEvent = (due: DueDelivery, secret: string, sentAt: string) => Promise<string | undefined>

const timeoutMs = 10_000

/** base64url of HMAC-SHA256 over the raw body, as `x-stackone-signature` carries it. */
export function signBody(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url')
}

/** Nothing in the answer is of interest but its status. */
const answerBytes = 64 * 1024

/**
 * Sends events through the transport of the hub, with its rules about addresses. Redirects are not followed: the
 * operator named one address, and the signature is for whoever is there.
 */
export function createEventSender(transport: Transport): SendEvent {
  return async ({ delivery, webhook, event }, secret, sentAt) => {
    const body = JSON.stringify({ ...event.payload, sent_at: sentAt })
    const request = {
      method: 'POST',
      url: webhook.url,
      urlTemplate: '/',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'mainspring-hub',
        'x-stackone-signature': signBody(body, secret),
        'x-mainspring-event': event.id,
        'x-mainspring-delivery': delivery.id,
      },
      body,
      effect: 'write',
      repeatable: false,
      secrets: { headers: new Map(), query: new Set<string>(), values: [secret] },
    } as const
    const receive = () => ({ write: async () => {}, maxBytes: answerBytes })
    try {
      const { status } = await transport.send(request, { timeoutMs, receive })
      return reasonOf(status)
    } catch (error) {
      return error instanceof MainspringError ? wordsOf(error) : 'not reachable'
    }
  }
}

function reasonOf(status: number): string | undefined {
  return status >= 200 && status < 300 ? undefined : `answered ${status}`
}

function wordsOf({ code, status }: MainspringError): string | undefined {
  if (status !== undefined) return reasonOf(status)
  if (code === 'policy/address-not-allowed')
    return 'its address or port may not be reached; the operator can allow it with allowNetworks and allowPorts'
  return code === 'write/outcome-unknown' ? 'no answer in time' : 'not reachable'
}

const firstDelayMs = 10_000
const longestDelayMs = 6 * 3_600_000
/** With the delays below, a day and a half. */
export const maxAttempts = 14

/** Doubling, with a little chance so that many do not come back at once. @param attempts - made so far, from 1 */
export function nextDelayMs(attempts: number, random: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1)) * (0.8 + 0.4 * random)
}
