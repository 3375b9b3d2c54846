import { isRecord } from '../../http/index.ts'
import type { ActionPlan } from '../action-plan.ts'
import type { JsonSchema } from './input-schema.ts'

/**
 * Inputs that an action takes, for a call that is shown or tried and never meant: the examples of the descriptions
 * where they are of the right type, else plain values of it. The same action gives the same inputs.
 *
 * @param which - `required`: the fewest that make a call
 */
export function sampleInputs(
  action: SampledAction,
  which: 'required' | 'all' = 'required',
): Record<string, unknown> {
  const sample = sampleObject(action.inputSchema, which)
  // A cursor is given out by a listing and cannot be invented.
  if (action.listing !== undefined) delete sample[action.listing.cursorInput]
  if (which === 'required') return completeSample(action, sample)
  return sample
}

type SampledAction = Pick<ActionPlan, 'inputSchema' | 'checkInputs' | 'listing'>

/** Rules over several inputs, such as at least one of them, ask for more than is required by itself. */
function completeSample(
  { inputSchema, checkInputs, listing }: SampledAction,
  sample: Record<string, unknown>,
): Record<string, unknown> {
  if (checkInputs(sample).length === 0) return sample
  const all = sampleObject(inputSchema, 'all')
  for (const [name, value] of Object.entries(all)) {
    if (Object.hasOwn(sample, name) || name === listing?.cursorInput) continue
    const more = { ...sample, [name]: value }
    if (checkInputs(more).length === 0) return more
  }
  return sample
}

function sampleObject(schema: JsonSchema, which: 'required' | 'all'): Record<string, unknown> {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      isRecord(property) && (which === 'all' || required.includes(name))
        ? [[name, sampleValue(property, name, which)]]
        : [],
    ),
  )
}

function sampleValue(schema: JsonSchema, name: string, which: 'required' | 'all'): unknown {
  const { anyOf, enum: values, items, description } = schema
  if (Array.isArray(anyOf))
    return isRecord(anyOf[0]) ? sampleValue({ description, ...anyOf[0] }, name, which) : null
  if (Array.isArray(values)) return values[0]
  const type = [schema['type']].flat().find((one) => one !== 'null')
  const example = exampleIn(description)
  switch (type) {
    case 'integer':
    case 'number':
      return numberWithin(schema, Number(example))
    case 'boolean':
      return example === 'true' || example === undefined
    case 'array':
      return listIn(example) ?? [isRecord(items) ? sampleValue(items, name, which) : 'text']
    case 'object':
      return sampleObject(schema, which)
    default:
      return textWithin(schema, example ?? name)
  }
}

/** Descriptions end with an example by custom. */
function exampleIn(description: unknown): string | undefined {
  return typeof description === 'string' ? /\bExample: (.+?)\.?$/s.exec(description.trim())?.[1] : undefined
}

function listIn(example: string | undefined): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(example ?? '')
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function numberWithin({ minimum, maximum }: JsonSchema, example: number): number {
  const [low, high] = [
    Number(minimum ?? Number.NEGATIVE_INFINITY),
    Number(maximum ?? Number.POSITIVE_INFINITY),
  ]
  const wanted = Number.isFinite(example) ? example : 1
  return Math.min(Math.max(wanted, low), high)
}

const byFormat: Readonly<Record<string, string>> = {
  email: 'person@example.com',
  url: 'https://example.com/',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
  date: '2025-03-04',
  datetime: '2025-03-04T09:12:44Z',
  datetime_string: '2025-03-04',
}

function textWithin({ format, minLength, maxLength }: JsonSchema, wanted: string): string {
  const text = typeof format === 'string' ? (byFormat[format] ?? wanted) : wanted
  const long = text.padEnd(Number(minLength ?? 0), 'x')
  return maxLength === undefined ? long : long.slice(0, Number(maxLength))
}
