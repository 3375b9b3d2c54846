import { actionPlan, type Entrance, input, refusal, requestStep, type World } from './refusal.ts'

const segment = actionPlan(requestStep(`{ url: "/x/\${inputs.id}/y", method: get }`), { inputs: input('id') })
const query = actionPlan(
  requestStep('{ url: /x, method: get, args: [{ name: q, in: query, value: "$.inputs.id" }] }'),
  { inputs: input('id') },
)
const raw = actionPlan(
  requestStep(
    '{ url: /x, method: get, encodeQueryParams: false, args: [{ name: q, in: query, value: "$.inputs.id" }, { name: r, in: query, value: z }] }',
  ),
  { inputs: input('id') },
)
const free = actionPlan(
  requestStep(
    '{ url: /, method: get }',
    '  x-mainspring: { passthrough: { method: "$.inputs.method", path: "$.inputs.path", query: "$.inputs.query" } }\n',
  ),
  { inputs: `${input('method')}${input('path')}${input('query', 'object')}` },
)

const urlOf = async (world: World, run: Promise<unknown>) => {
  await run
  return world.sent[0]?.url
}
/** RFC 3986: all but unreserved characters. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

const hostile = [
  ...['x/../y', '../y', '//evil.test', 'https://evil.test', 'a\\b', '..;', '...', '.%2e'],
  ...['%2e%2e', '%2f', '%00', 'a%', 'a?b=c', 'a#b', 'a@b', 'a:80', 'a;b=c', 'a&b=c', 'a b', 'a+b'],
  ...['a\r\nb', 'a\u0000b', 'x\uff0fy', '\uff0e\uff0e', 'x\u3002y', '\u0430cme', 'a\u200bb', '\u202eemca'],
]

export const paths: readonly Entrance[] = [
  {
    title: 'An input in the path',
    about: '`/x/${inputs.id}/y`: one segment, whatever it is. Host, path before and path after never change.',
    refusals: [
      refusal<string>({
        what: 'a segment that is a directory, or none',
        examples: ['', '.', '..'],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(segment, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'half of a surrogate pair',
        examples: ['\ud800', 'a\udc00b'],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(segment, { inputs: { id } }),
      }),
      refusal<unknown>({
        what: 'a list or an object',
        examples: [['..'], { a: 1 }],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(segment, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'everything else',
        examples: hostile,
        comesTo: { harmless: 'sent as one segment, percent-encoded' },
        attempt: (world, id) => urlOf(world, world.run(segment, { inputs: { id } })),
        seen: (id) => `https://api.acme.test/v1/x/${encoded(id)}/y`,
      }),
    ],
  },
  {
    title: 'An input in the query',
    about: 'One value, whatever it is.',
    refusals: [
      refusal<string>({
        what: 'half of a surrogate pair',
        examples: ['\ud800'],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(query, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'everything else',
        examples: ['', ...hostile],
        comesTo: { harmless: 'sent as one value, percent-encoded' },
        attempt: (world, id) => urlOf(world, world.run(query, { inputs: { id } })),
        seen: (id) => `https://api.acme.test/v1/x?q=${encoded(id)}`,
      }),
    ],
  },
  {
    title: 'An input in a query that is sent as it is',
    about:
      '`encodeQueryParams: false`, for providers that want it so. What a definition sends so, an `&` in it included, is its choice.',
    refusals: [
      refusal<string>({
        what: 'the end of the query, controls',
        examples: ['a#b', 'a\r\nb', 'a\tb', 'a\u0000'],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(raw, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'marks of a query',
        examples: ["name eq 'x'", 'a:b,c', 'a&b=c', '%2e'],
        comesTo: { harmless: 'sent as it stands' },
        attempt: (world, id) => urlOf(world, world.run(raw, { inputs: { id } })),
        seen: (id) => `https://api.acme.test/v1/x?q=${id}&r=z`,
      }),
    ],
  },
  {
    title: 'The path of the passthrough',
    about: 'The one path that a caller writes as a whole. It stays below the base URL.',
    refusals: [
      ['another host', ['//evil.test', 'https://evil.test', 'HTTPS://evil.test', '/\\evil.test']],
      [
        'directories',
        ['/../x', '/a/./b', '/a/..', '/%2e%2e/x', '/a/..%2fb', '/a/%5c..%5cb', '/%252e%252e/x'],
      ],
      ['a query or fragment', ['/a?b=c', '/a#b']],
      [
        'spaces, controls and wrong escapes',
        ['/a b', '/a\r\nb', '/a\u0000', '/a%00', '/%', '/%zz', '/\ud800'],
      ],
    ].map(([what, examples]) =>
      refusal<string>({
        what: what as string,
        examples: examples as string[],
        comesTo: 'input/invalid',
        attempt: (world, path) => world.run(free, { inputs: { path } }),
      }),
    ),
  },
  {
    title: 'Method and query of the passthrough',
    about: 'They are the caller’s, within what the call allows.',
    refusals: [
      refusal<string>({
        what: 'a write that the call does not allow',
        examples: ['post', 'DELETE'],
        comesTo: 'policy/write-not-allowed',
        attempt: (world, method) => world.run(free, { inputs: { path: '/x', method } }),
      }),
      refusal<string>({
        what: 'a method that is none',
        examples: ['CONNECT', 'TRACE', 'GET /x HTTP/1.1\r\nx: ', 'get '],
        comesTo: 'input/invalid',
        attempt: (world, method) => world.run(free, { inputs: { path: '/x', method }, allowWrites: true }),
      }),
      refusal<object>({
        what: 'an object as a value',
        examples: [{ a: { b: 1 } }],
        comesTo: 'input/invalid',
        attempt: (world, given) => world.run(free, { inputs: { path: '/x', query: given } }),
      }),
      refusal<string>({
        what: 'a name that would end the parameter, or reach a prototype',
        examples: ['a&b=c', 'a\r\nb', 'a#b', '__proto__', 'constructor'],
        comesTo: { harmless: 'sent as the name of one parameter, percent-encoded' },
        attempt: (world, name) =>
          urlOf(world, world.run(free, { inputs: { path: '/x', query: Object.fromEntries([[name, '1']]) } })),
        seen: (name) => `https://api.acme.test/v1/x?${encoded(name)}=1`,
      }),
    ],
  },
]
