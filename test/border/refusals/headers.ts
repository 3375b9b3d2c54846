import { isStreamed } from '../../../src/http/index.ts'
import { actionPlan, type Entrance, input, refusal, requestStep, type World } from './refusal.ts'

const step = requestStep(
  '{ url: /x, method: get, args: [{ name: x-id, in: headers, value: "$.inputs.id" }] }',
)
const header = actionPlan(step, { inputs: input('id') })
const cookie = actionPlan(
  requestStep(
    `{ url: /x, method: get, args: [{ name: Cookie, in: headers, value: "session=\${inputs.id}" }] }`,
  ),
  { inputs: input('id') },
)
const named = actionPlan(
  requestStep(`{ url: /x, method: get, args: [{ name: "\${inputs.id}", in: headers, value: x }] }`),
  { inputs: input('id') },
)
const bearer = (type: string) =>
  actionPlan(requestStep('{ url: /x, method: get }'), {
    authorization: '{ type: bearer, token: "$.credentials.pasted", includeBearer: true }',
    fields: `{ key: pasted, label: Pasted, type: ${type}, required: false }, `,
  })
const [oneLine, lines] = [bearer('password'), bearer('text_area')]
const field = '{ key: pasted, label: Pasted, type: password, required: false }, '
const credentialCookie = actionPlan(
  requestStep(
    `{ url: /x, method: get, args: [{ name: cookie, in: headers, value: "k=\${credentials.pasted}" }] }`,
  ),
  { fields: field },
)
const credentialQuery = actionPlan(
  requestStep('{ url: /x, method: get, args: [{ name: k, in: query, value: "$.credentials.pasted" }] }'),
  { fields: field },
)
const upload = actionPlan(
  `- stepId: get\n  description: Calls.\n  stepFunction: { functionName: upload_file, parameters: { url: /x, method: post, file: { fieldName: file, filename: "$.inputs.id", content: "$.inputs.content" } } }`,
  { inputs: `${input('id')}${input('content')}` },
)
const body = (type: string) =>
  actionPlan(
    requestStep(
      `{ url: /x, method: post, args: [{ name: content-type, in: headers, value: ${type} }, { name: doc, in: body, value: "$.inputs.doc" }] }`,
    ),
    { inputs: input('doc', 'object') },
  )
const [form, xml] = [body('application/x-www-form-urlencoded'), body('application/xml')]

const broken = ['a\r\nx-evil: 1', 'a\nb', 'a\rb', 'a\u0000b', 'a\u0007', 'a\u007f', 'a\u2026', '\u{1f600}']
const bodyOf = async (world: World, run: Promise<unknown>) => {
  await run
  return world.sent[0]?.body
}

export const headers: readonly Entrance[] = [
  {
    title: 'An input in a header',
    about: 'Names and values that HTTP cannot carry are refused, and never cut or mended.',
    refusals: [
      refusal<string>({
        what: 'line ends, controls, letters beyond Latin-1',
        examples: broken,
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(header, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'a second cookie',
        examples: ['a; admin=1', ';'],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(cookie, { inputs: { id } }),
      }),
      refusal<string>({
        what: 'a name that no header has, or that frames the message',
        examples: [
          'a b',
          'a:',
          'a\r\nb',
          '\u00e4',
          'Content-Length',
          'transfer-encoding',
          'Connection',
          'Upgrade',
        ],
        comesTo: 'input/invalid',
        attempt: (world, id) => world.run(named, { inputs: { id } }),
      }),
    ],
  },
  {
    title: 'A credential in a header',
    about: 'As they are pasted.',
    refusals: [
      refusal<string>({
        what: 'line ends, controls, letters beyond Latin-1',
        examples: broken,
        comesTo: 'auth/invalid-credential',
        attempt: (world, pasted) => world.run(oneLine, { credentials: { pasted } }),
      }),
      refusal<string>({
        what: 'the same in a field of several lines',
        examples: broken,
        comesTo: 'auth/invalid-credential',
        attempt: (world, pasted) => world.run(lines, { credentials: { pasted } }),
      }),
      refusal<string>({
        what: 'a second cookie',
        examples: ['a; admin=1', ';'],
        comesTo: 'auth/invalid-credential',
        attempt: (world, pasted) => world.run(credentialCookie, { credentials: { pasted } }),
      }),
      refusal<string>({
        what: 'another parameter, where it stands in the query',
        examples: ['a&admin=1', 'a#b', 'a=b', 'a b', '%26'],
        comesTo: { harmless: 'sent as one value, percent-encoded' },
        async attempt(world, pasted) {
          await world.run(credentialQuery, { credentials: { pasted } })
          return world.sent[0]?.url
        },
        seen: (pasted) => `https://api.acme.test/v1/x?k=${encodeURIComponent(pasted)}`,
      }),
    ],
  },
  {
    title: 'An input in a body',
    about: 'In JSON all is data. Other kinds have their own marks.',
    refusals: [
      refusal<string>({
        what: 'a key that is no name, in XML',
        examples: ['a><b', 'a b', '1a', '', '!--', '?xml', 'a/'],
        comesTo: 'input/invalid',
        attempt: (world, key) => world.run(xml, { inputs: { doc: Object.fromEntries([[key, 'x']]) } }),
      }),
      refusal<string>({
        what: 'a character that XML cannot hold',
        examples: ['a\u0000', '\u0008', '\ufffe', '\ud800'],
        comesTo: 'input/invalid',
        attempt: (world, text) => world.run(xml, { inputs: { doc: { a: text } } }),
      }),
      refusal<string>({
        what: 'marks of XML in a text',
        examples: ['</a><b>', '&lt;', ']]>', '"'],
        comesTo: { harmless: 'sent as text, escaped' },
        attempt: (world, text) => bodyOf(world, world.run(xml, { inputs: { doc: { a: text } } })),
        seen: (text) =>
          `<doc><a>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</a></doc>`,
      }),
      refusal<string>({
        what: 'another field, in a form',
        examples: ['a&b=c', 'a=b', 'a]=1&x[y', '\r\n'],
        comesTo: { harmless: 'sent as name and value of one field, percent-encoded' },
        attempt: (world, text) =>
          bodyOf(world, world.run(form, { inputs: { doc: Object.fromEntries([[text, text]]) } })),
        seen: (text) => `doc[${encodeURIComponent(text)}]=${encodeURIComponent(text)}`,
      }),
    ],
  },
  {
    title: 'The name of an uploaded file',
    about: 'In the head of a part of `multipart/form-data`.',
    refusals: [
      refusal<string>({
        what: 'the end of the name, of the line or of the part',
        examples: ['a"; name="b', 'a\r\nContent-Type: text/html\r\n\r\n<x>', 'a\nb', '../../etc/passwd"'],
        comesTo: { harmless: 'sent as one name in its quotes, as browsers write it' },
        async attempt(world, id) {
          await world.run(upload, { inputs: { id, content: 'eA==' } })
          const { body } = world.sent[0] ?? {}
          const text = isStreamed(body) ? (body.preview ?? '') : ''
          return /^Content-Disposition: (.*)$/m.exec(text)?.[1]?.trim()
        },
        seen: (id) =>
          `form-data; name="file"; filename="${id.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')}"`,
      }),
    ],
  },
]
