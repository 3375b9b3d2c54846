import { Type } from 'typebox'
import type { ApiPlugin } from './api-plugin.ts'

const tags = ['Operation']
const StatusJson = Type.Object({ status: Type.String() })

/** For whoever watches the process. */
export const healthRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/health',
    { schema: { tags, summary: 'Whether the process answers', response: { 200: StatusJson } } },
    async () => ({ status: 'ok' }),
  )
  app.get(
    '/ready',
    {
      schema: {
        tags,
        summary: 'Whether the hub can work: the database answers',
        response: { 200: StatusJson, 503: StatusJson },
      },
    },
    async (_request, reply) => {
      const ready = await services.store.isReady()
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'the database does not answer' })
    },
  )
}
