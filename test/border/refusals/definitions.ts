import { parseDefinition } from '../../../src/definition/index.ts'
import { oneAction, requestStep } from '../../contract/plan-of.ts'
import { type Entrance, refusal } from './refusal.ts'

const whole = oneAction({ steps: requestStep('{ url: /x, method: get }') })
const root = 'acme.connector.s1.yaml'

/** The first finding of a definition that cannot be used. */
async function load(text: string): Promise<unknown> {
  const { model, diagnostics } = parseDefinition({ root, read: (name) => (name === root ? text : undefined) })
  if (model !== null) return model
  throw diagnostics.find(({ severity }) => severity === 'error')
}

/** Nine times nine times nine … */
const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
for (const [before, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((two) => [...two]))
  bomb.push(`${name}: &${name} [${new Array(9).fill(`*${before}`).join(',')}]`)
const aliases = bomb.join('\n')
const flow = (depth: number) => `x: ${'['.repeat(depth)}${']'.repeat(depth)}`
const block = (depth: number) =>
  Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n')

export const definitions: readonly Entrance[] = [
  {
    title: 'The file of a definition',
    about: 'Each is a finding with its place; the rest of the findings is told too.',
    refusals: [
      refusal<string>({
        what: 'aliases that multiply, nesting, size',
        examples: [
          aliases,
          flow(20_000),
          block(3_000),
          `${'- '.repeat(5_000)}x`,
          `# ${'x'.repeat(11 * 1024 * 1024)}`,
        ],
        comesTo: 'definition/too-large',
        attempt: (_world, text) => load(text.startsWith('- ') ? text : `${whole}\n${text}`),
      }),
      refusal<string>({
        what: 'an alias of itself, a wrong escape, a tab',
        examples: ['x: &a [*a]', 'x: "\\q"', 'x:\n\ty: 1'],
        comesTo: 'definition/syntax',
        attempt: (_world, text) => load(`${whole}\n${text}`),
      }),
      refusal<string>({
        what: 'what is no text',
        examples: ['\u0000', 'x: a\u0000b'],
        comesTo: 'definition/unreadable',
        attempt: (_world, text) => load(`${whole}\n${text}`),
      }),
      refusal<string>({
        what: 'a reference out of the folder',
        examples: ['../../etc/passwd', '/etc/passwd', 'https://evil.test/x', 'file:///etc/passwd', '..\\x'],
        comesTo: 'definition/reference-invalid',
        attempt: (_world, reference) => load(whole.replace('actions:', `actions:\n  - $ref: ${reference}`)),
      }),
      refusal<string>({
        what: 'a key that would be a path where files are named after it',
        examples: ['../../x', 'a/b', 'a\\\\b', '..', 'a\\u0000'],
        comesTo: 'definition/wrong-value',
        attempt: (_world, key) => load(whole.replace('key: acme', `key: "${key}"`)),
      }),
    ],
  },
  {
    title: 'The configuration of the hub',
    about: 'Told with its line before anything starts.',
    refusals: [
      refusal<string>({
        what: 'aliases that multiply, nesting',
        examples: [aliases, flow(20_000), block(5_000)],
        comesTo: 'hub/config-invalid',
        attempt: (world, text) => world.readConfig(text),
      }),
      refusal<string>({
        what: 'numbers that are none, keys twice, bytes',
        examples: ['port: .nan', 'port: 9007199254740993', 'port: 1\nport: 2', 'data: !!binary aGk='],
        comesTo: 'hub/config-invalid',
        attempt: (world, text) => world.readConfig(text),
      }),
    ],
  },
  {
    title: 'Arguments of commands',
    about:
      'A command writes where its user says; what a provider, a definition or an input says names no place.',
    refusals: [
      refusal<string>({
        what: 'a connector’s key that is a path',
        examples: ['../../x', 'a/b', '.', '..', 'C:x', ''],
        comesTo: 'cli/usage',
        attempt: (world, key) =>
          world.command('init', key, '--title', 'X', '--base-url', 'https://x.test', '--auth', 'none'),
      }),
      refusal<string>({
        what: 'an origin that is not on this machine, or more than an origin',
        examples: ['https://evil.test', 'http://10.0.0.1', 'http://127.0.0.1.evil.test'],
        comesTo: 'policy/origin-not-allowed',
        attempt: (world, origin) => world.command('run', 'clockwork_list_people', '--origin', origin),
      }),
      refusal<string>({
        what: 'an origin that is none',
        examples: [
          'file:///etc/passwd',
          'http://127.0.0.1/x',
          'http://a@127.0.0.1',
          'http://127.0.0.1?x',
          'x',
        ],
        comesTo: 'cli/usage',
        attempt: (world, origin) => world.command('run', 'clockwork_list_people', '--origin', origin),
      }),
    ],
  },
]
