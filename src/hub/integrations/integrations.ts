import type { Catalog, ConnectorListing } from '../../catalog/index.ts'
import { DefinitionError, UnknownNameError } from '../../errors/index.ts'
import type { AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Store } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import { checkSetup } from './check-setup.ts'
import type { Integration, IntegrationListing, IntegrationSetting } from './integration.ts'

export interface IntegrationService {
  /** All of the catalog, in its order; those switched off included. With an index of the catalog nothing is compiled. */
  list(projectId: string): Promise<readonly IntegrationListing[]>
  /** Those of one connector; none where it is not in the catalog, or cannot be compiled. */
  ofConnector(projectId: string, key: string): Promise<readonly Integration[]>
  /** @throws {HubError} `hub/integration-unknown` */
  get(projectId: string, id: string): Promise<Integration>
  setActive(projectId: string, id: string, active: boolean, actor: Actor): Promise<void>
  /** What the operator has registered at the provider, for runs; empty where nothing is needed. Secret. */
  setup(projectId: string, id: string): Promise<Readonly<Record<string, string>>>
  /**
   * Stores what the operator has registered at the provider. An empty secret keeps the stored one.
   *
   * @throws {HubError} `hub/integration-unknown`, `hub/invalid-request`
   */
  saveSetup(
    projectId: string,
    id: string,
    values: Readonly<Record<string, string>>,
    actor: Actor,
  ): Promise<void>
  /** Whether every required value of {@link IntegrationService.setup} is there. */
  isSetUp(projectId: string, integration: Integration): Promise<boolean>
}

/**
 * @param settings - a connector that is named here is offered in the environments named, others in those of their definition
 */
export function createIntegrations(
  catalog: Catalog,
  settings: readonly IntegrationSetting[],
  store: Store,
  vault: Vault,
  clock: () => Date,
): IntegrationService {
  let offered: Promise<readonly IntegrationListing[]> | undefined
  const offer = () => {
    offered ??= offerAll(catalog, settings)
    offered.catch(() => {
      offered = undefined
    })
    return offered
  }
  const chosen = async <Listing extends IntegrationListing>(
    projectId: string,
    all: readonly Listing[],
  ): Promise<readonly Listing[]> => {
    const choices = await store.integrations.list(projectId)
    if (choices.length === 0) return all
    const active = new Map(choices.map((choice) => [choice.id, choice.active]))
    return all.map((integration) => ({
      ...integration,
      active: active.get(integration.id) ?? integration.active,
    }))
  }
  /** Of one connector, by their ids, made once for a plan: nobody else's has to be compiled to find one. */
  const byPlan = new WeakMap<ConnectorPlan, ReadonlyMap<string, Integration>>()
  const offeredOf = async (key: string): Promise<ReadonlyMap<string, Integration>> => {
    const plan = await planOf(catalog, key)
    if (plan === undefined) return new Map()
    const known = byPlan.get(plan)
    if (known !== undefined) return known
    const offers = plan.authentications.flatMap((method) => offerMethod(plan, method, settings))
    const made = new Map(offers.map((integration) => [integration.id, integration]))
    byPlan.set(plan, made)
    return made
  }
  const find = async (id: string) => (await offeredOf(id.slice(0, id.indexOf('.')))).get(id)
  const get = async (projectId: string, id: string) => {
    const [found, choices] = await Promise.all([find(id), store.recent.integrations(projectId)])
    if (found === undefined)
      throw new HubError('hub/integration-unknown', { message: `There is no integration "${id}".` })
    const choice = choices.find((chosen) => chosen.id === id)
    return choice === undefined || choice.active === found.active
      ? found
      : { ...found, active: choice.active }
  }
  const setup = async (projectId: string, id: string) => {
    const opened = await vault.read(store.recent, { projectId, kind: 'integration', subjectId: id })
    return opened?.value ?? {}
  }
  return {
    list: async (projectId) => chosen(projectId, await offer()),
    ofConnector: async (projectId, key) => chosen(projectId, [...(await offeredOf(key)).values()]),
    get,
    // Most methods ask the operator for nothing: their runs need no second look into the vault.
    setup: async (projectId, id) =>
      (await get(projectId, id)).method.setupFields.length === 0 ? {} : setup(projectId, id),
    async isSetUp(projectId, { id, method }) {
      const required = method.setupFields.filter((field) => field.required)
      if (required.length === 0) return true
      const values = await setup(projectId, id)
      return required.every(({ key }) => (values[key] ?? '') !== '')
    },
    async saveSetup(projectId, id, values, actor) {
      const { method } = await get(projectId, id)
      const merged = checkSetup(method.setupFields, { ...(await setup(projectId, id)) }, values)
      const now = clock().toISOString()
      await store.transaction(async (repositories) => {
        await vault.write(repositories, { projectId, kind: 'integration', subjectId: id }, merged)
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'integration.set-up',
          subject: `integration:${id}`,
          detail: { fields: Object.keys(values) },
        })
      })
    },
    async setActive(projectId, id, active, actor) {
      await get(projectId, id)
      const now = clock().toISOString()
      await store.transaction(async (repositories) => {
        await repositories.integrations.setActive(projectId, id, active, now)
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: active ? 'integration.activated' : 'integration.deactivated',
          subject: `integration:${id}`,
          detail: {},
        })
      })
    },
  }
}

/** Undefined where there is none, or it cannot be compiled: then nothing of it is offered. */
async function planOf(catalog: Catalog, key: string): Promise<ConnectorPlan | undefined> {
  try {
    return await catalog.connector(key)
  } catch (error) {
    if (error instanceof UnknownNameError || error instanceof DefinitionError) return undefined
    throw error
  }
}

async function offerAll(
  catalog: Catalog,
  settings: readonly IntegrationSetting[],
): Promise<readonly IntegrationListing[]> {
  const listings = await catalog.listings()
  return listings.flatMap(({ connector }) =>
    connector === null
      ? []
      : connector.authentications.flatMap((method) => offerMethod(connector, method, settings)),
  )
}

/** As much of an integration as its connector and method tell. */
function offerMethod<
  Connector extends ConnectorListing,
  Method extends Pick<AuthenticationPlan, 'key' | 'environments'>,
>(connector: Connector, method: Method, settings: readonly IntegrationSetting[]) {
  const own = settings.filter((setting) => setting.connector === connector.key)
  const wanted: readonly Omit<IntegrationSetting, 'connector'>[] =
    own.length > 0 ? own : method.environments.map(({ key }) => ({ environment: key }))
  return wanted.map(({ environment, name, origin, type }) => {
    const declared = method.environments.find(({ key }) => key === environment)
    return {
      id: [connector.key, method.key, environment].join('.'),
      connector,
      method,
      environment: { key: environment, name: name ?? declared?.name ?? nameOf(environment) },
      ...(declared === undefined ? {} : { runEnvironment: declared.key }),
      ...(origin === undefined ? {} : { origin }),
      accountType: type ?? (environment === 'sandbox' ? ('test' as const) : ('production' as const)),
      active: true,
    }
  })
}

function nameOf(environment: string): string {
  return environment.charAt(0).toUpperCase() + environment.slice(1)
}
