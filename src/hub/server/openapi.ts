import swagger from '@fastify/swagger'
import plugin from 'fastify-plugin'

/** `/openapi.json`, made from the schemas of the routes. A route without one, such as a page, is not in it. */
export const describeApi = plugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Mainspring hub',
        description: 'Linked accounts, connect sessions and the catalog of connectors.',
        version: '1.0.0',
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'basic', description: 'The API key as user name, no password.' },
          connectSession: { type: 'apiKey', in: 'header', name: 'x-hub-session-token' },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: schema ?? { hide: true }, url }),
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
})
