import type { FastifyInstance } from 'fastify'
import type { CatalogListing } from '../../../catalog/index.ts'
import { fieldName } from '../../../ui/index.ts'
import { HubError } from '../../hub-error.ts'
import { type PageTools, readForm, readQuery, type Visit } from '../http/index.ts'
import { integrationSetup, nameOf } from '../models/index.ts'
import { type CatalogConnector, type ConnectorModel, catalogView, connectorView } from '../views/index.ts'

const maxFoundActions = 30

/** What can be linked, and what it can do. */
export function catalogRoutes(app: FastifyInstance, tools: PageTools): void {
  const { services } = tools
  const { catalog, integrations, settings, store } = services

  app.get('/catalog', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const search = readQuery(request).text('search').slice(0, 200)
    const [listings, linked, hits] = await Promise.all([
      catalog.listings(),
      store.accounts.countByProvider(projectId),
      search === '' ? [] : catalog.search(search),
    ])
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const view = catalogView(context, {
      search,
      connectors: listings
        .filter((listing) => words.every((word) => searchedText(listing).includes(word)))
        .map((listing) => toTile(listing, linked.get(listing.key) ?? 0)),
      actions: hits.slice(0, maxFoundActions).map(({ connector, action }) => ({
        id: action.qualifiedId,
        label: action.label,
        connectorKey: connector.key,
        connectorTitle: connector.title,
      })),
    })
    return tools.send(reply, view, context)
  })

  app.get('/catalog/:key', async (request, reply) => {
    const visit = await tools.visit(request)
    const { key } = request.params as { key: string }
    const tab = readQuery(request).text('tab')
    const model = await connectorModel(visit, key, tab === 'guide' || tab === 'linking' ? tab : 'actions')
    return tools.send(reply, connectorView(visit.context, model), visit.context)
  })

  app.post('/catalog/integrations/:id', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const { id } = request.params as { id: string }
    const active = readForm(request).text('active') === 'yes'
    const { connector } = await integrations.get(projectId, id)
    await integrations.setActive(projectId, id, active, actor)
    return tools.goTo(reply, `/catalog/${connector.key}?tab=linking`, active ? 'switched-on' : 'switched-off')
  })

  app.post('/catalog/integrations/:id/setup', async (request, reply) => {
    const visit = await tools.change(request)
    const { id } = request.params as { id: string }
    const { connector, method } = await integrations.get(visit.projectId, id)
    const form = readForm(request)
    const values = Object.fromEntries(method.setupFields.map(({ key }) => [key, form.raw(fieldName(key))]))
    try {
      await integrations.saveSetup(visit.projectId, id, values, visit.actor)
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'hub/invalid-request') throw error
      const model = await connectorModel(visit, connector.key, 'linking', { id, message: error.message })
      return tools.send(reply, connectorView(visit.context, model), visit.context, { status: 422 })
    }
    return tools.goTo(reply, `/catalog/${connector.key}?tab=linking`, 'saved')
  })

  async function connectorModel(
    { projectId }: Visit,
    key: string,
    tab: ConnectorModel['tab'],
    refused?: { readonly id: string; readonly message: string },
  ): Promise<ConnectorModel> {
    const [connector, own, { hideHubSections }] = await Promise.all([
      catalog.describe(key),
      integrations.ofConnector(projectId, key),
      settings.get(projectId),
    ])
    return {
      connector,
      actions: connector.actions,
      methods: connector.authentications,
      integrations: await Promise.all(
        own.map(async (integration) => ({
          id: integration.id,
          methodLabel: integration.method.label,
          environmentName: integration.environment.name,
          active: integration.active,
          type: integration.accountType,
          setup: {
            ...(await integrationSetup(services, projectId, integration)),
            ...(refused?.id === integration.id ? { error: refused.message } : {}),
          },
        })),
      ),
      tab,
      whiteLabel: hideHubSections,
    }
  }
}

function searchedText({ key, connector }: CatalogListing): string {
  return [key, connector?.title, connector?.description].join('\n').toLowerCase()
}

function toTile({ key, connector, errors }: CatalogListing, accountCount: number): CatalogConnector {
  if (connector === null) {
    const [first] = errors
    const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : ''
    return {
      key,
      title: key,
      description: '',
      actionCount: 0,
      accountCount,
      problem: `${first?.message ?? 'Its definition has errors.'}${more}`,
    }
  }
  return {
    ...nameOf(connector),
    description: connector.description ?? '',
    actionCount: connector.actions.length,
    accountCount,
  }
}
