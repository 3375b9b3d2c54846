import type { Catalog } from '../../catalog/index.ts'
import type { AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Store } from '../store/index.ts'
import type { Integration, IntegrationSetting } from './integration.ts'

export interface IntegrationService {
  /** All of the catalog, in its order; those switched off included. */
  list(projectId: string): Promise<readonly Integration[]>
  /** @throws {HubError} `hub/integration-unknown` */
  get(projectId: string, id: string): Promise<Integration>
  setActive(projectId: string, id: string, active: boolean, actor: Actor): Promise<void>
}

/**
 * @param settings - a connector that is named here is offered in the environments named, others in those of their definition
 */
export function createIntegrations(
  catalog: Catalog,
  settings: readonly IntegrationSetting[],
  store: Store,
  clock: () => Date,
): IntegrationService {
  let offered: Promise<readonly Integration[]> | undefined
  const offer = () => {
    offered ??= offerAll(catalog, settings)
    return offered
  }
  const list = async (projectId: string) => {
    const [all, choices] = await Promise.all([offer(), store.integrations.list(projectId)])
    if (choices.length === 0) return all
    const active = new Map(choices.map((choice) => [choice.id, choice.active]))
    return all.map((integration) => ({
      ...integration,
      active: active.get(integration.id) ?? integration.active,
    }))
  }
  const get = async (projectId: string, id: string) => {
    const found = (await list(projectId)).find((integration) => integration.id === id)
    if (found === undefined)
      throw new HubError('hub/integration-unknown', { message: `There is no integration "${id}".` })
    return found
  }
  return {
    list,
    get,
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

async function offerAll(
  catalog: Catalog,
  settings: readonly IntegrationSetting[],
): Promise<readonly Integration[]> {
  const entries = await catalog.list()
  return entries.flatMap(({ plan }) =>
    plan === null ? [] : plan.authentications.flatMap((method) => offerMethod(plan, method, settings)),
  )
}

function offerMethod(
  connector: ConnectorPlan,
  method: AuthenticationPlan,
  settings: readonly IntegrationSetting[],
): readonly Integration[] {
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
      accountType: type ?? (environment === 'sandbox' ? 'test' : 'production'),
      active: true,
    }
  })
}

function nameOf(environment: string): string {
  return environment.charAt(0).toUpperCase() + environment.slice(1)
}
