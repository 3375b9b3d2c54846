import type { FastifyInstance } from 'fastify'
import type { PageTools } from '../http/index.ts'
import { apiModel } from '../models/index.ts'
import { apiView } from '../views/index.ts'

/** The page of the API, from the same document that programs read. */
export function apiRoutes(app: FastifyInstance, tools: PageTools): void {
  app.get('/api', async (request, reply) => {
    const { context } = await tools.visit(request)
    return tools.send(reply, apiView(context, apiModel(app.swagger(), tools.services.baseUrl())), context)
  })
}
