export type { ExplainedRequest, Explanation } from '../plan/index.ts'
export { explainAction, findAction } from '../plan/index.ts'
export { createTransport, type NetworkRules, type Transport } from '../transport/index.ts'
export type {
  AdapterAnswer,
  AdapterCallInfo,
  BrowserUseRequest,
  CodeExecutionRequest,
  StepAdapters,
} from './adapters/step-adapters.ts'
export { beginAuthorization } from './auth/begin-authorization.ts'
export { completeAuthorization } from './auth/complete-authorization.ts'
export type { CredentialSource, EarlierRenewal } from './auth/credential-source.ts'
export type { CredentialState, ReconnectReason, StoredCredentials } from './auth/credential-state.ts'
export type {
  BeginAuthorizationOptions,
  BegunAuthorization,
  CompleteAuthorizationOptions,
  CredentialTest,
  CredentialTestResult,
  DiscoveredClient,
  IssuedCredentials,
  LinkingOptions,
  PendingAuthorization,
  RefreshCredentialsOptions,
  TestCredentialsOptions,
} from './auth/linking.ts'
export { refreshCredentials } from './auth/refresh-credentials.ts'
export { createRenewalMemory, type RenewalMemory } from './auth/renewal-memory.ts'
export { isRevocable, type RevokedTokens, revokeCredentials } from './auth/revoke-credentials.ts'
export { testCredentials } from './auth/test-credentials.ts'
export type { AnswerMemory } from './cache/answer-memory.ts'
export type { ResponseCache } from './cache/response-cache.ts'
export {
  type EventSubscription,
  type SubscribeOptions,
  subscribeEvents,
  unsubscribeEvents,
} from './events/subscriptions.ts'
export type { CircuitSettings } from './flow/circuit-breaker.ts'
export { createFlow, type Flow, type FlowState } from './flow/flow.ts'
export type { CircuitChange, CircuitPlace } from './flow/flow-caller.ts'
export type { FlowSettings } from './flow/flow-settings.ts'
export type { RetryBudgetSettings } from './flow/retry-budget.ts'
export { iterateAction } from './iterate-action.ts'
export { runAction } from './run-action.ts'
export type { Observer, RenewalReason, RunEvent } from './run-event.ts'
export type { IncomingFile, RunLimits, RunMeta, RunOptions, RunResult } from './run-options.ts'
export { type SyncOptions, type SyncPage, syncAction } from './sync/sync-action.ts'
export type { SyncState } from './sync/sync-state.ts'
