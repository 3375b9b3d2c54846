import type { FastifyPluginAsync } from 'fastify'
import { HubError } from '../hub-error.ts'
import { defaultProject, type HubServices } from '../services.ts'
import { loadAssets } from './assets/load-assets.ts'
import { createPageTools, forPeople, sendErrorPage } from './http/index.ts'
import { accountRoutes } from './routes/accounts.ts'
import { apiRoutes } from './routes/api.ts'
import { assetRoutes } from './routes/assets.ts'
import { auditRoutes } from './routes/audit.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { confirmationRoutes } from './routes/confirmations.ts'
import { connectRoutes } from './routes/connect.ts'
import { linkAccountRoutes } from './routes/link-account.ts'
import { loginRoutes } from './routes/login.ts'
import { logRoutes } from './routes/logs.ts'
import { policyRoutes } from './routes/policies.ts'
import { settingsRoutes } from './routes/settings.ts'
import { tryRoutes } from './routes/try.ts'
import { webhookRoutes } from './routes/webhooks.ts'

export { readerConstraint } from './http/index.ts'

/** What every page works with. */
export interface PageOptions {
  readonly services: HubServices
}

/** The pages for people. */
export const pages: FastifyPluginAsync<PageOptions> = async (app, { services }) => {
  const assets = await loadAssets()
  const tools = createPageTools(services, assets)
  // The OpenAPI document speaks to programs.
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true }
  })
  app.setErrorHandler((error, request, reply) => sendErrorPage(error, request, reply, tools))
  // Compiling a hundred connectors takes seconds: rather now than when the first person waits for a page.
  app.addHook('onListen', async () => {
    void services.integrations
      .list(defaultProject)
      .catch((error: unknown) => app.log.warn({ error: nameOf(error) }, 'the catalog cannot be read'))
  })
  app.get('/', async (_, reply) => reply.redirect('/accounts', 303))
  app.get('/*', forPeople, async (request) => {
    throw new HubError('hub/not-found', { message: `There is no page ${request.url.split('?', 1)[0]}.` })
  })
  assetRoutes(app, assets)
  loginRoutes(app, tools)
  linkAccountRoutes(app, tools)
  accountRoutes(app, tools)
  catalogRoutes(app, tools)
  apiRoutes(app, tools)
  tryRoutes(app, tools)
  logRoutes(app, tools)
  policyRoutes(app, tools)
  confirmationRoutes(app, tools)
  auditRoutes(app, tools)
  settingsRoutes(app, tools)
  webhookRoutes(app, tools)
  connectRoutes(app, tools)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
