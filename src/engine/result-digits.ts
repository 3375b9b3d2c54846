/**
 * Results are JSON for the command line, the hub and agents, so a large integer of the inputs is in them what a provider's
 * is: the text of its digits.
 */
export function withDigitsAsText(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.some(holdsBigInt) ? value.map(withDigitsAsText) : value
  if (!isPlainObject(value) || !holdsBigInt(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDigitsAsText(inner)]))
}

/** Whether a value is or holds an integer that only a `bigint` can hold. */
export function holdsBigInt(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  if (Array.isArray(value)) return value.some(holdsBigInt)
  return isPlainObject(value) && Object.values(value).some(holdsBigInt)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
