import type { PreparedRequest } from '../../http/index.ts'
import type { HttpResponse } from '../../transport/index.ts'

/** Answers that a provider can be asked about again: with what they were marked with (RFC 9110 §13). */
export interface AnswerMemory {
  get(key: string): HttpResponse | undefined
  set(key: string, response: HttpResponse): void
}

/** Of one answer, in characters. */
const largestAnswer = 1024 * 1024

/**
 * A memory of at most `maxEntries` answers of at most `maxCharacters` together; the ones that were not asked for the
 * longest go first.
 */
export function createAnswerMemory(maxEntries = 500, maxCharacters = 32 * 1024 * 1024): AnswerMemory {
  // A map keeps the order in which its keys were set.
  const entries = new Map<string, HttpResponse>()
  let characters = 0
  const drop = (key: string) => {
    characters -= entries.get(key)?.text.length ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const found = entries.get(key)
      if (found === undefined) return undefined
      entries.delete(key)
      entries.set(key, found)
      return found
    },
    set(key, response) {
      drop(key)
      if (response.text.length > Math.min(largestAnswer, maxCharacters)) return
      entries.set(key, response)
      characters += response.text.length
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && characters <= maxCharacters) break
        drop(oldest)
      }
    },
  }
}

/** The same read, asked as "has it changed since?"; undefined where the answer was not marked. */
export function conditionalRequest(
  request: PreparedRequest,
  { headers }: HttpResponse,
): PreparedRequest | undefined {
  const { etag, 'last-modified': modified } = headers
  const condition =
    etag !== undefined
      ? { 'if-none-match': etag }
      : modified !== undefined
        ? { 'if-modified-since': modified }
        : undefined
  return condition === undefined ? undefined : { ...request, headers: { ...request.headers, ...condition } }
}

/** Whether an answer may be remembered, and asked about again. */
export function isRemembered({ status, headers }: HttpResponse): boolean {
  if (status !== 200 || (headers['etag'] ?? headers['last-modified']) === undefined) return false
  return !/\bno-store\b/i.test(headers['cache-control'] ?? '') && headers['vary']?.trim() !== '*'
}
