import type { FastifyInstance } from 'fastify'
import type { CatalogListing } from '../../../catalog/index.ts'
import { type PageTools, readForm, readQuery } from '../http/index.ts'
import { nameOf } from '../models/index.ts'
import { type CatalogConnector, catalogView, connectorView } from '../views/index.ts'

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
    const { projectId, context } = await tools.visit(request)
    const { key } = request.params as { key: string }
    const tab = readQuery(request).text('tab')
    const [connector, all, { hideHubSections }] = await Promise.all([
      catalog.describe(key),
      integrations.list(projectId),
      settings.get(projectId),
    ])
    const view = connectorView(context, {
      connector,
      actions: connector.actions,
      methods: connector.authentications,
      integrations: all
        .filter((one) => one.connector.key === key)
        .map(({ id, method, environment, active, accountType }) => ({
          id,
          methodLabel: method.label,
          environmentName: environment.name,
          active,
          type: accountType,
        })),
      tab: tab === 'guide' || tab === 'linking' ? tab : 'actions',
      whiteLabel: hideHubSections,
    })
    return tools.send(reply, view, context)
  })

  app.post('/catalog/integrations/:id', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const { id } = request.params as { id: string }
    const active = readForm(request).text('active') === 'yes'
    const { connector } = await integrations.get(projectId, id)
    await integrations.setActive(projectId, id, active, actor)
    return tools.goTo(reply, `/catalog/${connector.key}?tab=linking`, active ? 'switched-on' : 'switched-off')
  })
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
