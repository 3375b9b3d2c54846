import type { ConnectorListing } from '../../catalog/index.ts'
import type { AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import type { AccountType } from '../store/index.ts'

/** What lists show of an integration: nothing is compiled for it. */
export interface IntegrationListing {
  readonly id: string
  readonly connector: ConnectorListing
  readonly environment: Integration['environment']
  readonly accountType: AccountType
  readonly active: boolean
  /** Replaces the provider's own scheme, host and port. */
  readonly origin?: string
}

/** What can be linked: a connector with one of its authentication methods in one environment. */
export interface Integration extends IntegrationListing {
  /** Stable: `clockwork.api_key.production`. */
  readonly id: string
  readonly connector: ConnectorPlan
  readonly method: AuthenticationPlan
  /** Of the hub: one of the definition's, or `sandbox`. */
  readonly environment: { readonly key: string; readonly name: string }
  /** What the engine is told: a sandbox is the definition's default with another origin. */
  readonly runEnvironment?: string
  /** Of the accounts that are linked with it. */
  readonly accountType: AccountType
  readonly active: boolean
}

/** One entry of the configuration: where calls of a connector go. */
export interface IntegrationSetting {
  readonly connector: string
  /** One of the definition's environments, or a name of the operator's with an `origin`. */
  readonly environment: string
  readonly name?: string
  readonly origin?: string
  readonly type?: AccountType
}
