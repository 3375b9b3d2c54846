import type { FastifyPluginAsync } from 'fastify'
import { sessionCookie } from '../server/session-cookie.ts'
import type { HubServices } from '../services.ts'

/** What every page works with. */
export interface PageOptions {
  readonly services: HubServices
}

/** The pages for people. */
export const pages: FastifyPluginAsync<PageOptions> = async (app, { services }) => {
  app.get('/login', async (request, reply) => {
    const { token } = request.query as { token?: string }
    const login = token === undefined ? undefined : await services.login.useLink(token)
    if (login === undefined) return reply.code(401).type('text/plain').send('This link is no longer valid.\n')
    return reply
      .setCookie(sessionCookie, login.cookie, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: services.baseUrl().startsWith('https:'),
        expires: login.expiresAt,
      })
      .redirect('/', 303)
  })
}
