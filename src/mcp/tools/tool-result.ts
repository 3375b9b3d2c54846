import type { CallToolResult } from '@modelcontextprotocol/server'
import {
  ConfirmationNeededError,
  InputError,
  type MainspringError,
  WriteOutcomeUnknownError,
} from '../../errors/index.ts'

/** A result for programs (structured) and for clients that read text alone. */
export function toolResult(value: Readonly<Record<string, unknown>>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value }
}

/** An error that an agent can act on: what happened, what to do, whether to try again, and when. */
export function toolError(error: MainspringError): CallToolResult {
  const lines = [
    `${error.code}: ${error.message}`,
    ...(error instanceof InputError && error.problems.length > 1
      ? error.problems.map(({ name, message }) => `- ${name}: ${message}`)
      : []),
    ...(error.providerMessage === undefined ? [] : [`The provider says: ${error.providerMessage}`]),
    `What to do: ${error.hint}`,
    ...(error instanceof ConfirmationNeededError ? confirmAdvice(error) : [retryAdvice(error)]),
    ...(error.rowsDelivered === undefined ? [] : [`Rows delivered before: ${error.rowsDelivered}.`]),
    ...(error.bytesSent === undefined ? [] : [`Bytes of the file sent before: ${error.bytesSent}.`]),
    ...(error instanceof WriteOutcomeUnknownError ? lookAdvice(error) : []),
    ...(error.requestId === undefined ? [] : [`Request id at the provider: ${error.requestId}`]),
  ]
  return { content: [{ type: 'text', text: lines.join('\n') }], isError: true }
}

function confirmAdvice({ confirmation }: ConfirmationNeededError): string[] {
  const { token, expiresAt, requests } = confirmation
  return [...requests.map((request) => `It would send: ${request}`), `confirm: ${token} (until ${expiresAt})`]
}

/** What a person or an agent needs to find out by hand. */
function lookAdvice({ write }: WriteOutcomeUnknownError): string[] {
  if (write === undefined) return []
  const { method, urlTemplate, sentAt, idempotencyKey, lookFor } = write
  return [
    `The write: ${method} ${urlTemplate}, sent at ${sentAt}${idempotencyKey === undefined ? '' : `, idempotency key ${idempotencyKey}`}`,
    ...(lookFor === undefined
      ? []
      : [`Look with ${lookFor.action} for a record with the same ${lookFor.fields.join(', ')}.`]),
  ]
}

function retryAdvice(error: MainspringError): string {
  if (error.code === 'write/outcome-unknown')
    return 'Do not repeat the call: it may have been carried out. Read the record first.'
  if (!error.retryable) return 'The same call will fail again unchanged.'
  if (error.retryAfterMs === undefined) return 'The same call may be tried again.'
  return `The same call may be tried again after ${Math.ceil(error.retryAfterMs / 1000)} seconds.`
}
