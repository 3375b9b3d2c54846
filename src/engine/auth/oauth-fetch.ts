import { NetworkError } from '../../errors/index.ts'
import { encodeForm, mask, type PreparedRequest } from '../../http/index.ts'
import type { AuthFlow } from './auth-flow.ts'

/** What oauth4webapi hands to a custom fetch. */
interface FetchOptions {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface FetchRules {
  /** Of the flow, for observers: `token`, `discovery`, `registration`. */
  readonly step: string
  /** How a form is written. */
  readonly bodyFormat?: 'form' | 'json'
  /** The address was named by an answer, not by the definition: the caller's origin says nothing about it. */
  readonly publicOnly?: boolean
  /** The port that the definition names. */
  readonly declaredPort?: number | undefined
  /** Makes the answer what the library expects. @throws where it is a failure */
  readonly shape?: (status: number, text: string) => unknown
}

/**
 * A fetch over our transport, so that limits, redaction and the rules about addresses hold for the exchange of tokens as
 * for everything else.
 */
export function createOAuthFetch(
  flow: AuthFlow,
  rules: FetchRules,
): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const request = toRequest(flow, flow.locate(url), method, headers, body, rules)
    const timeoutMs = flow.remainingMs()
    if (timeoutMs <= 0)
      throw new NetworkError('network/timeout', { message: 'The exchange took longer than its time.' })
    const response = await flow.transport.send(request, {
      timeoutMs,
      signal: flow.signal,
      gate: flow.gate,
      limits: { bodyBytes: 1024 * 1024 },
      observe: flow.observe?.(rules.step),
      keepsSecrets: true,
    })
    const headersGiven = { 'content-type': response.headers['content-type'] ?? 'application/json' }
    const challenge = response.headers['www-authenticate']
    const answerHeaders =
      challenge === undefined ? headersGiven : { ...headersGiven, 'www-authenticate': challenge }
    // The library takes 200 alone for a success; what is none has thrown.
    if (rules.shape !== undefined) return Response.json(rules.shape(response.status, response.text))
    // A Response cannot be made with 204 and a body, nor with a status below 200.
    const text = response.status === 204 || response.status === 304 ? null : response.text
    return new Response(text, { status: response.status, headers: answerHeaders })
  }
}

function toRequest(
  flow: AuthFlow,
  url: string,
  method: string,
  given: Readonly<Record<string, string>>,
  body: unknown,
  { bodyFormat, publicOnly, declaredPort }: FetchRules,
): PreparedRequest {
  const headers: Record<string, string> = { 'user-agent': 'mainspring' }
  for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = value
  const fields = body instanceof URLSearchParams ? Object.fromEntries(body) : undefined
  let text = typeof body === 'string' ? body : undefined
  if (fields !== undefined) {
    const isJson = bodyFormat === 'json'
    text = isJson ? JSON.stringify(fields) : encodeForm(fields)
    headers['content-type'] = isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  }
  const shown = new Map<string, string>()
  const authorization = headers['authorization']
  if (authorization !== undefined) shown.set('authorization', `${authorization.split(' ', 1)[0]} ${mask}`)
  const isRead = method === 'GET'
  return {
    method,
    url,
    urlTemplate: new URL(url).pathname,
    headers,
    ...(text === undefined ? {} : { body: text }),
    effect: isRead ? 'read' : 'write',
    // A code or refresh token may be worthless after the first sending.
    repeatable: isRead,
    ...(flow.trustsOrigin && publicOnly !== true ? { trustedOrigin: true } : {}),
    ...(declaredPort === undefined ? {} : { declaredPort }),
    secrets: {
      headers: shown,
      query: new Set(),
      values: [...flow.secrets, ...(authorization === undefined ? [] : [authorization.replace(/^\S+ /, '')])],
    },
  }
}
