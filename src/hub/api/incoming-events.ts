import rateLimit from '@fastify/rate-limit'
import { Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import { hashToken } from '../token.ts'
import type { ApiPlugin } from './api-plugin.ts'
import { TakenJson } from './event-schemas.ts'
import { ErrorJson } from './schemas.ts'

/** Deliveries of a minute that one address takes; providers come again with what is refused. */
const perMinute = 1_200

/**
 * Takes what providers deliver. The address itself is unguessable; where the connector says how deliveries are signed,
 * that is checked too. Bodies are taken as their bytes, since signatures cover those.
 */
export const incomingEventRoutes: ApiPlugin = async (app, { services }) => {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ params }) => hashToken((params as { token?: string }).token ?? ''),
    errorResponseBuilder: (_request, { max }) =>
      new HubError('hub/rate-limited', { message: `This address takes ${max} deliveries a minute.` }),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post(
    '/events/:token',
    {
      schema: {
        tags: ['Events'],
        summary: 'Take a delivery of a provider',
        description:
          'Called by providers, at the address that they were given. Answered once it is written down.',
        params: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: { 202: TakenJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { headers, query, body } = request
      const { id, ...taken } = await services.inbox.take(request.params.token, {
        headers,
        query: query as Record<string, string>,
        body: Buffer.isBuffer(body) ? body : '',
      })
      return reply.code(202).send({ id: id ?? null, ...taken })
    },
  )
}
