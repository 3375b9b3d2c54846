import { createHash } from 'node:crypto'

/** One call in full: nothing of it may change between being confirmed and being sent. */
export interface ConfirmedCall {
  /** Whose data: the id of a linked account, or where the calls of a command go. */
  readonly account: string
  /** With the connector's prefix. */
  readonly action: string
  readonly inputs: Readonly<Record<string, unknown>>
}

/** SHA-256 over account, action and inputs, whatever the order of their keys. */
export function callFingerprint({ account, action, inputs }: ConfirmedCall): string {
  const text = JSON.stringify(['mainspring-call/1', account, action, sorted(inputs)])
  return createHash('sha256').update(text).digest('hex')
}

/** The first element keeps a list, an object and bytes apart that would otherwise read alike. */
function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return ['bigint', String(value)]
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return ['list', ...value.map(sorted)]
  if (value instanceof Uint8Array) return ['bytes', createHash('sha256').update(value).digest('hex')]
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return ['object', ...pairs.map(([key, inner]) => [key, sorted(inner)])]
}
