import { Type } from 'typebox'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { connectorMeta } from './connector-meta.ts'
import { ConnectorMetaJson, ErrorJson } from './schemas.ts'

const tags = ['Connectors']

/** The connectors that can be linked. */
export const connectorRoutes: ApiPlugin = async (app, { services }) => {
  const querystring = Type.Object({ include: Type.Optional(Type.String()) })
  app.get(
    '/connectors/meta',
    {
      schema: {
        tags,
        summary: 'List connectors',
        security: withKey,
        querystring,
        response: { 200: Type.Array(ConnectorMetaJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'read')
      const [entries, integrations] = await Promise.all([
        services.catalog.listings(),
        services.integrations.list(projectId),
      ])
      return entries.flatMap(({ connector }) =>
        connector === null ? [] : [connectorMeta(connector, integrations)],
      )
    },
  )

  app.get(
    '/connectors/meta/:provider',
    {
      schema: {
        tags,
        summary: 'Describe a connector',
        security: withKey,
        querystring,
        params: Type.Object({ provider: Type.String() }),
        response: { 200: ConnectorMetaJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'read')
      const connector = await services.catalog.connector(request.params.provider)
      return connectorMeta(connector, await services.integrations.ofConnector(projectId, connector.key))
    },
  )
}
