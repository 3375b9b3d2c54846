import type { FastifyReply } from 'fastify'
import type { Html } from '../../../ui/index.ts'
import type { Brand } from '../layout/index.ts'

export interface SendOptions {
  readonly status?: number
  /** Origins whose pages may show this one in a frame; none by default. */
  readonly frameAncestors?: readonly string[]
}

/** Sends a page under a content policy that allows our own files and nothing inline. */
export function sendPage(
  reply: FastifyReply,
  page: Html,
  brand: Brand,
  options: SendOptions = {},
): FastifyReply {
  const { status = 200, frameAncestors = [] } = options
  return (
    reply
      .code(status)
      .header('content-security-policy', contentPolicy(brand, frameAncestors))
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
      // Pages are about accounts: no cache, shared or not, keeps them.
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(String(page))
  )
}

function contentPolicy({ logoUrl }: Brand, frameAncestors: readonly string[]): string {
  const logo = logoUrl?.startsWith('https:') === true ? ` ${new URL(logoUrl).origin}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${logo}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ')}`,
  ].join('; ')
}
