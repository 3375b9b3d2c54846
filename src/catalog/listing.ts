import type { Diagnostic } from '../errors/index.ts'
import type { ActionPlan, AuthenticationPlan, ConnectorPlan, CredentialField } from '../plan/index.ts'

/** What lists and searches need of an action; every plan of an action is one. */
export type ActionListing = Pick<
  ActionPlan,
  | 'id'
  | 'qualifiedId'
  | 'label'
  | 'description'
  | 'actionType'
  | 'categories'
  | 'stage'
  | 'effect'
  | 'passthrough'
  | 'evidence'
  | 'listing'
>

/** What lists and searches need of a connector; every plan of a connector is one. */
export interface ConnectorListing
  extends Pick<ConnectorPlan, 'key' | 'title' | 'version' | 'description' | 'icon' | 'resources'> {
  readonly authentications: readonly AuthenticationListing[]
  readonly actions: readonly ActionListing[]
}

export interface AuthenticationListing
  extends Pick<AuthenticationPlan, 'key' | 'label' | 'type' | 'environments'> {
  readonly configFields: readonly Pick<CredentialField, 'key' | 'label' | 'required' | 'secret'>[]
}

/** An action with what documentation and agents need to call it. */
export interface ActionSummary
  extends ActionListing,
    Pick<ActionPlan, 'details' | 'inputs' | 'inputSchema' | 'outputSchema'> {
  /** Whether every call of it may be sent twice: what is lost is then tried again. */
  readonly repeatable: boolean
  /** Inputs that make a call, for examples; never meant to be sent. */
  readonly sample: Readonly<Record<string, unknown>>
}

/** All of an authentication method that is data: its fields, guide and test actions. */
export interface AuthenticationSummary
  extends Pick<
    AuthenticationPlan,
    'key' | 'label' | 'type' | 'environments' | 'configNotices' | 'setupNotices' | 'support' | 'guide'
  > {
  readonly testActions: readonly { readonly actionId: string; readonly required: boolean }[]
  readonly configFields: readonly FieldSummary[]
  readonly setupFields: readonly FieldSummary[]
}

export type FieldSummary = Omit<CredentialField, 'location'>

/** Everything about a connector that is data: what a hub, a page or an agent shows without compiling it. */
export interface ConnectorSummary extends ConnectorListing {
  readonly authentications: readonly AuthenticationSummary[]
  readonly actions: readonly ActionSummary[]
}

/** One connector of a catalog; `connector` is null where it cannot be compiled. */
export interface CatalogListing {
  /** As the loader is given it. */
  readonly path: string
  readonly key: string
  readonly connector: ConnectorListing | null
  /** Why it cannot be compiled; empty where it can, whatever warnings it has. */
  readonly errors: readonly Diagnostic[]
}
