import type { FastifyInstance } from 'fastify'
import plugin from 'fastify-plugin'
import { HubError } from '../hub-error.ts'
import { isHeapShort } from './heap.ts'

/** Who may still come in. */
export interface Admission {
  readonly draining: boolean
  /** Requests under way. */
  readonly underWay: number
  /** From now on nothing new is begun. Resolves when all that was begun has ended, or the time is over. */
  drain(deadlineMs: number): Promise<void>
}

export interface AdmissionOptions {
  readonly admission: AdmissionCounter
  /** Requests that may be under way at a time; 1,000 by default. */
  readonly maxUnderWay?: number
}

const usualMaxUnderWay = 1_000
const retryAfterMs = 1_000
/** Asked by whoever watches the process: they are told, whatever else is refused. */
const always = new Set(['/health', '/ready'])

export class AdmissionCounter implements Admission {
  draining = false
  underWay = 0
  #idle: (() => void) | undefined

  begin(): void {
    this.underWay += 1
  }

  end(): void {
    this.underWay -= 1
    if (this.underWay === 0) this.#idle?.()
  }

  async drain(deadlineMs: number): Promise<void> {
    this.draining = true
    if (this.underWay === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#idle = resolve
    const timer = setTimeout(resolve, deadlineMs)
    await promise
    clearTimeout(timer)
  }
}

/**
 * Refuses what cannot be served before anything of it is begun: while the hub ends, when too much is under way, when
 * memory runs out. There is no queue: who waits in one holds memory and a socket, and is answered too late.
 */
export const admitRequests = plugin<AdmissionOptions>(async (app: FastifyInstance, options) => {
  const { admission, maxUnderWay = usualMaxUnderWay } = options
  app.addHook('onRequest', async (request, reply) => {
    if (always.has(request.routeOptions.url ?? '')) return
    if (admission.draining) {
      reply.header('connection', 'close')
      throw new HubError('hub/stopping', { message: 'The hub is about to end.', retryAfterMs })
    }
    if (admission.underWay >= maxUnderWay)
      throw new HubError('hub/overloaded', {
        message: `${maxUnderWay} requests are under way already.`,
        retryAfterMs,
      })
    if (isHeapShort())
      throw new HubError('hub/overloaded', {
        message: 'The memory of the hub is nearly used up.',
        retryAfterMs,
      })
    admission.begin()
    let ended = false
    const end = () => {
      if (ended) return
      ended = true
      admission.end()
    }
    // Whichever comes: an answer that was sent, or a connection that is gone.
    reply.raw.once('finish', end)
    reply.raw.once('close', end)
  })
})
