import type { Integration, IntegrationListing } from '../../integrations/integration.ts'
import type { HubServices } from '../../services.ts'
import type { ConnectSessionRecord } from '../../store/index.ts'

/** What the person of a connect session may link, and what is chosen so far. */
export interface ConnectOffer {
  /** Switched on, and within what the session names. */
  readonly integrations: readonly Integration[]
  /** Undefined while there are several connectors to choose from, or none. */
  readonly chosen: Integration | undefined
}

/**
 * @param wanted - id of an integration, from the address
 * @param provider - key of a connector, from an embedding page: it chooses within the session, never beyond
 */
export async function offerOf(
  { integrations, accounts }: HubServices,
  session: ConnectSessionRecord,
  wanted: string,
  provider: string,
): Promise<ConnectOffer> {
  const active = (await integrations.list(session.projectId)).filter((one) => one.active)
  const within = active.filter((one) => isWithin(one, session))
  const offered = await Promise.all(within.map(({ id }) => integrations.get(session.projectId, id)))
  const of = (key: string) => offered.filter(({ connector }) => connector.key === key)
  const named = offered.find(({ id }) => id === wanted)
  if (named !== undefined) return { integrations: of(named.connector.key), chosen: named }
  if (session.accountId !== null) {
    const account = await accounts.get(session.projectId, session.accountId)
    const own = of(account.provider)
    return { integrations: own, chosen: own.find(({ id }) => id === account.integrationId) ?? own[0] }
  }
  const keys = new Set(offered.map(({ connector }) => connector.key))
  const key = provider !== '' && keys.has(provider) ? provider : keys.size === 1 ? [...keys][0] : undefined
  return key === undefined
    ? { integrations: offered, chosen: undefined }
    : { integrations: of(key), chosen: of(key)[0] }
}

function isWithin(
  { connector }: IntegrationListing,
  { provider, categories }: ConnectSessionRecord,
): boolean {
  if (provider !== null) return connector.key === provider
  return (
    categories.length === 0 ||
    connector.actions.some((action) => action.categories.some((category) => categories.includes(category)))
  )
}
