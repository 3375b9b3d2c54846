import { isRecord } from '../../http/index.ts'

/** A failure that an answer of any status carries: a SOAP fault, the errors of GraphQL. */
export interface AnswerFailure {
  /** What it counts as. */
  readonly status: number
  readonly message: string | undefined
  /** What carries it, in words: `a SOAP fault`. */
  readonly carrier: string
  /** Part of what was asked for was done all the same. */
  readonly partial: boolean
}

/** The fault of a SOAP answer, of either version. */
export function findFault(body: unknown): AnswerFailure | undefined {
  const content = soapContent(body)
  const fault = isRecord(content) ? content['Fault'] : undefined
  if (fault === undefined) return undefined
  const reason = isRecord(fault) && isRecord(fault['Reason']) ? fault['Reason']['Text'] : undefined
  const [message] = [
    isRecord(fault) ? fault['faultstring'] : fault,
    Array.isArray(reason) ? reason[0] : reason,
  ]
    .map((text) => (isRecord(text) ? text['#text'] : text))
    .filter((text): text is string => typeof text === 'string' && text.trim() !== '')
  return { status: 500, message, carrier: 'a SOAP fault', partial: false }
}

/** What the Body of a parsed envelope holds; undefined where it is empty or no envelope. */
export function soapContent(body: unknown): unknown {
  const envelope = isRecord(body) ? body['Envelope'] : undefined
  const content = isRecord(envelope) ? envelope['Body'] : undefined
  return content === '' ? undefined : content
}

/** Codes that servers put into `extensions.code`, as Apollo, Shopify and GitHub spell them. */
const graphqlStatuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  UNAUTHORIZED: 401,
  ACCESS_DENIED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  THROTTLED: 429,
  INTERNAL_SERVER_ERROR: 500,
}

/** The errors of a GraphQL answer, which come with status 200. `allowPartial` lets them stand beside data. */
export function findGraphqlErrors(body: unknown, allowPartial: boolean): AnswerFailure | undefined {
  const errors = isRecord(body) ? body['errors'] : undefined
  if (!Array.isArray(errors) || errors.length === 0) return undefined
  const partial =
    isRecord(body) && isRecord(body['data']) && Object.values(body['data']).some((value) => value !== null)
  if (partial && allowPartial) return undefined
  const first: unknown = errors[0]
  const extensions = isRecord(first) && isRecord(first['extensions']) ? first['extensions'] : {}
  // GitHub names the kind beside the message.
  const code = String(extensions['code'] ?? (isRecord(first) ? first['type'] : undefined) ?? '').toUpperCase()
  const messages = errors.flatMap((error: unknown) =>
    isRecord(error) && typeof error['message'] === 'string' ? [error['message']] : [],
  )
  return {
    status: graphqlStatuses[code] ?? 400,
    message: messages.length === 0 ? undefined : messages.slice(0, 5).join('; '),
    carrier: 'GraphQL errors',
    partial,
  }
}
