import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import type { HubOptions } from '../hub-options.ts'

/** One JSON line an entry. Of a request only method, route and id are told: addresses and headers can hold tokens. */
export function logging({ logLevel, logStream }: HubOptions): NonNullable<FastifyServerOptions['logger']> {
  if (logLevel === undefined) return false
  return {
    level: logLevel,
    ...(logStream === undefined ? {} : { stream: logStream }),
    serializers: {
      req: (request: FastifyRequest) => ({
        id: request.id,
        method: request.method,
        route: request.routeOptions?.url ?? 'unknown',
      }),
      // Messages of foreign errors can hold anything.
      err: (error: Error) => ({
        type: error.name,
        message: 'code' in error ? String(error.code) : '',
        stack: '',
      }),
    },
  }
}
