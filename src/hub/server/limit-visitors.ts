import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import QuickLRU from 'quick-lru'
import { HubError } from '../hub-error.ts'

/** How often one address may be refused, and how often it may ask at all, within a minute. */
export interface VisitorLimits {
  readonly refusalsPerMinute: number
  readonly requestsPerMinute: number
}

export const usualVisitorLimits: VisitorLimits = { refusalsPerMinute: 60, requestsPerMinute: 3_000 }

const windowMs = 60_000
/** Addresses that are remembered; the oldest are forgotten first. */
const maxAddresses = 10_000
/** Whoever comes without an API key: to sign in, or to link an account. */
const ofVisitors = /^\/(?:login|connect|hub)(?:\/|$)/
/** A token that is not in force, or an address that was guessed. */
const refusals: readonly number[] = [401, 403, 404, 410]

interface Count {
  readonly since: number
  refused: number
  asked: number
}

/**
 * Limits signing in and linking by the address they come from: a token is not found by trying, and a flood of forms
 * does not reach the providers. Counted in this process.
 */
export const limitVisitors = plugin<{ readonly limits?: Partial<VisitorLimits>; readonly clock: () => Date }>(
  async (app, { limits = {}, clock }) => {
    const { refusalsPerMinute, requestsPerMinute } = { ...usualVisitorLimits, ...limits }
    const counts = new QuickLRU<string, Count>({ maxSize: maxAddresses })

    const countOf = ({ ip }: FastifyRequest): Count => {
      const now = clock().getTime()
      const known = counts.get(ip)
      if (known !== undefined && now - known.since < windowMs) return known
      const fresh = { since: now, refused: 0, asked: 0 }
      counts.set(ip, fresh)
      return fresh
    }
    const isOfVisitors = ({ routeOptions }: FastifyRequest) => ofVisitors.test(routeOptions.url ?? '')

    app.addHook('onRequest', async (request) => {
      if (!isOfVisitors(request)) return
      const count = countOf(request)
      count.asked += 1
      if (count.refused < refusalsPerMinute && count.asked <= requestsPerMinute) return
      throw new HubError('hub/rate-limited', {
        message: 'Too many attempts came from this address within a minute.',
        retryAfterMs: Math.max(1_000, count.since + windowMs - clock().getTime()),
      })
    })
    app.addHook('onResponse', async (request, reply) => {
      if (isOfVisitors(request) && refusals.includes(reply.statusCode)) countOf(request).refused += 1
    })
  },
)
