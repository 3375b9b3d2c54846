import { MainspringError } from '../../errors/index.ts'

/** The body of every error of the API. */
export interface ErrorBody {
  readonly statusCode: number
  readonly message: string
  readonly timestamp: string
  readonly code: string
  readonly hint: string
  readonly request_id: string
  /** What the provider said, for clients that show it. */
  readonly provider_response?: string
  readonly provider_errors?: readonly { readonly status: number; readonly raw?: string }[]
}

const statusOfCode: Readonly<Record<string, number>> = {
  'hub/unauthenticated': 401,
  'hub/session-expired': 401,
  'hub/forbidden': 403,
  'hub/invalid-request': 400,
  'hub/not-found': 404,
  'hub/account-unknown': 404,
  'hub/account-exists': 409,
  'hub/account-inactive': 412,
  'hub/integration-unknown': 404,
  'hub/integration-inactive': 412,
  'hub/key-unknown': 404,
  'hub/not-linked': 422,
  'action/unknown': 404,
  'connector/unknown': 404,
  'auth/missing-credential': 400,
  'auth/invalid-credential': 400,
  'auth/unknown-method': 400,
  'auth/rejected': 401,
  'auth/forbidden': 403,
  'provider/not-found': 404,
  'provider/rate-limited': 429,
  'network/timeout': 504,
}

const statusOfArea: Readonly<Record<string, number>> = {
  input: 400,
  policy: 403,
  provider: 502,
  network: 502,
  response: 502,
  paging: 502,
}

/** Any thrown value as status and body. Of a foreign error nothing is told: its message can hold anything. */
export function toErrorBody(thrown: unknown, requestId: string, now: Date): ErrorBody {
  const known = thrown instanceof MainspringError ? thrown : undefined
  const refused = known === undefined ? refusalOf(thrown) : undefined
  const code = known?.code ?? (refused === undefined ? 'internal/bug' : 'hub/invalid-request')
  const statusCode =
    refused?.statusCode ?? statusOfCode[code] ?? statusOfArea[code.slice(0, code.indexOf('/'))] ?? 500
  return {
    statusCode,
    message: known?.message ?? refused?.message ?? 'Something failed in the hub that should not.',
    timestamp: now.toISOString(),
    code,
    hint: known?.hint ?? refused?.hint ?? 'Try again; the log of the hub has more under this request id.',
    request_id: requestId,
    ...(known?.providerMessage === undefined ? {} : { provider_response: known.providerMessage }),
    ...(known?.status === undefined
      ? {}
      : {
          provider_errors: [
            {
              status: known.status,
              ...(known.providerMessage === undefined ? {} : { raw: known.providerMessage }),
            },
          ],
        }),
  }
}

/** What the server itself refuses: a body that is no JSON, too large, or not as the route declares. */
function refusalOf(
  thrown: unknown,
): { readonly statusCode: number; readonly message: string; readonly hint: string } | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || !('code' in thrown)) return undefined
  const { statusCode, code } = thrown
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return undefined
  const hint = 'See /openapi.json for what this request takes.'
  if (code === 'FST_ERR_VALIDATION') return { statusCode, message: endSentence(thrown.message), hint }
  const texts: Readonly<Record<number, string>> = {
    413: 'The body of the request is too large.',
    415: 'The body of the request has a media type that is not taken here.',
  }
  return { statusCode, message: texts[statusCode] ?? 'The body of the request cannot be read.', hint }
}

function endSentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
