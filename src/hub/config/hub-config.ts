import type { HubOptions } from '../hub-options.ts'
import type { IntegrationSetting } from '../integrations/integration.ts'

/** How to start a hub, from file, environment and options together. Paths are absolute. */
export interface HubConfig {
  readonly dataFolder: string
  /** Whether somebody named the folder, or it is the usual one. */
  readonly dataFolderNamed: boolean
  readonly host: string
  /** Undefined: the usual one, or any free one where that is taken. */
  readonly port: number | undefined
  readonly baseUrl?: string
  readonly connectors?: string
  readonly databaseUrl?: string
  readonly masterKey?: string
  readonly masterKeyFile?: string
  readonly masterKeyCommand?: readonly string[]
  readonly apiKey?: string
  readonly trustProxy: boolean
  readonly logLevel?: NonNullable<HubOptions['logLevel']>
  readonly requestsPerMinute?: number
  readonly maxRequestsUnderWay?: number
  readonly requestLog?: NonNullable<HubOptions['requestLog']>
  readonly allowNetworks?: readonly string[]
  readonly allowPorts?: readonly number[]
  /** Ceilings, circuits and processes of requests to providers. */
  readonly flow: NonNullable<HubOptions['flow']>
  readonly sandbox: boolean
  /** An `origin` of `sandbox` stands for the one that is started beside the hub. */
  readonly integrations: readonly IntegrationSetting[]
}

export const usualPort = 4000
export const usualDataFolder = 'mainspring-data'
