import { actionPlan, type Entrance, input, refusal, requestStep } from './refusal.ts'

const get = requestStep('{ url: /x, method: get }')
const field = '{ key: firm, label: Firm, type: text, required: false }, '
const byCredential = actionPlan(get, { baseUrl: `https://\${credentials.firm}.acme.test/v1`, fields: field })
const byInput = actionPlan(get, { baseUrl: `https://\${inputs.firm}.acme.test/v1`, inputs: input('firm') })
const whole = actionPlan(get, { baseUrl: `\${credentials.firm}`, fields: field })

const labels: readonly [string, readonly string[]][] = [
  ['another path or directory', ['x/../y', '..', '.', 'x/y', '/', '\\', 'x\\y']],
  ['the same, encoded', ['%2e%2e', '%2f', '%2F', '%5c', 'x%00']],
  [
    'another host',
    ['a@b', 'evil.test/', 'evil.test#', 'evil.test?', 'a:b@evil.test', '[::1]', 'a:80', ':80'],
  ],
  [
    'look-alikes of slash and dot',
    ['x\uff0fy', 'x\u2215y', 'x\u2044y', 'x\uff0ey', 'x\u3002y', 'x\uff61y', '\u2025'],
  ],
  ['letters that look like others', ['\u0430cme', 'ac\u217ae', '\uff41cme', 'acm\u00e9', '\u212a', '\u2460']],
  [
    'characters that are not seen',
    ['ac\u200bme', 'ac\u00adme', '\u2060acme', '\ufeffacme', '\u202eemca', 'ac\u2066me\u2069'],
  ],
  ['spaces and controls', ['a b', ' acme', 'a\tb', 'a\r\nb', 'a\u0000b', 'a\u007fb', 'a\u00a0b']],
  ['what is no label of DNS', ['-a', 'a-', 'a_b', 'a..b', 'a.', '.a', 'a'.repeat(64), 'a'.repeat(5_000), '']],
]

/** Clockwork's own rules are stricter still: `test/plan` and the contract tests of the connector. */
export const authority: readonly Entrance[] = [
  {
    title: 'A credential in the host of a base URL',
    about: '`https://${credentials.firm}.acme.test/v1`: the value is one label of the host, or several.',
    refusals: labels.map(([what, examples]) =>
      refusal<string>({
        what,
        examples,
        comesTo: 'auth/invalid-credential',
        attempt: (world, firm) => world.run(byCredential, { credentials: { firm } }),
      }),
    ),
  },
  {
    title: 'An input in the host of a base URL',
    about: '`https://${inputs.firm}.acme.test/v1`.',
    refusals: labels.map(([what, examples]) =>
      refusal<string>({
        what,
        examples,
        comesTo: 'input/invalid',
        attempt: (world, firm) => world.run(byInput, { inputs: { firm } }),
      }),
    ),
  },
  {
    title: 'A credential that is the whole base URL',
    about: '`${credentials.firm}`, for providers on premises. It ends where the path of the action begins.',
    refusals: [
      [
        'another scheme',
        ['file:///etc/passwd', 'ftp://acme.test', 'data:text/plain,x', 'javascript:x', '//acme.test'],
      ],
      ['a user', ['https://user:password@acme.test', 'https://a.test%2f@b.test', 'https://@b.test']],
      [
        'a query or fragment that swallows the path',
        ['https://acme.test/?a=', 'https://acme.test/#', 'https://acme.test?'],
      ],
      [
        'directories',
        ['https://acme.test/a/../b', 'https://acme.test/%2e%2e/', 'https://acme.test\\@b.test'],
      ],
      [
        'letters that are none of ASCII',
        ['https://\u0430cme.test', 'https://acme\u3002test', 'https://\u2460.test'],
      ],
      ['a port that is none', ['https://acme.test:99999', 'https://acme.test:', 'https://acme.test:80:80']],
    ].map(([what, examples]) =>
      refusal<string>({
        what: what as string,
        examples: examples as string[],
        comesTo: 'auth/invalid-credential',
        attempt: (world, firm) => world.run(whole, { credentials: { firm } }),
      }),
    ),
  },
  {
    title: 'The base URL of a definition',
    about: 'Whoever writes definitions is trusted; what is no address of HTTP is still sent nowhere.',
    refusals: [
      refusal<string>({
        what: 'another scheme, or a user',
        examples: [
          'file:///etc/passwd',
          'ftp://acme.test',
          'data:text/plain,x',
          '//acme.test',
          'https://u:p@acme.test',
        ],
        comesTo: 'step/failed',
        attempt: (world, baseUrl) => world.run(actionPlan(get, { baseUrl })),
      }),
    ],
  },
]
