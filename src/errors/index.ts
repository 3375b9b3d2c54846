export { type ErrorCode, type ErrorCodeIn, type ErrorEntry, errorCatalogue } from './catalogue.ts'
export {
  AuthError,
  CliError,
  type Confirmation,
  ConfirmationNeededError,
  DefinitionError,
  EventError,
  ExpressionError,
  FileError,
  HeldBackError,
  InputError,
  type InputProblem,
  InternalError,
  type LostWrite,
  NetworkError,
  PagingError,
  PolicyError,
  ProviderError,
  ResponseError,
  StepError,
  SyncError,
  UnknownNameError,
  WriteOutcomeUnknownError,
} from './classes.ts'
export type {
  Diagnostic,
  DiagnosticCode,
  Fix,
  Location,
  Position,
  Severity,
  SourceRange,
  TextEdit,
} from './diagnostic.ts'
export { type ErrorDetails, type ErrorPlace, MainspringError } from './mainspring-error.ts'
export { nearestName } from './nearest-name.ts'
