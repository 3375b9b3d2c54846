import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const maxBytes = 1_048_576

/** The body as text; a refusal where it is too long; null where the client left before its end. */
export async function readBody(request: IncomingMessage): Promise<string | Refusal | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes <= maxBytes) chunks.push(chunk)
    }
  } catch {
    return null
  }
  if (bytes > maxBytes) return new Refusal(413, `A body may have ${maxBytes} bytes`)
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * The value of a write's body. A missing content type is let pass, one that is not JSON is not, and an empty
 * body is an empty object, so that its wrapper is what is missing (guesses, E).
 *
 * @throws {Refusal} 400 for text that is not JSON, 415 for another content type
 */
export function parseBody(text: string, contentType: string | undefined): unknown {
  if (contentType !== undefined && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
    throw new Refusal(415, 'Content-Type must be application/json')
  }
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'The body is not valid JSON')
  }
}
