/** What `JSON.parse` tells its reviver beside the value. */
export interface ReviverContext {
  readonly source?: string
}

/** An integer of 16 digits or an exponent of three: the first that a double may not hold. */
const largeNumber = /(?:^|[[:,\s])-?\d{16}|\d[eE]\+?\d{3}/
const integer = /^-?\d+$/

/** Whether a text that is JSON may hold a number that a double cannot. */
export function holdsLargeNumber(text: string): boolean {
  return largeNumber.test(text)
}

/** Whether a value read from JSON was written as an integer that a double does not hold. */
export function isUnsafeInteger(value: unknown, context: ReviverContext | undefined): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value) && integer.test(context?.source ?? '')
}
