export { createLock, type Exclusively, type Leases, type LockClock, lockTimes } from './lock.ts'
export type { DatabaseAddress, DatabaseKind } from './open-database.ts'
export type {
  AccountChanges,
  AccountFailure,
  AccountFilter,
  AccountRecord,
  AccountStatus,
  AccountType,
  ListWindow,
  StatusReason,
} from './repositories/accounts.ts'
export type { ApiKeyRecord, ApiKeyScope } from './repositories/api-keys.ts'
export type { AttemptRecord, AttemptStatus } from './repositories/attempts.ts'
export type { AuditEntry, AuditRecord, AuditVerdict } from './repositories/audit.ts'
export type { ConfirmationRecord } from './repositories/confirmations.ts'
export type { ConnectSessionRecord } from './repositories/connect-sessions.ts'
export type { IdempotencyRecord } from './repositories/idempotency.ts'
export type { IncomingDeliveryRecord, IncomingStatus } from './repositories/incoming-deliveries.ts'
export type { Lease } from './repositories/leases.ts'
export type { LoginSessionRecord } from './repositories/logins.ts'
export type { PolicyRecord } from './repositories/policies.ts'
export type {
  LoggedEvent,
  RequestLogDetail,
  RequestLogFilter,
  RequestLogOrder,
  RequestLogPlace,
  RequestLogRecord,
} from './repositories/request-logs.ts'
export type { SubscriptionRecord, SubscriptionStatus } from './repositories/subscriptions.ts'
export type { VaultKind, VaultSubject } from './repositories/vault.ts'
export type {
  DeliveryRecord,
  DeliveryStatus,
  DueDelivery,
  WebhookEventRecord,
  WebhookRecord,
} from './repositories/webhooks.ts'
export { openStore, type Repositories, type Store, type StoreHealth } from './store.ts'
