import type { FastifyInstance } from 'fastify'
import { sessionCookie } from '../../server/session-cookie.ts'
import { defaultProject } from '../../services.ts'
import { type PageTools, readQuery } from '../http/index.ts'
import { loginView } from '../views/index.ts'

/** Signing in with a one-time link, and out. */
export function loginRoutes(app: FastifyInstance, tools: PageTools): void {
  const { services } = tools

  // No HEAD: a program that only looks must not use the link up.
  app.get('/login', { exposeHeadRoute: false }, async (request, reply) => {
    const token = readQuery(request).raw('token')
    const login = token === '' ? undefined : await services.login.useLink(token)
    if (login !== undefined)
      return reply
        .setCookie(sessionCookie, login.cookie, {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: services.baseUrl().startsWith('https:'),
          expires: login.expiresAt,
        })
        .redirect('/accounts', 303)
    const context = await tools.context(defaultProject)
    const refused = token !== ''
    return tools.send(reply, loginView(context, { refused }), context, { status: refused ? 401 : 200 })
  })

  app.post('/logout', async (request, reply) => {
    await tools.change(request)
    await services.login.end(request.cookies[sessionCookie] ?? '')
    return reply.clearCookie(sessionCookie, { path: '/' }).redirect('/login', 303)
  })
}
