import { isRecord, type Redact } from '../../http/index.ts'
import { TokenRefusal } from './token-refusal.ts'

type Answer = Readonly<Record<string, unknown>>

/**
 * The answer of a token endpoint as data: JSON, or a form as some older endpoints send it.
 *
 * @param redact - for what is told of a failure: an answer with tokens comes as it was sent
 * @throws {TokenRefusal} a failure, also one that comes with status 200
 */
export function readTokenAnswer(status: number, text: string, redact: Redact): Answer {
  const body = parse(text)
  if (status >= 200 && status < 300 && body !== undefined && !isFailure(body)) return body
  throw new TokenRefusal(status, reasonOf(body), descriptionOf(body, redact))
}

function parse(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return /^[\w.~%+-]+=[^<>{}]*$/.test(text.trim())
      ? Object.fromEntries(new URLSearchParams(text.trim()))
      : undefined
  }
}

/** Some endpoints answer 200 with an error in the body, or with `ok: false`. */
function isFailure(body: Answer): boolean {
  return (
    (typeof body['error'] === 'string' && body['error'] !== '') ||
    isRecord(body['error']) ||
    body['ok'] === false
  )
}

function reasonOf(body: Answer | undefined): string | undefined {
  const error = body?.['error']
  const found = isRecord(error) ? (error['code'] ?? error['type']) : (error ?? body?.['code'])
  return typeof found === 'string' && /^[\w.:/ -]{1,80}$/.test(found) ? found : undefined
}

/** Masked before it is cut: a part of a secret is not found. */
function descriptionOf(body: Answer | undefined, redact: Redact): string | undefined {
  const error = body?.['error']
  const found = [
    body?.['error_description'],
    isRecord(error) ? error['message'] : undefined,
    body?.['message'],
    body?.['errorMessage'],
  ].find((text) => typeof text === 'string' && text !== '')
  return typeof found === 'string' ? redact(found).slice(0, 300) : undefined
}
