import type { FormatSchema } from '../schema/format-schema.ts'
import type { SourceScalar } from '../source/source-node.ts'

/** A value of the wrong type whose meaning is plain all the same. */
export interface Repair {
  readonly value: unknown
  /** What the author should write. */
  readonly text: string
}

/**
 * Reads a scalar as the type that was meant: `version: 2` where a text is wanted, `required: "true"`, `max: "10"`,
 * `categories: crm`.
 * Undefined where that would be a guess.
 */
export function repairScalar(
  scalar: SourceScalar,
  expected: readonly string[],
  items?: FormatSchema,
): Repair | undefined {
  const { value } = scalar
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    const text = scalar.file.text.slice(scalar.start, scalar.end)
    return { value: text, text: `'${text}'` }
  }
  if (typeof value !== 'string') return undefined
  if (expected.includes('array') && items?.type === 'string' && scalar.style !== 'block') {
    const text = scalar.file.text.slice(scalar.start, scalar.end)
    // A comma would make two items of one.
    if (scalar.style !== 'plain' || !/[,[\]{}]/.test(text)) return { value: [value], text: `[${text}]` }
  }
  if (expected.includes('boolean')) {
    const meant = words.get(value.toLowerCase())
    if (meant !== undefined) return { value: meant, text: String(meant) }
  }
  if (expected.includes('integer') && /^-?\d{1,15}$/.test(value)) return { value: Number(value), text: value }
  if (expected.includes('number') && /^-?\d{1,15}(\.\d+)?$/.test(value))
    return { value: Number(value), text: value }
  return undefined
}

/** With the words of YAML 1.1, which YAML 1.2 reads as texts. */
const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
])
