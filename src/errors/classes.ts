import type { ErrorCodeIn } from './catalogue.ts'
import type { Diagnostic, SourceRange } from './diagnostic.ts'
import { type ErrorDetails, MainspringError } from './mainspring-error.ts'

/** One thing that is wrong with the inputs or credentials of a call. */
export interface InputProblem {
  readonly code: ErrorCodeIn<'input'> | ErrorCodeIn<'auth'>
  /** The input or credential; nested values as `address.city` or `tag_ids[1]`. */
  readonly name: string
  /** JSON pointer (RFC 6901) of the value, or of where it is missing: `/address/city`, `/tag_ids/1`. */
  readonly pointer?: string
  /** A sentence without the value itself: an input may be private. */
  readonly message: string
}

/** The inputs of a call are refused; nothing was sent. All problems are named at once. */
export class InputError extends MainspringError {
  declare readonly code: ErrorCodeIn<'input'>
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[], details: Partial<ErrorDetails> = {}) {
    const codes = new Set(problems.map((problem) => problem.code))
    const [only] = codes
    const code =
      codes.size === 1 && only?.startsWith('input/') ? (only as ErrorCodeIn<'input'>) : 'input/invalid'
    super(code, { message: problems.map((problem) => problem.message).join(' '), ...details })
    this.problems = problems
  }
}

/** Credentials are missing or cannot be right (nothing was sent), or the provider refused them. */
export class AuthError extends MainspringError {
  declare readonly code: ErrorCodeIn<'auth'>
  declare readonly problems?: readonly InputProblem[]

  constructor(code: ErrorCodeIn<'auth'>, details: ErrorDetails, problems?: readonly InputProblem[]) {
    super(code, details)
    if (problems !== undefined) this.problems = problems
  }
}

/** A webhook delivery that is not taken, or a subscription that the connector does not know. */
export class EventError extends MainspringError {
  declare readonly code: ErrorCodeIn<'event'>

