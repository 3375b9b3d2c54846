import { type ErrorCode, errorCatalogue } from './catalogue.ts'

/** What an error can say beside its code. Nothing here may hold a secret. */
export interface ErrorDetails {
  /** One or two sentences: what happened, with the names involved. */
  readonly message: string
  /** What to do; the catalogue's remedy where it is left out. */
  readonly hint?: string | undefined
  /** Overrides the catalogue for this case. */
  readonly retryable?: boolean | undefined
  readonly action?: string | undefined
  readonly step?: string | undefined
  /** HTTP status of the provider's answer. */
  readonly status?: number | undefined
  /** The provider's own words, redacted and bounded. */
  readonly providerMessage?: string | undefined
  /** The provider's id of the request, where it named one. */
  readonly requestId?: string | undefined
  /** Milliseconds the provider asked to wait. */
  readonly retryAfterMs?: number | undefined
  /** Rows a listing had handed over before it failed. */
  readonly rowsDelivered?: number | undefined
  /** Bytes of a file that the provider had taken, in pieces, before it failed. */
  readonly bytesSent?: number | undefined
}

/** The place of a failure inside a connector, known only further up than the failure itself. */
export interface ErrorPlace {
  readonly action?: string
  readonly step?: string
  readonly rowsDelivered?: number
  readonly bytesSent?: number
}

/**
 * The base of every error Mainspring throws. Match on `code`: it is stable, and equal codes mean equal
 * failures whatever the class. No `cause` is kept: foreign errors can carry headers and bodies.
 */
export class MainspringError extends Error {
  readonly code: ErrorCode
  /** What to do about it. */
  readonly hint: string
  /** Whether the same call may simply be made again. */
  readonly retryable: boolean
  // Declared only: an optional field must not exist as undefined, or it would look as if it were known.
  declare readonly action?: string
  declare readonly step?: string
  declare readonly status?: number
  declare readonly providerMessage?: string
  declare readonly requestId?: string
  declare readonly retryAfterMs?: number
  declare readonly rowsDelivered?: number
  declare readonly bytesSent?: number

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message)
    this.name = new.target.name
    const entry = errorCatalogue[code]
    this.code = code
    this.hint = details.hint ?? entry.remedy
    this.retryable = details.retryable ?? entry.retryable
    for (const field of optionalFields) {
      const value = details[field]
      if (value !== undefined) Object.assign(this, { [field]: value })
    }
  }

  /** Adds where it happened, keeping what is known already: the innermost place is the right one. */
  at(place: ErrorPlace): this {
    for (const [field, value] of Object.entries(place)) {
      if (value !== undefined && !Object.hasOwn(this, field)) Object.assign(this, { [field]: value })
    }
    return this
  }

  /** The error as data, in the order a reader wants; no stack. */
  toJSON(): Record<string, unknown> {
    const { code, message, hint, retryable } = this
    const own = Object.fromEntries(Object.entries(this).filter(([field]) => field !== 'name'))
    return { code, message, hint, retryable, ...own }
  }
}

const optionalFields = [
  'action',
  'step',
  'status',
  'providerMessage',
  'requestId',
  'retryAfterMs',
  'rowsDelivered',
  'bytesSent',
] as const satisfies readonly (keyof ErrorDetails & keyof MainspringError)[]
