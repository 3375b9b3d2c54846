import type { ConnectorListing } from '../../catalog/index.ts'
import type { IntegrationListing } from '../integrations/integration.ts'

/** What the API says about a connector as a whole. */
export function connectorMeta(connector: ConnectorListing, integrations: readonly IntegrationListing[]) {
  return {
    provider: connector.key,
    provider_name: connector.title,
    category: categoryOf(connector),
    active: integrations.some(({ connector: { key }, active }) => active && key === connector.key),
    version: connector.version,
    models: {},
    resources: { images: { logo_url: connector.icon ?? null } },
  }
}

/** The one that most of its actions have; those of the engine's own are no business category. */
function categoryOf({ actions }: ConnectorListing): string {
  const counts = new Map<string, number>()
  for (const category of actions.flatMap(({ categories }) => categories)) {
    if (category !== 'internal') counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a)
  return first?.[0] ?? 'other'
}
