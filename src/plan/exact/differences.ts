/** Where Mainspring does not do what the original runtime did. The page of differences is made from these. */
export interface Difference {
  /** A headline without a full stop. */
  readonly title: string
  readonly original: string
  readonly ours: string
  readonly why: string
  /** Whether `x-mainspring.compat: exact` brings the original behaviour back. */
  readonly exact: boolean
  /** Rows of the fact sheet (`test/contract/rows.ts`) that it concerns. */
  readonly rows: readonly string[]
}

export const differences = {
  'missing-value': {
    title: 'A missing value of a query parameter or header',
    original: 'The text `undefined` is sent.',
    ours: 'The parameter or header is left out.',
    why: 'To no provider does `undefined` mean anything; it filters wrongly, or is stored.',
    exact: true,
    rows: ['14/missing-value'],
  },
  'object-in-query': {
    title: 'A map in a query parameter or header',
    original: '`[object Object]` is sent; a list in a header is joined by commas.',
    ours: 'JSON is sent.',
    why: 'The text of the original says nothing about the value.',
    exact: true,
    rows: ['14/object-in-query'],
  },
  'unfilled-url': {
    title: 'A value that a URL needs and that is missing',
    original: 'The hole, such as `${inputs.id}`, stays in the URL that is called.',
    ours: 'The call is refused before anything is sent, with the name of the value.',
    why: 'A call to such an address fails at best, and at worst means another record.',
    exact: true,
    rows: ['14/unfilled-url'],
  },
  'unencoded-path': {
    title: 'Values within a URL',
    original: 'They stand there as they are.',
    ours: 'Each is percent-encoded as one segment or one query value; an empty one, `.` and `..` are refused.',
    why: 'A slash, a question mark or `..` in an id would call another address.',
    exact: true,
    rows: ['14/unencoded-path', '7/baseUrl'],
  },
  'second-question-mark': {
    title: 'Query args behind a URL that has a query already',
    original: 'A second `?` is written.',
    ours: 'They follow with `&`.',
    why: 'Providers read a second `?` as part of the last value.',
    exact: true,
    rows: ['14/second-question-mark'],
  },
  'replacement-patterns': {
    title: 'Dollar signs in a value that fills a `${}` hole',
    original:
      'They are read as replacement patterns: `a$$b` becomes `a$b`, `$&` the hole itself; and a value that reads like a later hole is filled by it.',
    ours: 'Each hole is filled once, with the value as it is.',
    why: 'Passwords are corrupted, and data of others can make an expression read something else.',
    exact: true,
    rows: [],
  },
  'missing-list': {
    title: 'A list of objects in a mapping whose expression gives nothing, or null',
    original: 'One record, made from the record around it.',
    ours: 'The field is left out where there is nothing, and an empty list where there is null.',
    why: 'A person without e-mail addresses would get one, with the id and the name of the person.',
    exact: true,
    rows: ['9/object-array-expression'],
  },
  repeating: {
    title: 'Which requests are sent again',
    original:
      'Whatever was answered 429, up to five times, after `Retry-After` (ten seconds at most) or 2, 4, 8 … seconds; nothing else.',
    ours: 'Reads, and writes declared safe, after 408, 429, 5xx and broken connections, and any request where no connection was made, within the time of the call and a share of all calls; a longer `Retry-After` than 30 seconds is an error that names it.',
    why: 'A read may be repeated without harm, so a short failure need not be one; a write may not, unless its author says so.',
    exact: true,
    rows: ['11/retry-429', '11/retry-after', '11/backoff', '11/no-other-retry'],
  },
  pacing: {
    title: 'How many requests go out',
    original:
      '25 requests per second and 30 at a time for each account, or what `rateLimit` and `concurrency` say; after a wait of 7.5 to 47 seconds a request goes out anyway.',
    ours: 'Without `rateLimit` there is no bound per second; a request never goes out beyond a bound: it waits its turn within the time of the call, and where that cannot come it is refused, with the wait. A host that keeps failing is left alone for a while.',
    why: 'A bound that is passed under load is none, and a bound that nobody declared is a guess.',
    exact: true,
    rows: ['11/rateLimit', '11/pool-wait'],
  },
  redirects: {
    title: 'Redirects',
    original: 'They are not followed, and 3xx is a success.',
    ours: 'A read follows them within its origin; any other is an error, and a redirected write one of unknown outcome.',
    why: 'A redirect that nobody follows is not the data that was asked for, and credentials must not go elsewhere.',
    exact: true,
    rows: ['7.2/redirects', '11/success'],
  },
  'guarded-host': {
    title: 'The host of a request',
    original: 'Whatever the joined texts come to.',
    ours: 'Values that make a host must be host names, and no value of a path can lead to another host.',
    why: 'Credentials go to that host.',
    exact: false,
    rows: ['7/baseUrl'],
  },
  'refresh-schedule': {
    title: 'When credentials are renewed',
    original: 'Also unasked, at the times of `refreshAuthentication.schedule`.',
    ours: 'When a call needs them: before the token ends, and once when the provider refuses it. The schedule is in the plan, for hosts that keep idle accounts alive.',
    why: 'A library has no clock that runs while nobody calls, and a renewal nobody needs can only lose a rotating token.',
    exact: false,
    rows: ['3/refreshAuthentication.schedule'],
  },
  'masked-secrets': {
    title: 'Secrets in what comes back',
    original: 'An answer is handed on as it is.',
    ours: 'The credentials of the account are masked in results, errors, traces and explanations.',
    why: 'Providers echo requests, and results are stored and shown.',
    exact: false,
    rows: ['7.2/output'],
  },
  'checked-inputs': {
    title: 'Inputs that do not fit their declaration',
    original: 'Not observed to be refused.',
    ours: 'Unknown names, wrong types and broken rules are refused, all at once, before anything is sent.',
    why: 'A typing slip must never become a call without its filter.',
    exact: false,
    rows: [],
  },
} as const satisfies Readonly<Record<string, Difference>>

/** The code of a difference, as notes of an explanation carry it. */
export type DifferenceCode = keyof typeof differences
