import type { LintSource } from './lint-source.ts'
import type { ExamplePart, RuleExample } from './rule.ts'

/** What stands around a part where its example does not say otherwise: whole, and without a finding of its own. */
const defaults: Readonly<Record<ExamplePart, Readonly<Record<string, string>>>> = {
  connector: {
    StackOne: '1.0.0',
    info: '\n  title: Acme\n  key: acme\n  version: 1.0.0\n  description: People and notes of a firm.',
    baseUrl: 'https://api.acme.example/v1',
  },
  method: {
    type: 'custom',
    label: 'API Key',
    environments: '\n  - key: production\n    name: Production',
    configFields:
      '\n  - key: apiKey\n    label: API Key\n    type: password\n    required: true\n    secret: true\n    description: The key of the firm, from its settings.',
    authorization: '\n  type: bearer\n  token: $.credentials.apiKey',
    testActions:
      '\n  - required: true\n    action:\n      actionId: check\n      label: Check\n      description: Reads who the key belongs to.\n      categories: [internal]\n      actionType: test\n      steps:\n        - stepId: me\n          stepFunction: {functionName: request, parameters: {url: /me, method: get}}\n      result: {data: $.steps.me.output.data}',
  },
  field: { key: 'apiKey', label: 'API Key', type: 'password', required: 'true', secret: 'true' },
  action: {
    actionId: 'get_person',
    label: 'Get Person',
    description: 'Reads one person of the firm by id, with addresses.',
    categories: '\n  - hris',
    actionType: 'get',
    inputs:
      '\n  - name: person_id\n    type: string\n    in: path\n    required: true\n    description: Which person, by the id that list_people gives.',
    steps:
      '\n  - stepId: read\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /people/${inputs.person_id}\n        method: get',
    result: '\n  data: $.steps.read.output.data',
  },
  input: { name: 'person_id', type: 'string', in: 'query', description: 'Which person.' },
  step: { stepId: 'read' },
  parameters: { url: '/people/${inputs.person_id}', method: 'get' },
  arg: { name: 'q', in: 'query' },
}

/** The example as a connector of its own. */
export function exampleSource({ part, yaml, files = {} }: RuleExample): LintSource {
  const texts: Readonly<Record<string, string>> = { 'acme.connector.s1.yaml': wrap(part, yaml), ...files }
  const names = Object.keys(texts)
  return {
    root: 'acme.connector.s1.yaml',
    names: names.filter((name) => name.endsWith('.yaml')),
    exampleNames: names.filter((name) => name.endsWith('.json')),
    read: (name) => texts[name],
  }
}

/** The second connector of an example about a catalog. */
export function otherSource({ other }: RuleExample): LintSource | undefined {
  if (other === undefined) return undefined
  const text = wrap('connector', other)
  return {
    root: 'other.connector.s1.yaml',
    names: ['other.connector.s1.yaml'],
    read: (name) => (name === 'other.connector.s1.yaml' ? text : undefined),
  }
}

function wrap(part: ExamplePart, yaml: string): string {
  switch (part) {
    case 'connector':
      return complete('connector', withMethodAndActions(yaml))
    case 'method':
      return wrap('connector', `authentication:\n  - api_key:\n${indent(complete('method', yaml), 6)}`)
    case 'field':
      return wrap('method', `configFields:\n${item(complete('field', yaml), 2)}`)
    case 'action':
      return wrap('connector', `actions:\n${item(complete('action', yaml), 2)}`)
    case 'input':
      return wrap('action', `inputs:\n${item(complete('input', yaml), 2)}`)
    case 'step':
      return wrap('action', `steps:\n${item(complete('step', yaml), 2)}`)
    case 'parameters':
      return wrap(
        'step',
        `stepFunction:\n  functionName: request\n  parameters:\n${indent(complete('parameters', yaml), 4)}`,
      )
    case 'arg':
      return wrap('parameters', `args:\n${item(complete('arg', yaml), 2)}`)
  }
}

function withMethodAndActions(yaml: string): string {
  const own = keysOf(yaml)
  const method = own.has('authentication')
    ? ''
    : `\nauthentication:\n  - api_key:\n${indent(complete('method', ''), 6)}`
  const actions = own.has('actions') ? '' : `\nactions:\n${item(complete('action', ''), 2)}`
  return `${yaml}${method}${actions}`
}

/** The text with the default of every key that it does not have. */
function complete(part: ExamplePart, yaml: string): string {
  const own = keysOf(yaml)
  const lines = Object.entries(defaults[part])
    .filter(([key]) => !own.has(key))
    .map(([key, value]) => `${key}:${value.startsWith('\n') ? '' : ' '}${value}`)
  return [yaml, ...lines].filter((text) => text !== '').join('\n')
}

function keysOf(yaml: string): ReadonlySet<string> {
  return new Set([...yaml.matchAll(/^([\w$-]+):/gm)].map((match) => match[1] ?? ''))
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n')
}

/** As the item of a list; a comment in front keeps its line. */
function item(text: string, by: number): string {
  const lines = indent(text, by + 2).split('\n')
  const first = lines.findIndex((line) => !line.trimStart().startsWith('#'))
  const line = lines[first] ?? ''
  lines[first] = `${' '.repeat(by)}- ${line.trimStart()}`
  return lines.join('\n')
}
