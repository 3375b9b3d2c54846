import type { FastifyRequest } from 'fastify'

/** The `Idempotency-Key` of a request, where it has one. */
export function idempotencyKey({ headers }: FastifyRequest): string | undefined {
  const value = headers['idempotency-key']
  return typeof value === 'string' && value !== '' ? value : undefined
}
