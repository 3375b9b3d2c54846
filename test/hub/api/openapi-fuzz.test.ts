import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

/**
 * Requests made from the hub's own OpenAPI document, valid ones and hostile ones. Whatever comes, no answer is a failure
 * of the hub (500), none holds a secret or a trace, and every one is what the document says.
 */
interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
}
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}
interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: Schema }>> }>>
}
interface Wish {
  readonly method: string
  readonly template: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_125)
const runs = Number(process.env['FUZZ_RUNS'] ?? 600)

let hub: LinkedHub
let document: { readonly paths: Record<string, Record<string, Operation>>; readonly components?: object }
let secrets: readonly string[]
const log: string[] = []
const ids: Record<string, string> = {}

beforeAll(async () => {
  hub = await startLinkedHub({
    requestsPerMinute: 1_000_000,
    visitorLimits: { refusalsPerMinute: 1_000_000, requestsPerMinute: 1_000_000 },
    logLevel: 'error',
    logStream: { write: (line) => void log.push(line) },
  })
  document = (await hub.call('GET', '/openapi.json')).body as typeof document
  const { firmName: _open, ...hidden } = hub.credentials
  secrets = Object.values(hidden)
  const { services } = hub.hub
  const owner = { originOwnerId: 'o', originOwnerName: 'O' }
  const { token } = await services.connectSessions.create('default', owner, { kind: 'system' })
  Object.assign(ids, {
    account: hub.accountId,
    session: token,
    provider: 'clockwork',
    integration: 'clockwork.api_key.sandbox',
    action: 'clockwork_list_people',
    subject: 'agents',
  })
})
afterAll(() => hub.close())

/** Texts that have broken servers before: signs of other languages, control characters, names of prototypes, numbers. */
const hostile = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\r\nx-injected: yes',
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  "' or 1=1 --",
  '"; drop table account; --',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '-1',
  '1e309',
  '9007199254740993',
  '99999999999999999999',
  'null',
  'WyJ4Il0',
  'W10',
  '2026-13-45T99:99:99Z',
  '🦀'.repeat(40),
  'a'.repeat(5_000),
  '*',
  '.*',
] as const

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
)
const knownText = () => fc.constantFrom(...Object.values(ids))
const junk = fc.oneof(
  anyText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, [], {}, 0, -1, 1e300, true, { __proto__: null }, [[[[[]]]]]),
)

/** Mostly what the schema asks for, now and then anything else. */
function anyOf(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(schema, name) }, { weight: 1, arbitrary: junk })
}

function fitting(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => fitting(one, name)))
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 500 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -5, max: schema.maximum ?? 500, noNaN: true })
    case 'array':
      return fc.array(anyOf(schema.items ?? {}, name), { maxLength: 4 })
    case 'object': {
      const properties = Object.entries(schema.properties ?? {})
      if (properties.length === 0) return fc.dictionary(anyText, junk, { maxKeys: 4 })
      const shape = Object.fromEntries(properties.map(([key, one]) => [key, anyOf(one, key)]))
      const requiredKeys = (schema.required ?? []).filter((key) => key in shape)
      return fc.record(shape, { requiredKeys })
    }
    case 'string':
      return fc.oneof({ weight: 2, arbitrary: knownText() }, { weight: 1, arbitrary: anyText })
    default:
      return junk
  }
}

