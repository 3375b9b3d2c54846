import { afterAll, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { expectCoded } from '../fuzz/expect-coded.ts'
import { createWorld } from './refusals/create-world.ts'
import { actionPlan, input, requestStep } from './refusals/refusal.ts'

// Whatever a value is, it is refused with a code, or host and path stay what the definition says.
const world = createWorld()
beforeEach(() => world.reset())
afterAll(() => world.close())

/** Texts made of what URLs, paths and headers are sensitive to, beside any text at all. */
const marks = fc.constantFrom(
  ...[
    '/',
    '\\',
    '.',
    '..',
    '%',
    '%2e',
    '%2F',
    '%5c',
    '%00',
    '%25',
    '@',
    ':',
    '//',
    '?',
    '#',
    ';',
    '&',
    '=',
    '+',
    ' ',
  ],
  ...[
    '\r',
    '\n',
    '\t',
    '\0',
    '\u200b',
    '\u202e',
    '\u3002',
    '\uff0e',
    '\uff0f',
    '\u2215',
    '\u0430',
    '\u00e9',
    '\ud800',
  ],
  ...[
    'a',
    'Z',
    '0',
    '-',
    '_',
    '~',
    '[',
    ']',
    '(',
    ')',
    '*',
    "'",
    '"',
    '<',
    '>',
    '{',
    '}',
    '|',
    '^',
    '`',
    '$',
    '!',
    ',',
  ],
  ...[
    'http://',
    'https://evil.test',
    'evil.test',
    '127.0.0.1',
    'localhost',
    'xn--a',
    ':80',
    '::1',
    '__proto__',
  ],
)
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.array(marks, { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

/** The address that was sent, if anything was; what was not sent was refused with a code. */
async function sentUrl(run: Promise<unknown>): Promise<URL | undefined> {
  await run.catch(expectCoded)
  const [request, ...more] = world.sent.splice(0)
  expect(more).toEqual([])
  if (request === undefined) return undefined
  const url = new URL(request.url)
  // As it is written, it is what it means: nothing is normalised away on the way.
  expect([url.username, url.password, url.hash]).toEqual(['', '', ''])
  const [path = ''] = request.url.replace(/^https?:\/\/[^/?#]*/i, '').split('?', 1)
  expect(decoded(url.pathname)).toBe(decoded(path))
  for (const [name, value] of Object.entries(request.headers)) {
    expect(name).toMatch(/^[a-z-]+$/)
    expect(value).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/)
    if (name === 'cookie') expect(value.split(';')).toHaveLength(1)
  }
  return url
}

/** Some characters may be escaped or not, and mean the same. */
function decoded(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1'),
  )
}

const runs = { numRuns: 1_500 }

test('of any input in a path', async () => {
  const plan = actionPlan(
    requestStep(`{ url: "/x/\${inputs.a}/y/.\${inputs.b}.\${inputs.b}", method: get }`),
    {
      inputs: `${input('a')}${input('b')}`,
    },
  )
  let sent = 0
  const property = fc.asyncProperty(hostile, hostile, async (a, b) => {
    const url = await sentUrl(world.run(plan, { inputs: { a, b } }))
    if (url === undefined) return
    sent += 1
    const segments = url.pathname.split('/')
    expect([url.origin, url.search, segments.length]).toEqual(['https://api.acme.test', '', 6])
    expect(segments.slice(0, 3)).toEqual(['', 'v1', 'x'])
    expect([decodeURIComponent(segments[3] ?? ''), segments[4]]).toEqual([a, 'y'])
    expect(decodeURIComponent(segments[5] ?? '')).toBe(`.${b}.${b}`)
  })
  await fc.assert(property, runs)
  expect(sent).toBeGreaterThan(500)
})

test('of any input in a query, a header and a cookie', async () => {
  const plan = actionPlan(
    requestStep(
      `{ url: /x, method: get, args: [{ name: q, in: query, value: "$.inputs.a" }, { name: r, in: query, value: z }, { name: x-a, in: headers, value: "$.inputs.b", condition: "{{present(inputs.b)}}" }, { name: cookie, in: headers, value: "s=\${inputs.b}", condition: "{{present(inputs.b)}}" }] }`,
    ),
    { inputs: `${input('a')}${input('b')}` },
  )
  await fc.assert(
    fc.asyncProperty(hostile, fc.option(hostile, { nil: undefined }), async (a, b) => {
      const url = await sentUrl(world.run(plan, { inputs: { a, ...(b === undefined ? {} : { b }) } }))
      if (url === undefined) return
      expect([url.origin, url.pathname]).toEqual(['https://api.acme.test', '/v1/x'])
      expect([...url.searchParams]).toEqual([
        ['q', a],
        ['r', 'z'],
      ])
    }),
    runs,
  )
})

test('of any path and query of the passthrough', async () => {
  const plan = actionPlan(
    requestStep(
      '{ url: /, method: get }',
      '  x-mainspring: { passthrough: { method: get, path: "$.inputs.path", query: "$.inputs.query" } }\n',
    ),
    { inputs: `${input('path')}${input('query', 'object')}` },
  )
  let sent = 0
  const property = fc.asyncProperty(hostile, fc.dictionary(hostile, hostile), async (path, query) => {
    const url = await sentUrl(world.run(plan, { inputs: { path, query } }))
    if (url === undefined) return
    sent += 1
    expect([url.origin, url.pathname.startsWith('/v1/')]).toEqual(['https://api.acme.test', true])
    // Also as a server reads it that decodes first.
    expect(decodeURIComponent(url.pathname).split(/[/\\]/)).not.toContain('..')
    expect([...url.searchParams]).toEqual(Object.entries(query))
  })
  await fc.assert(property, runs)
  expect(sent).toBeGreaterThan(50)
})

test('of any credential or input in the host', async () => {
  const plan = actionPlan(requestStep('{ url: /x, method: get }'), {
    baseUrl: `https://\${credentials.firm}.\${inputs.a}.acme.test/v1`,
    fields: '{ key: firm, label: Firm, type: text, required: false }, ',
    inputs: input('a'),
  })
  const label = fc.oneof(hostile, fc.constantFrom('a', 'b-c', 'D9'))
  let sent = 0
  const property = fc.asyncProperty(label, label, async (firm, a) => {
    const url = await sentUrl(world.run(plan, { credentials: { firm }, inputs: { a } }))
    if (url === undefined) return
    sent += 1
    expect([url.host, url.pathname, url.search]).toEqual([
      `${firm}.${a}.acme.test`.toLowerCase(),
      '/v1/x',
      '',
    ])
  })
  await fc.assert(property, runs)
  expect(sent).toBeGreaterThan(50)
})

test('of any credential that is the whole base URL', async () => {
  const plan = actionPlan(requestStep('{ url: /x, method: get }'), {
    baseUrl: `\${credentials.base}`,
    fields: '{ key: base, label: Base, type: text, required: false }, ',
  })
  const base = fc
    .tuple(fc.constantFrom('https://', 'http://', ''), fc.constantFrom('acme.test', 'a.b:81', ''), hostile)
    .map((parts) => parts.join(''))
  let sent = 0
  const property = fc.asyncProperty(base, async (given) => {
    const url = await sentUrl(world.run(plan, { credentials: { base: given } }))
    if (url === undefined) return
    sent += 1
    expect([url.origin, url.search]).toEqual([new URL(given).origin, ''])
    expect(decoded(url.pathname)).toBe(`${decoded(given.replace(/^https?:\/\/[^/]*/i, ''))}/x`)
  })
  await fc.assert(property, runs)
  expect(sent).toBeGreaterThan(50)
})

test('of any value under compat: exact, where the host alone is guarded', async () => {
  const plan = actionPlan(requestStep(`{ url: "\${inputs.a}", method: get }`), {
    action: 'x-mainspring: { compat: exact }',
    baseUrl: `https://\${credentials.firm}.acme.test`,
    fields: '{ key: firm, label: Firm, type: text, required: false }, ',
    inputs: input('a'),
  })
  let sent = 0
  const label = fc.oneof(hostile, fc.constant('b'))
  const path = fc.tuple(fc.constantFrom('/', ''), hostile).map((parts) => parts.join(''))
  const property = fc.asyncProperty(label, path, async (firm, a) => {
    await world.run(plan, { credentials: { firm }, inputs: { a } }).catch(expectCoded)
    const [request] = world.sent.splice(0)
    if (request === undefined) return
    sent += 1
    const { host, username } = new URL(request.url)
    expect([host, username]).toEqual([`${firm}.acme.test`.toLowerCase(), ''])
  })
  await fc.assert(property, runs)
  expect(sent).toBeGreaterThan(50)
})
