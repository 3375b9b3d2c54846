/** What goes wrong. */
export type Fault =
  /** Answers this instead; the request is not carried out. */
  | {
      readonly kind: 'status'
      readonly status: number
      /** JSON, or a text that is sent as it stands. */
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Waits before carrying the request out. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection; the request is not carried out. */
  | { readonly kind: 'drop-before' }
  /** Carries the request out, then closes the connection without an answer. */
  | { readonly kind: 'drop-after' }
  /** Carries the request out, announces the full length and sends half of it. */
  | { readonly kind: 'cut-body' }
  /** Carries the request out and answers with this text as if it were JSON. */
  | { readonly kind: 'invalid-body'; readonly body?: string }
  /** Answers 429. `retryAfter`: seconds, or the header's text; null sends no header; 1 if left out. */
  | { readonly kind: 'rate-limit'; readonly retryAfter?: number | string | null }
  /** A listing starts from its first row, whatever page is asked for. */
  | { readonly kind: 'offset-ignored' }
  /** A listing gives the page before the one asked for. */
  | { readonly kind: 'duplicate-page' }
  /** A listing's `meta.total` is smaller by one each time. */
  | { readonly kind: 'shrink-total' }
  /** A listing has null in place of its rows. */
  | { readonly kind: 'null-list' }
  /** A listing has no rows, and its `meta` as ever. */
  | { readonly kind: 'empty-page' }
  /** Carries the request out and answers at this speed. */
  | { readonly kind: 'slow-drip'; readonly bytesPerSecond: number }
  /** Answers with a redirect, 302 if left out; the request is not carried out. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }

export type FaultKind = Fault['kind']

/** A fault and the requests it strikes. */
export interface FaultRule {
  readonly match?: {
    readonly method?: string
    /**
     * Looked for in the path below `/v3.0/<firm_name>`, without the query: a text found anywhere in it, where
     * `*` stands for anything but a slash, a leading `^` for the start and a trailing `$` for the end.
     */
    readonly path?: string | RegExp
  }
  /** How often it strikes; for ever if left out. */
  readonly times?: number
  /** How many matching requests pass before it strikes. */
  readonly after?: number
  readonly fault: Fault
}

/** A field of a fault: `wait` is a number, a text or null; `json` is anything. */
interface FaultField {
  readonly type: 'integer' | 'text' | 'header' | 'headers' | 'wait' | 'json'
  readonly required?: true
  readonly least?: number
  readonly most?: number
}

/** The fields of each kind: what rules are checked against and the text form is read by. */
export const faultFields: Readonly<Record<FaultKind, Readonly<Record<string, FaultField>>>> = {
  status: {
    status: { type: 'integer', required: true, least: 200, most: 599 },
    body: { type: 'json' },
    headers: { type: 'headers' },
  },
  delay: { ms: { type: 'integer', required: true, least: 0, most: 3_600_000 } },
  'drop-before': {},
  'drop-after': {},
  'cut-body': {},
  'invalid-body': { body: { type: 'text' } },
  'rate-limit': { retryAfter: { type: 'wait' } },
  'offset-ignored': {},
  'duplicate-page': {},
  'shrink-total': {},
  'null-list': {},
  'empty-page': {},
  'slow-drip': { bytesPerSecond: { type: 'integer', required: true, least: 1, most: 1_000_000 } },
  redirect: {
    location: { type: 'header', required: true },
    status: { type: 'integer', least: 300, most: 399 },
  },
}

/** The fields of a rule beside the fault's own. */
export const countFields: Readonly<Record<'times' | 'after', FaultField>> = {
  times: { type: 'integer', least: 1, most: 1_000_000 },
  after: { type: 'integer', least: 0, most: 1_000_000 },
}

/** Faults that bend a listing; other requests are no match for them. */
export const listFaults: ReadonlySet<FaultKind> = new Set([
  'offset-ignored',
  'duplicate-page',
  'shrink-total',
  'null-list',
  'empty-page',
])

export type { FaultField }
