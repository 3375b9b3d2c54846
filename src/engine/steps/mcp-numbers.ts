import { exactNumber, holdsLargeNumber, isRecord, mediaType, parseJson } from '../../http/index.ts'

// The official client writes and reads JSON by itself, in which an integer beyond 2⁵³ would be rounded or refused.

/** Arguments of a tool as the client writes them with all digits. */
export function withExactNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return exactNumber(value)
  if (Array.isArray(value)) return value.map(withExactNumbers)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withExactNumbers(inner)]))
}

/** A message of the server, or a stream of them, with the text of its digits in place of each large integer. */
export function withDigitsAsText(text: string, contentType: string | undefined): string {
  if (!holdsLargeNumber(text)) return text
  if (mediaType(contentType) !== 'text/event-stream') return rewrite(text)
  return text.replace(
    /^(data: ?)(.*)$/gm,
    (_line, start: string, message: string) => start + rewrite(message),
  )
}

/** What cannot be read is the client's to refuse. */
function rewrite(message: string): string {
  try {
    return JSON.stringify(parseJson(message))
  } catch {
    return message
  }
}
