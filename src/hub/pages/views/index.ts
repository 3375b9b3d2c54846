export type { AccountEventsModel } from './account-events.ts'
export { type AccountModel, accountView, disconnectView } from './account-view.ts'
export { type AccountRow, type AccountsFilter, type AccountsModel, accountsView } from './accounts-view.ts'
export { type ApiModel, type ApiOperation, type ApiParameter, apiView } from './api-view.ts'
export { type AuditModel, type AuditRow, auditView } from './audit-view.ts'
export { type CatalogConnector, type CatalogModel, catalogView } from './catalog-view.ts'
export { confirmationsView, type WaitingCall } from './confirmations-view.ts'
export {
  type Choice,
  type ConnectFailureModel,
  type ConnectModel,
  connectView,
} from './connect-view.ts'
export { connectorPickerView, type PickerModel } from './connector-picker-view.ts'
export { type ConnectorModel, connectorView, type IntegrationSetup } from './connector-view.ts'
export { departureView, popupView } from './departure-view.ts'
export { type ErrorModel, errorView } from './error-view.ts'
export {
  authLinkView,
  embedView,
  inviteView,
  type LinkAccountModel,
  linkHereView,
} from './link-account-view.ts'
export { type LinkedModel, linkedView } from './linked-view.ts'
export { loginView } from './login-view.ts'
export { type LogModel, type LogRow, type LogsFilter, logsView, logView } from './logs-view.ts'
export { type PolicyFormModel, type PolicyRow, policiesView, policyView } from './policies-view.ts'
export { keysView, lookView, originsView } from './settings-view.ts'
export {
  type TryFailure,
  type TryModel,
  type TryOutcome,
  type TryRequest,
  tryRequest,
  trySnippets,
  tryView,
} from './try-view.ts'
export { type WebhooksModel, webhooksView } from './webhooks-view.ts'