function wishes(): fc.Arbitrary<Wish> {
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
  )
  // What takes others' ground away would leave nothing to try: the account has to stay.
  const kept = operations.filter(
    ({ method, template }) => !(method === 'delete' && template === '/accounts/{id}'),
  )
  return fc.constantFrom(...kept).chain(({ template, method, operation }) => {
    const parameters = operation.parameters ?? []
    const values = Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        fc.option(anyOf(schema, name), { nil: undefined, freq: 4 }),
      ]),
    )
    const schema = operation.requestBody?.content['application/json']?.schema
    const body = schema === undefined ? fc.constant(undefined) : anyOf(schema)
    return fc
      .record({
        values: fc.record(values),
        body,
        raw: fc.option(anyText, { nil: undefined, freq: 25 }),
        proof: fc.constantFrom('key', 'key', 'key', 'session', 'session', 'none', 'wrong'),
        pathText: fc.oneof(knownText(), anyText),
      })
      .map(({ values: given, body: value, raw, proof, pathText }) => {
        const query = new URLSearchParams()
        const headers: Record<string, string> = { ...proofOf(proof) }
        let path = template
        for (const { name, in: place } of parameters) {
          const own = (given as Record<string, unknown>)[name]
          if (place === 'path') continue
          if (own === undefined) continue
          if (place === 'query')
            for (const one of Array.isArray(own) ? own : [own]) query.append(name, textOf(one))
          else if (/^[\x20-\x7e]*$/.test(textOf(own))) headers[name] = textOf(own)
        }
        path = path.replace(
          /\{\w+\}/g,
          () => encodeURIComponent(pathText.toWellFormed()).replace(/^\.+$/, 'x') || 'x',
        )
        const payload = raw ?? (value === undefined ? undefined : JSON.stringify(value))
        if (payload !== undefined) headers['content-type'] = 'application/json'
        return {
          method,
          template,
          path: query.size === 0 ? path : `${path}?${query}`,
          headers,
          ...(payload === undefined || method === 'get' ? {} : { payload }),
        }
      })
  })
}

function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()
}

function proofOf(kind: string): Record<string, string> {
  if (kind === 'key') return { ...hub.authorization, 'x-account-id': hub.accountId }
  if (kind === 'session') return { 'x-hub-session-token': ids['session'] ?? '' }
  return kind === 'wrong' ? { authorization: 'Bearer msk_wrong', 'x-hub-session-token': 'wrong' } : {}
}

const validators = new Map<string, ValidateFunction | null>()

function validatorOf({ template, method }: Wish, status: number): ValidateFunction | null {
  const responses = document.paths[template]?.[method]?.responses ?? {}
  const documented = responses[String(status)] ? String(status) : 'default'
  const name = `${method} ${template} ${documented}`
  const known = validators.get(name)
  if (known !== undefined) return known
  const schema = responses[documented]?.content?.['application/json']?.schema
  const compiled =
    schema === undefined
      ? null
      : new Ajv2020({ strict: false }).compile({ ...schema, components: document.components })
  validators.set(name, compiled)
  return compiled
}

const statuses: Record<string, number> = {}
const tried = new Set<string>()

test('requests made from the document, valid and hostile, never make the hub fail, leak, or answer otherwise', async () => {
  await fc.assert(
    fc.asyncProperty(wishes(), async (wish) => {
      const { method, path, headers, payload } = wish
      const answer = await hub.hub.app.inject({
        method: method.toUpperCase() as 'GET',
        url: path,
        headers,
        ...(payload === undefined ? {} : { payload }),
      })
      const { statusCode: status, body } = answer
      statuses[status] = (statuses[status] ?? 0) + 1
      tried.add(`${method} ${wish.template}`)
      // 502 and 504 are what the provider came to; a failure of the hub is none of these.
      if (status >= 500 && ![502, 504].includes(status)) throw new Error(`${status}: ${body.slice(0, 500)}`)
      for (const secret of secrets) if (body.includes(secret)) throw new Error('a secret is in the answer')
      if (/\bat \w.*\.[jt]s:\d+|node_modules|SQLITE_|\bselect .* from\b/i.test(body))
        throw new Error(`a trace is in the answer: ${body.slice(0, 500)}`)
      if (Object.keys(answer.headers).includes('x-injected')) throw new Error('a header was injected')
      const json = String(answer.headers['content-type']).includes('application/json')
      const validate = json ? validatorOf(wish, status) : null
      if (validate !== null && body !== '' && !validate(JSON.parse(body)))
        throw new Error(
          `${status} is not as documented: ${JSON.stringify(validate.errors)} ${body.slice(0, 300)}`,
        )
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
  // Else nothing was tried: each kind of answer has to come up, and nearly every operation.
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '404']))
  const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
  if (runs >= 600) expect(tried.size).toBeGreaterThan(operations.length * 0.9)
  expect(log).toEqual([])
}, 600_000)
