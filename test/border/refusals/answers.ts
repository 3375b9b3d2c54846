import type { Exchange } from '../../../src/transport/index.ts'
import { actionPlan, type Entrance, refusal, requestStep, type World } from './refusal.ts'

const secret = 'canary-of-the-account'
const auth = { authorization: '{ type: bearer, token: "$.credentials.secret", includeBearer: true }' }
const get = actionPlan(requestStep('{ url: /x, method: get }'), auth)
const post = actionPlan(requestStep('{ url: /x, method: post }'), auth)
const listing = actionPlan(
  requestStep(
    '{ url: /x, method: get }',
    '  x-mainspring: { paging: { style: link }, response: { rows: [rows] } }\n',
  ),
  auth,
)
const named = actionPlan(
  '- stepId: get\n  description: Fetches.\n  stepFunction: { functionName: download_file, parameters: { url: /x, method: get, response: { urlKey: address } } }',
  auth,
)
const fetched = actionPlan(
  '- stepId: get\n  description: Fetches.\n  stepFunction: { functionName: download_file, parameters: { url: /x, method: get } }',
  auth,
)
const credentials = { secret }

const redirectTo = (location: string, status = 302): Partial<Exchange> => ({ status, headers: { location } })
const json = (value: unknown): Partial<Exchange> => ({ body: Buffer.from(JSON.stringify(value)) })
const elsewhere = [
  ...['https://evil.test/x', '//evil.test/x', 'http://api.acme.test/v1/x', 'https://api.acme.test:8443/x'],
  ...[
    'https://api.acme.test.evil.test/',
    'https://a@evil.test/',
    'http://169.254.169.254/latest',
    'http://127.0.0.1/',
  ],
  ...[
    'file:///etc/passwd',
    'ftp://api.acme.test/',
    'data:text/plain,x',
    'javascript:1',
    'https://api.acme.test\\@evil.test/',
  ],
]

export const answers: readonly Entrance[] = [
  {
    title: 'A redirect',
    about:
      'Followed on the very same origin alone, so that credentials go nowhere else. Files may be fetched elsewhere, without them.',
    refusals: [
      refusal<string>({
        what: 'to another host, port or scheme',
        examples: elsewhere.filter((one) => !one.includes('\\')),
        comesTo: 'provider/redirected',
        sentBefore: 1,
        attempt(world, location) {
          world.answer = () => redirectTo(location)
          return world.run(get, { credentials })
        },
      }),
      refusal<string>({
        what: 'to nowhere',
        examples: ['https://', 'http://[::', 'https://a b.test/'],
        comesTo: 'provider/redirected',
        sentBefore: 1,
        attempt(world, location) {
          world.answer = () => redirectTo(location)
          return world.run(get, { credentials })
        },
      }),
      refusal<number>({
        what: 'of a write, also to the same origin',
        examples: [301, 302, 303, 307, 308],
        comesTo: 'write/outcome-unknown',
        sentBefore: 1,
        attempt(world, status) {
          world.answer = () => redirectTo('/v1/y', status)
          return world.run(post, { credentials })
        },
      }),
      refusal<string>({
        what: 'in a circle',
        examples: ['/v1/x'],
        comesTo: 'provider/redirected',
        sentBefore: 6,
        attempt(world, location) {
          world.answer = () => redirectTo(location)
          return world.run(get, { credentials })
        },
      }),
    ],
  },
  {
    title: 'An address in an answer',
    about: 'The link to the next page, and the address of a file.',
    refusals: [
      refusal<string>({
        what: 'a next page elsewhere',
        examples: elsewhere.filter((one) => !one.includes('\\')),
        comesTo: 'provider/redirected',
        sentBefore: 1,
        attempt(world, address) {
          world.answer = () => ({
            headers: { link: `<${address}>; rel="next"` },
            ...json({ rows: [{ id: 1 }] }),
          })
          return world.run(listing, { credentials })
        },
      }),
      refusal<unknown>({
        what: 'a file that is not on the web',
        examples: [
          'file:///etc/passwd',
          'ftp://evil.test/',
          'data:text/plain,x',
          'javascript:1',
          '/x',
          '',
          7,
          null,
        ],
        comesTo: 'step/failed',
        sentBefore: 1,
        attempt(world, address) {
          world.answer = () => json({ address })
          return world.run(named, { credentials })
        },
      }),
      refusal<string>({
        what: 'a file within the network, or at a port that is nobody’s',
        examples: [
          ...[
            'http://127.0.0.1/',
            'http://169.254.169.254/latest/meta-data',
            'https://10.0.0.1/x',
            'http://[::1]/',
          ],
          ...[
            'http://2130706433/',
            'https://user@192.168.1.1/',
            'https://93.184.215.14:6379/',
            'http://localhost/',
          ],
        ],
        comesTo: 'policy/address-not-allowed',
        sentBefore: 1,
        attempt(world, address) {
          world.reachesOthers = true
          world.answer = () => json({ address })
          return world.run(named, { credentials })
        },
      }),
      refusal<string>({
        what: 'the same, by a redirect of the file',
        examples: ['https://127.0.0.1/', 'https://169.254.169.254/', 'https://[fd00::1]/'],
        comesTo: 'policy/address-not-allowed',
        sentBefore: 1,
        attempt(world, location) {
          world.reachesOthers = true
          world.answer = () => redirectTo(location)
          return world.run(fetched, { credentials })
        },
      }),
      refusal<string>({
        what: 'a file at another host',
        examples: ['https://files.test/x?signature=y'],
        comesTo: { harmless: 'sent as a request without the credentials' },
        async attempt(world, address) {
          world.answer = ({ url }) => (url === address ? { status: 404 } : json({ address }))
          await world.run(named, { credentials }).catch(() => undefined)
          return [
            world.sent[1]?.url,
            Object.values(world.sent[1]?.headers ?? {})
              .join()
              .includes(secret),
          ]
        },
        seen: (address) => [address, false],
      }),
    ],
  },
  {
    title: 'What a provider answers',
    about:
      'Limits on size and time, cut and mislabelled bodies are in `test/border/responses.test.ts`, over real sockets.',
    refusals: [
      refusal<string>({
        what: 'JSON that is none, or says two things',
        examples: ['{"a":NaN}', '{"a":1', '<p>', '\u0000'],
        comesTo: 'response/unreadable',
        sentBefore: 1,
        attempt: (world, text) => answered(world, text, 'application/json'),
      }),
      refusal<string>({
        what: 'a key twice',
        examples: ['{"id":1,"id":2}', '{"id":1,"\\u0069d":2}'],
        comesTo: 'response/duplicate-key',
        sentBefore: 1,
        attempt: (world, text) => answered(world, text, 'application/json'),
      }),
      refusal<string>({
        what: 'nesting',
        examples: [
          `${'['.repeat(600)}${']'.repeat(600)}`,
          `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
        ],
        comesTo: 'response/too-deep',
        sentBefore: 1,
        attempt: (world, text) => answered(world, text, 'application/json'),
      }),
      refusal<string>({
        what: 'entities of XML, files read by it, nesting',
        examples: [
          '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>',
          '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
          `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`,
          '<a>'.repeat(100_000),
        ],
        comesTo: 'response/unreadable',
        sentBefore: 1,
        attempt: (world, text) => answered(world, text, 'application/xml'),
      }),
    ],
  },
]

function answered(world: World, text: string, type: string): Promise<unknown> {
  world.answer = () => ({ headers: { 'content-type': type }, body: Buffer.from(text) })
  return world.run(get, { credentials })
}
