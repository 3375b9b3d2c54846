import { readFileSync } from 'node:fs'
import type { Random } from '../../seeded-random.ts'

type Holder = Record<string, unknown> | unknown[]

/** A place within a tree: what holds it, and under which key. */
interface Place {
  readonly holder: Holder
  readonly key: string | number
}

const schemas = ['connector', 'action', 'step', 'partial', 'x-mainspring'].map((name) =>
  JSON.parse(readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), 'utf8')),
)
const known = { keys: new Set<string>(), values: new Set<unknown>() }
for (const schema of schemas) collect(schema)

/** Every key and every fixed value that the schemas of the format know. */
export const knownKeys: readonly string[] = [...known.keys]
const knownValues: readonly unknown[] = [...known.values]

const hostile: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.NaN,
  2 ** 53,
  '',
  ' ',
  '$',
  '$.',
  '$.steps.list.output.data[*]..id',
  '{{',
  '{{1/0}}',
  "{{[1,2].map(x => x) + inputs['__proto__']}}",
  '${credentials.x',
  '${inputs.a}/../${inputs.b}',
  'https://user@evil.example:99999/',
  '//evil.example',
  'javascript:alert(1)',
  '(a+)+$',
  '[',
  'a'.repeat(3_000),
  '\u0000',
  '\ud800',
  '__proto__',
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: { prototype: { polluted: 1 } } },
  { $ref: '../../../../etc/passwd' },
  { $ref: 'acme.connector' },
  { functionName: 'request', parameters: {} },
]

/** Changes a few places of a definition that was read: it stays well-formed YAML, and means something else. */
export function damageTree(root: Record<string, unknown>, random: Random): void {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const rounds = 1 + Math.floor(random() * 4)
  for (let round = 0; round < rounds; round += 1) {
    const places = placesOf(root)
    if (places.length === 0) return
    const { holder, key } = pick(places)
    const value = (holder as Record<string | number, unknown>)[key]
    const put = (next: unknown) => {
      ;(holder as Record<string | number, unknown>)[key] = next
    }
    const any = () => {
      const kind = random()
      if (kind < 0.5) return pick(hostile)
      if (kind < 0.75) return pick(knownValues)
      const other = pick(places)
      return structuredClone((other.holder as Record<string | number, unknown>)[other.key])
    }
    const how = random()
    if (how < 0.35) put(any())
    else if (how < 0.5) remove(holder, key)
    else if (how < 0.6) put([value])
    else if (how < 0.65 && Array.isArray(value)) value.push(...structuredClone(value))
    else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      define(value as Record<string, unknown>, pick(knownKeys), any())
    else if (typeof key === 'string') {
      remove(holder, key)
      define(holder as Record<string, unknown>, pick(knownKeys), value)
    }
  }
}

function remove(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

function define(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function placesOf(root: Holder): Place[] {
  const places: Place[] = []
  const visit = (holder: Holder) => {
    for (const key of Array.isArray(holder) ? holder.keys() : Object.keys(holder)) {
      places.push({ holder, key })
      const value = (holder as Record<string | number, unknown>)[key]
      if (typeof value === 'object' && value !== null) visit(value as Holder)
    }
  }
  visit(root)
  return places
}

function collect(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return
  const { properties, enum: values, const: fixed } = schema as Record<string, unknown>
  if (typeof properties === 'object' && properties !== null)
    for (const key of Object.keys(properties)) known.keys.add(key)
  if (Array.isArray(values)) for (const value of values) known.values.add(value)
  if (fixed !== undefined) known.values.add(fixed)
  for (const part of Object.values(schema)) collect(part)
}
