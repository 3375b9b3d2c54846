/**
 * Mainspring as a library: load a connector, compile it once, run its actions.
 *
 * @packageDocumentation
 */
export {
  type BeginAuthorizationOptions,
  type BegunAuthorization,
  type CompleteAuthorizationOptions,
  type CredentialSource,
  type CredentialState,
  type CredentialTest,
  type CredentialTestResult,
  type DiscoveredClient,
  type ExplainedRequest,
  type Explanation,
  explainAction,
  type IssuedCredentials,
  iterateAction,
  type LinkingOptions,
  type Observer,
  type PendingAuthorization,
  type ReconnectReason,
  type RefreshCredentialsOptions,
  type RunEvent,
  type RunLimits,
  type RunMeta,
  type RunOptions,
  type RunResult,
  runAction,
  type StoredCredentials,
  type TestCredentialsOptions,
  testCredentials,
} from './engine/index.ts'
export {
  AuthError,
  DefinitionError,
  type Diagnostic,
  type ErrorCode,
  ExpressionError,
  errorCatalogue,
  FileError,
  InputError,
  type InputProblem,
  InternalError,
  type Location,
  MainspringError,
  NetworkError,
  PagingError,
  PolicyError,
  ProviderError,
  ResponseError,
  StepError,
  UnknownNameError,
  WriteOutcomeUnknownError,
} from './errors/index.ts'
export { type CompiledExpression, compileExpression } from './expression/index.ts'
export {
  type ActionPlan,
  type ConnectorPlan,
  compileConnector,
  type InputPlan,
  type LoadedConnector,
  loadConnector,
} from './plan/index.ts'
export { createTransport, type Transport, type TransportEvent } from './transport/index.ts'