  constructor(code: ErrorCodeIn<'event'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** The caller asked for something that does not exist. */
export class UnknownNameError extends MainspringError {
  declare readonly code: 'action/unknown' | 'connector/unknown'

  constructor(code: 'action/unknown' | 'connector/unknown', details: ErrorDetails) {
    super(code, details)
  }
}

/** The operator or caller has not allowed this; nothing was sent. */
export class PolicyError extends MainspringError {
  declare readonly code: ErrorCodeIn<'policy'>

  constructor(code: ErrorCodeIn<'policy'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** What stands for one call until it is made again with it. */
export interface Confirmation {
  /** Good once, for this very call of this caller. */
  readonly token: string
  /** ISO 8601. */
  readonly expiresAt: string
  /** Who has to agree before the token is good: nobody else, or an operator. */
  readonly by: 'caller' | 'operator'
  /** What the call would send: `DELETE https://…`. */
  readonly requests: readonly string[]
}

/** A call that is confirmed first. The token is in no message: messages are logged. */
export class ConfirmationNeededError extends PolicyError {
  readonly confirmation: Confirmation

  constructor(confirmation: Confirmation, details: ErrorDetails) {
    super('policy/confirmation-needed', details)
    this.confirmation = confirmation
  }
}

/** The provider answered, and its answer is a failure. */
export class ProviderError extends MainspringError {
  declare readonly code: ErrorCodeIn<'provider'>

  constructor(code: ErrorCodeIn<'provider'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** No full answer arrived. For a write that had been sent, see {@link WriteOutcomeUnknownError}. */
export class NetworkError extends MainspringError {
  declare readonly code: ErrorCodeIn<'network'> | 'call/aborted'

  constructor(code: ErrorCodeIn<'network'> | 'call/aborted', details: ErrorDetails) {
    super(code, details)
  }
}

/** The engine does not send the request now; nothing was sent. */
export class HeldBackError extends MainspringError {
  declare readonly code: 'call/over-budget' | 'call/queue-full'

  constructor(code: 'call/over-budget' | 'call/queue-full', details: ErrorDetails) {
    super(code, details)
  }
}

/** An answer arrived that cannot be used. */
export class ResponseError extends MainspringError {
  declare readonly code: ErrorCodeIn<'response'>

  constructor(code: ErrorCodeIn<'response'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** A file of the caller could not be read or written. */
export class FileError extends MainspringError {
  declare readonly code: ErrorCodeIn<'file'>

  constructor(code: ErrorCodeIn<'file'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** A write whose fate is unknown, as somebody needs it who looks at the provider by hand. */
export interface LostWrite {
  readonly method: string
  /** The path with the names of its inputs in place of their values. */
  readonly urlTemplate: string
  /** ISO 8601: when it was first sent. */
  readonly sentAt: string
  /** What the provider may know it by. */
  readonly idempotencyKey?: string
  /** The read that would show the record, and the fields to compare. */
  readonly lookFor?: { readonly action: string; readonly fields: readonly string[] }
}

/** The write was sent and its fate is unknown. Never retryable, never a plain failure. */
export class WriteOutcomeUnknownError extends MainspringError {
  declare readonly code: 'write/outcome-unknown'
  /** What to look for at the provider. */
  declare readonly write?: LostWrite

  constructor(details: ErrorDetails) {
    super('write/outcome-unknown', { ...details, retryable: false })
  }

  /** Adds what is known of the write, keeping what is known already. */
  about(write: LostWrite): this {
    return Object.hasOwn(this, 'write') ? this : Object.assign(this, { write })
  }
}

/** A listing cannot be trusted to be complete; `rowsDelivered` says how far it came. */
export class PagingError extends MainspringError {
  declare readonly code: ErrorCodeIn<'paging'>

  constructor(code: ErrorCodeIn<'paging'>, details: ErrorDetails & { readonly rowsDelivered: number }) {
    super(code, details)
  }
}

/** A sync cannot begin. */
export class SyncError extends MainspringError {
  declare readonly code: ErrorCodeIn<'sync'>

  constructor(code: ErrorCodeIn<'sync'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** A step could not do its work. */
export class StepError extends MainspringError {
  declare readonly code: ErrorCodeIn<'step'>

  constructor(code: ErrorCodeIn<'step'>, details: ErrorDetails) {
    super(code, details)
  }
}

/** A mistake in Mainspring itself. */
export class InternalError extends MainspringError {
  declare readonly code: 'internal/bug'

  constructor(details: ErrorDetails) {
    super('internal/bug', details)
  }
}

/** The definition cannot be used; `diagnostics` holds every finding with its place. */
export class DefinitionError extends MainspringError {
  declare readonly code: ErrorCodeIn<'definition'> | ErrorCodeIn<'catalog'>
  readonly diagnostics: readonly Diagnostic[]

  constructor(
    code: ErrorCodeIn<'definition'> | ErrorCodeIn<'catalog'>,
    details: ErrorDetails,
    diagnostics: readonly Diagnostic[] = [],
  ) {
    super(code, details)
    this.diagnostics = diagnostics
  }
}

/** An expression cannot be parsed, or failed on the data it met. */
export class ExpressionError extends MainspringError {
  declare readonly code: ErrorCodeIn<'expression'>
  /** Where in the expression's text: offsets in UTF-16 units, lines and columns from 1. */
  declare readonly range?: SourceRange

  constructor(code: ErrorCodeIn<'expression'>, details: ErrorDetails, range?: SourceRange) {
    super(code, details)
    if (range !== undefined) this.range = range
  }
}

/** The command line was used wrongly, or a file it names cannot be used. */
export class CliError extends MainspringError {
  declare readonly code: ErrorCodeIn<'cli'> | ErrorCodeIn<'sandbox'>

  constructor(code: ErrorCodeIn<'cli'> | ErrorCodeIn<'sandbox'>, details: ErrorDetails) {
    super(code, details)
  }
}
