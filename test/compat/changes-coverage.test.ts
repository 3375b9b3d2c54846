import { describe, expect, test } from '@jest/globals'
import { compareValues } from '../../src/compat/changes/compare-values.ts'
import { ruleOf } from '../../src/compat/changes/rules/index.ts'
import { definitionOf, type FormatSchema, loadFormatSchema } from '../../src/definition/index.ts'

// Every key of the format, from its schemas: each must be judged, and a definition with the key must differ from one
// without it, in both directions.
const root = loadFormatSchema()
const definitions: Readonly<Record<string, FormatSchema>> = { Connector: root, ...root.definitions }

/** Definitions that stand within the function of a step, where whatever is not judged by itself is mechanics. */
const withinStepFunctions = reachableFrom('StepFunction')

function reachableFrom(start: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { $ref } = node as { readonly $ref?: string }
    if (typeof $ref === 'string') visitDefinition($ref.replace('#/definitions/', ''))
    for (const inner of Object.values(node)) visit(inner)
  }
  const visitDefinition = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    visit(definitions[name])
  }
  visitDefinition(start)
  return found
}

const keys = Object.entries(definitions).flatMap(([name, { properties }]) =>
  Object.entries(properties ?? {}).map(([key, schema]) => ({ name, key, schema })),
)

/** Two different values that a schema admits, as plain as can be. */
function samples(schema: FormatSchema, depth = 0): readonly [unknown, unknown] {
  const target = definitionOf(schema)
  if (target !== schema) return samples(target, depth)
  if (schema.const !== undefined) return [schema.const, schema.const]
  if (schema.enum !== undefined) return [schema.enum[0], schema.enum[1] ?? schema.enum[0]]
  const known = schema['x-known']
  if (known !== undefined) return [known[0], known[1] ?? 'another']
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives?.[0] !== undefined && schema.properties === undefined)
    return samples(alternatives[0], depth)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'boolean') return [true, false]
  if (type === 'integer' || type === 'number') return [1, 2]
  if (type === 'array') {
    const [one, other] = depth > 6 ? ['a', 'b'] : samples(schema.items ?? {}, depth + 1)
    return [[one], JSON.stringify(one) === JSON.stringify(other) ? [one, one] : [other]]
  }
  if (type === 'object' || schema.properties !== undefined) return objectSamples(schema, depth)
  return ['one', 'two']
}

function objectSamples(schema: FormatSchema, depth: number): readonly [unknown, unknown] {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0) {
    const inner =
      typeof schema.additionalProperties === 'object'
        ? samples(schema.additionalProperties, depth + 1)
        : ['one', 'two']
    return [{ key: inner[0] }, { key: inner[1] }]
  }
  const wanted = properties.filter(
    ([key], index) => schema.required?.includes(key) || (index === 0 && depth < 7),
  )
  const pairs = wanted.map(([key, value]) => [key, samples(value, depth + 1)] as const)
  const changeable = pairs.findIndex(([, [one, other]]) => JSON.stringify(one) !== JSON.stringify(other))
  return [
    Object.fromEntries(pairs.map(([key, [one]]) => [key, one])),
    Object.fromEntries(pairs.map(([key, [one, other]], index) => [key, index === changeable ? other : one])),
  ]
}

/** The constants that make a value one of its alternative and of no other. */
function constantsOf(name: string): Record<string, unknown> {
  const properties = Object.entries(definitions[name]?.properties ?? {})
  return Object.fromEntries(
    properties.flatMap(([key, schema]) => {
      const { const: constant } = definitionOf(schema)
      return constant === undefined ? [] : [[key, constant]]
    }),
  )
}

function compare(name: string, before: unknown, after: unknown) {
  const schema: FormatSchema = name === 'Connector' ? root : { $ref: `#/definitions/${name}` }
  return compareValues(schema, before, after, {
    before: [],
    after: [],
    crumbs: [],
    subject: `${name}[]`,
    inStepFunction: withinStepFunctions.has(name),
  })
}

test('the schemas give the keys at all', () => {
  expect(keys.length).toBeGreaterThan(300)
})

test('somebody has decided about every key', () => {
  const undecided = keys
    .map(({ name, key }) => ({ subject: `${name}.${key}`, inside: withinStepFunctions.has(name) }))
    .filter(({ subject, inside }) => ruleOf(subject, inside) === undefined)
  expect(undecided).toEqual([])
})

describe('a key of the format', () => {
  test.each(keys.map(({ name, key, schema }) => [`${name}.${key}`, { name, key, schema }] as const))(
    '%s is seen where it comes, goes and changes',
    (subject, { name, key, schema }) => {
      const constants = constantsOf(name)
      const [one, other] = samples(schema)
      const [without, withOne, withOther] = [
        constants,
        { ...constants, [key]: one },
        { ...constants, [key]: other },
      ]
      const isConstant = Object.hasOwn(constants, key)
      if (!isConstant) {
        expect(compare(name, without, withOne)).not.toEqual([])
        expect(compare(name, withOne, without)).not.toEqual([])
      }
      if (JSON.stringify(one) !== JSON.stringify(other))
        expect(compare(name, withOne, withOther)).not.toEqual([])
      for (const { code, message } of compare(name, without, withOne)) {
        expect(code).toMatch(/^compat\/[\da-z$-]+$/)
        expect(message).toMatch(/^[`A-Z].*\.$/s)
      }
      expect(subject).toBeDefined()
    },
  )
})
