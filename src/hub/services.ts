import type { Catalog } from '../catalog/index.ts'
import { createFlow, type Flow, type FlowSettings, type Transport } from '../engine/index.ts'
import { type AccountService, createAccounts } from './accounts/accounts.ts'
import { createDisconnect, type Disconnect } from './accounts/disconnect.ts'
import { createTokenRevocation } from './accounts/revoke-tokens.ts'
import { type ActionDirectory, createActionDirectory } from './actions/action-directory.ts'
import { type AuditService, createAuditLog } from './audit/audit-log.ts'
import { type ConfirmationService, createConfirmations } from './confirmations/confirmations.ts'
import { type AuthorizationService, createAuthorizations } from './connect/authorizations.ts'
import { type ConnectSessionService, createConnectSessions } from './connect/connect-sessions.ts'
import { createLinking, type LinkService } from './connect/link-accounts.ts'
import { createDeliveryHandler, type DeliveryHandler } from './events/handle-deliveries.ts'
import { createEventInbox, type EventInbox } from './events/inbox.ts'
import { createSubscriptions, type SubscriptionService } from './events/subscriptions.ts'
import { createIdempotency, type IdempotencyService } from './idempotency/idempotency.ts'
import type { IntegrationSetting } from './integrations/integration.ts'
import { createIntegrations, type IntegrationService } from './integrations/integrations.ts'
import { type ApiKeyService, createApiKeys } from './keys/api-keys.ts'
import { createLogin, type LoginService } from './login/login.ts'
import { createRequestLogs, type RequestLogBounds, type RequestLogService } from './logs/request-logs.ts'
import { createPolicies, type PolicyService } from './policies/policies.ts'
import { createRuns, type RunService } from './runs/runs.ts'
import { createToolBoxes, type ToolBoxService } from './runs/tool-boxes.ts'
import { createSettings, type SettingsService } from './settings/settings.ts'
import type { Store } from './store/index.ts'
import type { KeyRing } from './vault/key-ring.ts'
import { createVault, type Vault } from './vault/vault.ts'
import { createEventSender } from './webhooks/deliver.ts'
import { createWebhooks, type WebhookService } from './webhooks/webhooks.ts'

/** A hub has one project for now; every row carries it all the same. */
export const defaultProject = 'default'

/** What the hub can do, without HTTP and without HTML. */
export interface HubServices {
  /** Where people reach the hub; without a slash at the end. */
  readonly baseUrl: () => string
  readonly clock: () => Date
  readonly store: Store
  readonly vault: Vault
  readonly keyRing: KeyRing
  readonly catalog: Catalog
  readonly integrations: IntegrationService
  readonly accounts: AccountService
  readonly connectSessions: ConnectSessionService
  readonly linking: LinkService
  readonly authorizations: AuthorizationService
  readonly keys: ApiKeyService
  readonly audit: AuditService
  readonly login: LoginService
  readonly settings: SettingsService
  readonly policies: PolicyService
  readonly confirmations: ConfirmationService
  readonly runs: RunService
  /** Budgets, ceilings and circuits of all accounts; of this process. */
  readonly flow: Flow
  readonly toolBoxes: ToolBoxService
  readonly actions: ActionDirectory
  readonly requestLogs: RequestLogService
  readonly idempotency: IdempotencyService
  readonly webhooks: WebhookService
  readonly subscriptions: SubscriptionService
  readonly disconnect: Disconnect
  readonly inbox: EventInbox
  readonly deliveries: DeliveryHandler
}

export interface ServiceParts {
  readonly baseUrl: () => string
  readonly clock: () => Date
  readonly store: Store
  readonly keyRing: KeyRing
  readonly catalog: Catalog
  readonly integrations: readonly IntegrationSetting[]
  /** Sends all requests of the hub. */
  readonly transport: Transport
  readonly requestLog?: RequestLogBounds
  readonly flow?: FlowSettings | undefined
}

export function createServices(parts: ServiceParts): HubServices {
  const { baseUrl, clock, store, keyRing, catalog, transport } = parts
  const vault = createVault(keyRing, clock)
  const integrations = createIntegrations(catalog, parts.integrations, store, vault, clock)
  const accounts = createAccounts(store, vault, integrations, clock)
  const policies = createPolicies(store, clock)
  const confirmations = createConfirmations(store, vault, clock)
  const requestLogs = createRequestLogs(store, clock, parts.requestLog)
  const flow = createFlow(parts.flow)
  const through = { flow, transport }
  const runs = createRuns({
    accounts,
    catalog,
    policies,
    confirmations,
    logs: requestLogs,
    clock,
    ...through,
  })
  const linking = createLinking({ store, vault, integrations, accounts, clock, ...through })
  const deliveries = createDeliveryHandler({ store, vault, accounts, runs, clock, random: Math.random })
  const subscriptions = createSubscriptions({ store, vault, accounts, baseUrl, clock, ...through })
  const onTaken = () => void deliveries.handleDue().catch(() => undefined)
  return {
    baseUrl,
    clock,
    store,
    vault,
    keyRing,
    catalog,
    integrations,
    accounts,
    connectSessions: createConnectSessions(store, clock),
    linking,
    authorizations: createAuthorizations({ store, vault, integrations, linking, baseUrl, clock, ...through }),
    keys: createApiKeys(store, clock),
    audit: createAuditLog(store),
    login: createLogin(store, clock),
    settings: createSettings(store, clock),
    policies,
    confirmations,
    runs,
    flow,
    toolBoxes: createToolBoxes(runs),
    actions: createActionDirectory(catalog),
    requestLogs,
    idempotency: createIdempotency(store, vault, clock),
    webhooks: createWebhooks(store, vault, clock, createEventSender(transport)),
    subscriptions,
    disconnect: createDisconnect(
      accounts,
      subscriptions,
      createTokenRevocation({ accounts, policies, clock, ...through }),
    ),
    inbox: createEventInbox({ store, vault, accounts, clock, onTaken }),
    deliveries,
  }
}
