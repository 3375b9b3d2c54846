import type { FastifyReply } from 'fastify'
import {
  ConfirmationNeededError,
  type LostWrite,
  MainspringError,
  WriteOutcomeUnknownError,
} from '../../errors/index.ts'
import { statusOfError } from '../error-status.ts'

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
  readonly write?: {
    readonly method: string
    readonly path: string
    readonly sent_at: string
    readonly idempotency_key?: string
    readonly look_for?: { readonly action: string; readonly fields: string[] }
  }
  readonly provider_errors?: readonly { readonly status: number; readonly raw?: string }[]
  /** What stands for the call until it is made again. */
  readonly confirmation?: {
    readonly token: string
    readonly expires_at: string
    readonly by: string
    readonly requests: string[]
  }
}

/** Any thrown value as status and body. Of a foreign error nothing is told: its message can hold anything. */
export function toErrorBody(thrown: unknown, requestId: string, now: Date): ErrorBody {
  const known = thrown instanceof MainspringError ? thrown : undefined
  const refused = known === undefined ? refusalOf(thrown) : undefined
  const code = known?.code ?? (refused === undefined ? 'internal/bug' : 'hub/invalid-request')
  const statusCode = refused?.statusCode ?? (known === undefined ? 500 : statusOfError(known))
  return {
    statusCode,
    message: known?.message ?? refused?.message ?? 'Something failed in the hub that should not.',
    timestamp: now.toISOString(),
    code,
    hint: known?.hint ?? refused?.hint ?? 'Try again; the log of the hub has more under this request id.',
    request_id: requestId,
    ...(known?.providerMessage === undefined ? {} : { provider_response: known.providerMessage }),
    ...(known instanceof WriteOutcomeUnknownError && known.write !== undefined
      ? { write: lostWriteJson(known.write) }
      : {}),
    ...(known instanceof ConfirmationNeededError ? { confirmation: confirmationJson(known) } : {}),
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

function lostWriteJson({ method, urlTemplate, sentAt, idempotencyKey, lookFor }: LostWrite) {
  return {
    method,
    path: urlTemplate,
    sent_at: sentAt,
    ...(idempotencyKey === undefined ? {} : { idempotency_key: idempotencyKey }),
    ...(lookFor === undefined ? {} : { look_for: { action: lookFor.action, fields: [...lookFor.fields] } }),
  }
}

function confirmationJson({ confirmation }: ConfirmationNeededError) {
  const { token, expiresAt, by, requests } = confirmation
  return { token, expires_at: expiresAt, by, requests: [...requests] }
}

/** `Retry-After`, where the failure says when. */
export function tellWhen(reply: FastifyReply, thrown: unknown): void {
  const retryAfterMs = thrown instanceof MainspringError ? thrown.retryAfterMs : undefined
  if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
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
    400: 'The address or the body of the request cannot be read.',
    414: 'A part of the address is too long.',
    413: 'The body of the request is too large.',
    415: 'The body of the request has a media type that is not taken here.',
  }
  return { statusCode, message: texts[statusCode] ?? 'The body of the request cannot be read.', hint }
}

function endSentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
