import type { HubConfig, HubOptions, IntegrationSetting } from '../../hub/index.ts'
import { settingsSaid } from './settings-said.ts'

/** What a hub needs of a sandbox: whom it stands for, and where. */
interface StandIn {
  readonly connector: string
  readonly origin: string
}

const taken = [
  'databaseUrl',
  'masterKey',
  'masterKeyFile',
  'masterKeyCommand',
  'baseUrl',
  'apiKey',
  'logLevel',
  'requestsPerMinute',
  'maxRequestsUnderWay',
  'requestLog',
  'flow',
  'allowNetworks',
  'allowPorts',
] as const satisfies readonly (keyof HubConfig & keyof HubOptions)[]

/** The hub that a configuration describes, with the sandboxes that stand for providers. */
export function hubOptionsOf(
  config: HubConfig,
  connectorsFolder: string,
  sandboxes: readonly StandIn[],
): HubOptions {
  return {
    ...settingsSaid(config, taken),
    connectors: config.connectors ?? connectorsFolder,
    dataFolder: config.dataFolder,
    trustProxy: config.trustProxy,
    integrations: integrationsOf(config, sandboxes),
  }
}

/** While its sandbox runs, a connector means the sandbox, unless the configuration speaks of the connector itself. */
function integrationsOf(
  { integrations }: HubConfig,
  sandboxes: readonly StandIn[],
): readonly IntegrationSetting[] {
  const origins = new Map(sandboxes.map(({ connector, origin }) => [connector, origin]))
  const set = integrations.flatMap((setting) => {
    if (setting.origin !== 'sandbox') return [setting]
    const origin = origins.get(setting.connector)
    return origin === undefined ? [] : [{ ...setting, origin }]
  })
  const named = new Set(integrations.map(({ connector }) => connector))
  const others = sandboxes.filter(({ connector }) => !named.has(connector))
  return [
    ...set,
    ...others.map(({ connector, origin }) => ({
      connector,
      environment: 'sandbox',
      origin,
      type: 'test' as const,
    })),
  ]
}
