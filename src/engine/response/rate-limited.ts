import type { RequestPlan } from '../../plan/index.ts'
import type { SendOptions } from '../../transport/index.ts'

/** What the transport asks of an answer before it repeats a request, from what the connector declares. */
export function readRateLimitOf(read: RequestPlan['readRateLimit']): SendOptions['readRateLimit'] {
  if (read === undefined) return undefined
  return ({ status, headers, body }) =>
    read({ status, headers, body: () => parse(body.toString('utf8')) }, Date.now())
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text }
  }
}
