export type { ActionPlan, Evidence, InputPlan, ListingPlan } from './action-plan.ts'
export { secondsOf } from './auth/compile-oauth.ts'
export { checkTyped } from './auth/credential-field.ts'
export type {
  DiagnosisRule,
  McpAuthorizationPlan,
  OAuthPlan,
  RefreshPlan,
  RevocationPlan,
  TestActionPlan,
  TokenReading,
} from './auth/oauth-plan.ts'
export { type Compilation, compileConnector, compileModel } from './compile-connector.ts'
export {
  asksConfirmation,
  type ConfirmedCalls,
  confirmedCalls,
} from './confirmation/asks-confirmation.ts'
export { type ConfirmedCall, callFingerprint } from './confirmation/call-fingerprint.ts'
export type { AuthenticationPlan, ConnectorPlan, CredentialField, LinkingGuide } from './connector-plan.ts'
export type { EventsPlan } from './events/events-plan.ts'
export {
  type IncomingDelivery,
  identifyAccount,
  type RoutedAction,
  type RoutedDelivery,
  type RouteOptions,
  routeEvent,
} from './events/route-event.ts'
export type { DifferenceCode } from './exact/differences.ts'
export type { RequestNote } from './exact/request-note.ts'
export { explainAction } from './explain/explain-action.ts'
export type { ExplainedRequest, Explanation } from './explain/explained-request.ts'
export { renderCurl } from './explain/render-curl.ts'
export { renderHar } from './explain/render-har.ts'
export { renderHttp } from './explain/render-http.ts'
export { sampleInputs } from './inputs/sample-inputs.ts'
export { type LoadedConnector, loadConnector } from './load-connector.ts'
export { checkOrigin, isLoopback } from './origin.ts'
export { type CursorPayload, decodeCursor, encodeCursor } from './paging/cursor-token.ts'
export { iteratorParameters } from './paging/iterator-parameters.ts'
export { type EngineCursor, type ListingState, restoreCursor, restoreState } from './paging/listing-state.ts'
export { pageParameters } from './paging/page-parameters.ts'
export type { PagePosition, PageRequest, PagingPlan, ReceivedPage } from './paging/paging-plan.ts'
export {
  type CallOptions,
  findAction,
  findAuthentication,
  findEnvironment,
  type PreparedCall,
  prepareActionCall,
  prepareCall,
  prepareCredentials,
  renewCall,
} from './prepare-call.ts'
export type { LimitsPlan, PoolLimit, RequestBudget } from './request/compile-limits.ts'
export type { LookupPlan } from './request/compile-lookup.ts'
export type { RateLimitReader } from './request/compile-rate-limit.ts'
export type { CustomErrorView, ResponsePlan } from './request/compile-response.ts'
export type { FileSource } from './request/file-input.ts'
export type { PageParameters, RequestPlan } from './request/request-plan.ts'
export type {
  FlowType,
  IterationSnapshot,
  RunContext,
  StepFailure,
  StepOutput,
  StepSnapshot,
} from './run-context.ts'
export type {
  AdapterCall,
  ChunksPlan,
  DownloadCall,
  DownloadPlan,
  McpCall,
  McpParameters,
  PageIterator,
  PaginatedRequestCall,
  PureCall,
  RequestCall,
  StepCall,
  StepPlan,
  StepResult,
} from './step-plan.ts'
export type { SyncPlan } from './sync/sync-plan.ts'
