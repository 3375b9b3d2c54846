import { isRecord } from '../../http/index.ts'
import { TokenRefusal } from './token-refusal.ts'

type Answer = Readonly<Record<string, unknown>>

/**
 * The answer of a token endpoint as data: JSON, or a form as some older endpoints send it.
 *
 * @throws {TokenRefusal} a failure, also one that comes with status 200
 */
export function readTokenAnswer(status: number, text: string): Answer {
  const body = parse(text)
  if (status >= 200 && status < 300 && body !== undefined && !isFailure(body)) return body
  throw new TokenRefusal(status, reasonOf(body), descriptionOf(body))
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

function descriptionOf(body: Answer | undefined): string | undefined {
  const error = body?.['error']
  const found = [
    body?.['error_description'],
    isRecord(error) ? error['message'] : undefined,
    body?.['message'],
    body?.['errorMessage'],
  ].find((text) => typeof text === 'string' && text !== '')
  return typeof found === 'string' ? found.slice(0, 300) : undefined
}
