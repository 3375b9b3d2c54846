import type { Generated } from 'kysely'

/**
 * The tables as the query builder sees them. Times are ISO 8601 texts in UTC with milliseconds, yes and no are 1 and
 * 0, and what has an inner shape is JSON text: the same on SQLite and PostgreSQL.
 */
export interface Tables {
  project: ProjectTable
  apiKey: ApiKeyTable
  loginLink: LoginLinkTable
  loginSession: LoginSessionTable
  integration: IntegrationTable
  account: AccountTable
  vaultKey: VaultKeyTable
  vaultRecord: VaultRecordTable
  lease: LeaseTable
  connectSession: ConnectSessionTable
  submission: SubmissionTable
  connectionAttempt: ConnectionAttemptTable
  audit: AuditTable
  requestLog: RequestLogTable
  idempotency: IdempotencyTable
  policy: PolicyTable
  webhook: WebhookTable
  webhookEvent: WebhookEventTable
  webhookDelivery: WebhookDeliveryTable
  confirmation: ConfirmationTable
  subscription: SubscriptionTable
  incomingDelivery: IncomingDeliveryTable
}

export interface ProjectTable {
  id: string
  settings: string
  createdAt: string
  updatedAt: string
}

export interface ApiKeyTable {
  id: string
  projectId: string
  name: string
  /** The first characters, to tell keys apart. */
  prefix: string
  hash: string
  scopes: string
  accountId: string | null
  createdAt: string
  lastUsedAt: string | null
  revokedAt: string | null
  /** Of the key before the last rotation, in force until {@link previousUntil}. */
  previousHash: string | null
  previousUntil: string | null
  rotatedAt: string | null
}

export interface LoginLinkTable {
  id: string
  projectId: string
  hash: string
  createdAt: string
  expiresAt: string
  usedAt: string | null
}

export interface LoginSessionTable {
  id: string
  projectId: string
  hash: string
  createdAt: string
  expiresAt: string
}

export interface IntegrationTable {
  projectId: string
  id: string
  active: number
  updatedAt: string
}

export interface AccountTable {
  id: string
  projectId: string
  provider: string
  integrationId: string
  authentication: string
  environment: string
  type: string
  originOwnerId: string
  originOwnerName: string
  originUsername: string | null
  label: string | null
  status: string
  statusReasons: string
  setupInformation: string
  metadata: string
  /** Provider and owner where they make one account; null where an owner may link several. */
  identityKey: string | null
  /** What the search of the accounts page looks through, in lower case. */
  searchText: string
  lastUsedAt: string | null
  lastError: string | null
  createdAt: string
  updatedAt: string
}

export interface VaultKeyTable {
  id: string
  createdAt: string
  /** A known text, sealed: it opens with the right master key only. */
  proof: Uint8Array
}

export interface VaultRecordTable {
  projectId: string
  kind: string
  subjectId: string
  version: number
  keyId: string
  sealed: Uint8Array
  updatedAt: string
}

export interface LeaseTable {
  name: string
  holder: string
  /** Grows with every holder. */
  fence: number
  /** Milliseconds since the epoch, by the clock of the database; 0 where it was given back. */
  untilMs: number
  /** 1 where the holder before this one never gave it back. */
  interrupted: number
}

export interface ConnectSessionTable {
  id: Generated<number>
  projectId: string
  tokenHash: string
  linkHash: string
  originOwnerId: string
  originOwnerName: string
  originUsername: string | null
  provider: string | null
  categories: string
  accountId: string | null
  multiple: number
  label: string | null
  metadata: string
  type: string | null
  createdAt: string
  tokenExpiresAt: string
  linkExpiresAt: string
}

export interface SubmissionTable {
  connectSessionId: number
  nonce: string
  accountId: string
  createdAt: string
}

export interface ConnectionAttemptTable {
  id: string
  projectId: string
  connectSessionId: number | null
  integrationId: string | null
  stateHash: string | null
  status: string
  accountId: string | null
  error: string | null
  createdAt: string
  expiresAt: string
}

export interface AuditTable {
  seq: Generated<number>
  projectId: string
  at: string
  actor: string
  action: string
  subject: string
  detail: string
  previousHash: string
  hash: string
}

export interface RequestLogTable {
  id: string
  projectId: string
  at: string
  accountId: string | null
  provider: string | null
  action: string | null
  source: string
  caller: string
  requestId: string
  method: string | null
  path: string | null
  errorCode: string | null
  status: number
  durationMs: number
  requests: number
  success: number
  /** What happened on the way, redacted. */
  detail: string
}

export interface IdempotencyTable {
  projectId: string
  caller: string
  idempotencyKey: string
  /** Of the request: another one under the same key is refused. */
  fingerprint: string
  /** Where the vault keeps the answer. */
  answerId: string
  createdAt: string
  finishedAt: string | null
}

export interface PolicyTable {
  projectId: string
  /** `project`, `agents` or `key:<id>`. */
  subject: string
  rules: string
  updatedAt: string
}

export interface WebhookTable {
  id: string
  projectId: string
  url: string
  events: string
  createdAt: string
  active: number
}

export interface WebhookEventTable {
  id: string
  projectId: string
  event: string
  recordId: string
  payload: string
  createdAt: string
}

export interface WebhookDeliveryTable {
  id: string
  projectId: string
  webhookId: string
  eventId: string
  status: string
  attempts: number
  nextAt: string
  createdAt: string
  deliveredAt: string | null
  lastError: string | null
}

export interface ConfirmationTable {
  id: string
  projectId: string
  /** Of the token; the token itself is stored nowhere. */
  hash: string
  /** Of the call: account, action and inputs. */
  fingerprint: string
  caller: string
  accountId: string
  action: string
  createdAt: string
  expiresAt: string
  /** Null while an operator has not agreed. */
  approvedAt: string | null
  approvedBy: string | null
}

export interface SubscriptionTable {
  id: string
  projectId: string
  accountId: string
  provider: string
  tokenHash: string
  status: string
  events: string
  createdAt: string
  lastDeliveryAt: string | null
}

export interface IncomingDeliveryTable {
  id: string
  projectId: string
  subscriptionId: string
  accountId: string
  status: string
  actions: string
  receivedAt: string
  nextAt: string
  ignored: number
  attempts: number
  position: number
  started: number
  replayKey: string | null
  finishedAt: string | null
  error: string | null
}
