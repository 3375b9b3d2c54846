import { HubError } from '../hub-error.ts'

/** An opaque cursor; what is in it is nobody's business but ours. */
export function writeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws {HubError} `hub/invalid-request`: it was not given out here */
export function readCursor(text: string | undefined, length: number): readonly string[] | undefined {
  if (text === undefined || text === '') return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(place) && place.length === length && place.every((part) => typeof part === 'string'))
      return place
  } catch {
    // Told below.
  }
  throw new HubError('hub/invalid-request', {
    message: 'next is no cursor of this list.',
    hint: 'Leave next out to begin anew.',
  })
}
