import { hash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import plugin from 'fastify-plugin'
import { HubError } from '../hub-error.ts'

const usualPerMinute = 6_000

/**
 * So many requests a minute for each API key, before anything is done. Counted in this process. Requests without a
 * key are pages and the forms of end users: those are held back elsewhere.
 */
export const limitRequests = plugin<{ readonly perMinute?: number }>(async (app, { perMinute }) => {
  await app.register(rateLimit, {
    global: true,
    max: perMinute ?? usualPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    allowList: (request) => request.headers.authorization === undefined,
    // The key itself is held nowhere.
    keyGenerator: ({ headers }) => hash('sha256', headers.authorization ?? '', 'base64'),
    errorResponseBuilder: (_request, { max }) =>
      new HubError('hub/rate-limited', { message: `This API key has made its ${max} requests of a minute.` }),
  })
})
