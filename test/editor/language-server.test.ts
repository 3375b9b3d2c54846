import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { lintSource } from '../../src/lint/lint-source.ts'
import { newConnector } from '../../src/scaffold/index.ts'
import { repository } from '../cli/run-cli.ts'
import { type Completion, type EditorDiagnostic, LanguageServer } from './language-server.ts'

let server: LanguageServer
let documents = 0

beforeAll(async () => {
  const settings = JSON.parse(await readFile(join(repository, '.vscode/settings.json'), 'utf8'))
  server = await LanguageServer.start(repository, settings)
}, 60_000)

afterAll(() => server.close())

interface Opened {
  readonly diagnostics: readonly EditorDiagnostic[]
  complete(): Promise<readonly Completion[]>
  hover(): Promise<string>
}

/** Opens a text as a file of a connector; `‸` is where the cursor stands. */
async function open(kind: 'connector.s1' | 's1.partial', marked: string): Promise<Opened> {
  documents += 1
  const path = join(repository, `connectors/typed${documents}/typed${documents}.${kind}.yaml`)
  const cursor = marked.indexOf('‸')
  const before = marked.slice(0, Math.max(cursor, 0)).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  const diagnostics = await server.open(path, marked.replace('‸', ''))
  return {
    diagnostics,
    complete: () => server.complete(path, position),
    hover: () => server.hover(path, position),
  }
}

function labelsOf(completions: readonly Completion[]): readonly string[] {
  return completions.map(({ label }) => label)
}

const head = `StackOne: 1.0.0
info: {title: Acme, key: acme, version: 1.0.0, description: Reads what Acme keeps.}
baseUrl: https://api.acme.example
`

const step = (call: string) => `- actionId: list_items
  categories: [ats]
  actionType: list
  label: List Items
  description: Lists the items.
  steps:
    - stepId: list
      description: Read a page
      stepFunction:
${call.replace(/^/gm, '        ')}
`

describe('in a connector file', () => {
  test('the keys of the top level are offered, with what they are for', async () => {
    const { complete } = await open('connector.s1', `${head}‸`)
    const offered = await complete()
    expect(labelsOf(offered)).toEqual(
      expect.arrayContaining(['authentication', 'actions', 'rateLimit', 'x-mainspring']),
    )
    const { documentation } = offered.find(({ label }) => label === 'authentication') ?? {}
    expect(JSON.stringify(documentation)).toContain('The ways to authenticate')
  })

  test('types of authentication are offered', async () => {
    const { complete } = await open('connector.s1', `${head}authentication:\n  - api_key:\n      type: ‸\n`)
    expect(labelsOf(await complete())).toEqual(expect.arrayContaining(['custom', 'oauth2', 'mcp']))
  })

  test('types of authorization are offered, and then the keys of the one that was taken', async () => {
    const text = (rest: string) =>
      `${head}authentication:\n  - token:\n      type: custom\n      authorization:\n        ${rest}`
    const types = await (await open('connector.s1', text('type: ‸\n'))).complete()
    expect(labelsOf(types)).toEqual(expect.arrayContaining(['none', 'basic', 'bearer', 'apiKey', 'oauth2']))
    const keys = labelsOf(await (await open('connector.s1', text('type: basic\n        ‸'))).complete())
    expect(keys).toEqual(expect.arrayContaining(['username', 'password']))
    expect(keys).not.toContain('token')
  })

  test('a key says what it means', async () => {
    const { hover } = await open('connector.s1', head.replace('baseUrl', 'base‸Url'))
    expect(await hover()).toContain('joined as they stand')
  })

  test('a misspelt key is underlined where it stands', async () => {
    const { diagnostics } = await open('connector.s1', `${head}authentification: []\n`)
    const found = diagnostics.find(({ message }) => message.includes('authentification'))
    expect(found?.range).toEqual({ start: { line: 3, character: 0 }, end: { line: 3, character: 16 } })
  })
})

describe('in a partial', () => {
  test('the keys of an action are offered', async () => {
    const { complete } = await open('s1.partial', '- actionId: list_items\n  ‸')
    expect(labelsOf(await complete())).toEqual(
      expect.arrayContaining(['actionType', 'inputs', 'steps', 'result', 'x-mainspring']),
    )
  })

  test('types of actions are offered', async () => {
    const { complete } = await open('s1.partial', '- actionId: list_items\n  actionType: ‸\n')
    expect(labelsOf(await complete())).toEqual(expect.arrayContaining(['list', 'get', 'create', 'delete']))
  })

  test('step functions are offered, each with what it does', async () => {
    const { complete } = await open('s1.partial', step('functionName: ‸'))
    const offered = await complete()
    expect(labelsOf(offered)).toEqual(
      expect.arrayContaining(['request', 'paginated_request', 'soap_request', 'map_fields', 'upload_file']),
    )
    const soap = offered.find(({ label }) => label === 'soap_request')
    expect(JSON.stringify(soap?.documentation)).toContain('One SOAP call')
  })

  test('the parameters of the step function that was taken are offered, and of no other', async () => {
    const call = (name: string) => step(`functionName: ${name}\nparameters:\n  ‸`)
    const ofRequest = labelsOf(await (await open('s1.partial', call('request'))).complete())
    expect(ofRequest).toEqual(expect.arrayContaining(['url', 'method', 'args', 'response']))
    expect(ofRequest).not.toContain('soapOperation')
    expect(ofRequest).not.toContain('dataSource')
    const ofMapping = labelsOf(await (await open('s1.partial', call('map_fields'))).complete())
    expect(ofMapping).toContain('dataSource')
    expect(ofMapping).not.toContain('url')
  })

  test('places of an arg and methods are offered', async () => {
    const places = step(
      'functionName: request\nparameters:\n  url: /x\n  args:\n    - name: limit\n      in: ‸',
    )
    expect(labelsOf(await (await open('s1.partial', places)).complete())).toEqual(
      expect.arrayContaining(['query', 'body', 'headers']),
    )
    const methods = step('functionName: request\nparameters:\n  url: /x\n  method: ‸')
    expect(labelsOf(await (await open('s1.partial', methods)).complete())).toEqual(
      expect.arrayContaining(['get', 'post', 'patch', 'delete']),
    )
  })

  test('a step function says what it does', async () => {
    const { hover } = await open(
      's1.partial',
      step('functionName: pagi‸nated_request\nparameters: {url: /x}'),
    )
    expect(await hover()).toContain('until enough rows are there')
  })

  test('evidence, stage and paging of the extension are offered', async () => {
    const extension = (rest: string) =>
      `${step('functionName: request\nparameters: {url: /x, method: get}')}  x-mainspring:\n    ${rest}`
    expect(labelsOf(await (await open('s1.partial', extension('‸'))).complete())).toEqual(
      expect.arrayContaining(['stage', 'evidence']),
    )
    expect(labelsOf(await (await open('s1.partial', extension('stage: ‸\n'))).complete())).toEqual(
      expect.arrayContaining(['stable', 'beta', 'preview']),
    )
    const paging = `${step('functionName: request\nparameters: {url: /x, method: get}')}      x-mainspring:\n        paging:\n          style: ‸\n`
    expect(labelsOf(await (await open('s1.partial', paging)).complete())).toEqual(
      expect.arrayContaining(['offset', 'page', 'cursor', 'link']),
    )
  })

  test('a misspelt parameter is underlined where it stands, in words about the function that was taken', async () => {
    const { diagnostics } = await open(
      's1.partial',
      step('functionName: request\nparameters:\n  ulr: /x\n  method: get'),
    )
    const messages = diagnostics.map(({ message }) => message)
    expect(messages.join('\n')).toContain('ulr')
    expect(messages.join('\n')).not.toContain('soapOperation')
    expect(diagnostics.find(({ message }) => message.includes('ulr'))?.range.start).toEqual({
      line: 11,
      character: 10,
    })
  })
})

/** What an editor writes for a snippet whose places are left as they are. */
function expand(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replaceAll('\\$', '$')
}

async function snippetsAt(kind: 'connector.s1' | 's1.partial', marked: string) {
  const offered = await (await open(kind, marked)).complete()
  return offered.filter(({ label, insertText }) => label.includes(': ') && insertText?.includes(':') === true)
}

/** What the linter says of a connector whose file or partial holds this text. */
function lintedWith(root: string, partial: string): readonly string[] {
  const files: Record<string, string> = {
    'acme.connector.s1.yaml': root,
    'acme.items.s1.partial.yaml': partial,
  }
  const source = {
    root: 'acme.connector.s1.yaml',
    read: (name: string) => files[name],
    names: Object.keys(files),
  }
  return lintSource(source).diagnostics.map(({ code, message }) => `${code} ${message}`)
}

describe('snippets', () => {
  const fresh = newConnector({
    key: 'acme',
    title: 'Acme',
    baseUrl: 'https://api.acme.example/v1',
    authentication: 'bearer',
  })
  const [root = '', partial = ''] = fresh.map(({ content }) => content)

  /** As items of a list that stands this deep. */
  const itemOf = (insertText: string, spaces: string) =>
    `${spaces}- ${expand(insertText)
      .replace(/^[ -] /, '')
      .trim()
      .replace(/\n +/g, (line) => `\n${spaces}${line.slice(1)}`)}\n`

  test('whole actions are offered where an action begins; each is taken by the linter as it is', async () => {
    const snippets = await snippetsAt('s1.partial', '- ‸')
    const kinds = snippets.map(({ label }) => label.split(':')[0])
    expect(kinds).toEqual(expect.arrayContaining(['list', 'get', 'create', 'delete']))
    for (const { label, insertText = '' } of snippets) {
      const text = itemOf(insertText, '')
      const whole = label.startsWith('list:') ? text : `${partial}${text}`
      expect([label, lintedWith(root, whole)]).toEqual([label, []])
    }
  })

  test('ways to authenticate are offered; each is taken by the linter as it is', async () => {
    const snippets = await snippetsAt('connector.s1', `${head}authentication:\n  - ‸`)
    expect(snippets.map(({ label }) => label.split(':')[0])).toEqual(['api key', 'basic'])
    for (const { label, insertText = '' } of snippets) {
      const [before = '', rest = ''] = root.split(/(?<=^authentication:\n)/m)
      const after = rest.slice(rest.search(/^actions:/m))
      const text = before + itemOf(insertText, '  ') + after
      expect([label, lintedWith(text, partial)]).toEqual([label, []])
    }
  })

  test('steps and inputs are offered where they begin', async () => {
    const start = '- actionId: list_items\n  actionType: list\n'
    const steps = await snippetsAt('s1.partial', `${start}  steps:\n    - ‸`)
    expect(steps.map(({ label }) => label.split(':')[0])).toEqual(['request', 'map_fields'])
    const inputs = await snippetsAt('s1.partial', `${start}  inputs:\n    - ‸`)
    expect(inputs.map(({ label }) => label.split(':')[0])).toEqual(['input', 'input'])
  })
})

describe('a new connector', () => {
  test.each(['bearer', 'basic', 'header', 'none'] as const)(
    'has nothing underlined (%s)',
    async (authentication) => {
      const files = newConnector({
        key: `fresh${authentication}`,
        title: 'Fresh',
        baseUrl: 'https://api.example.com',
        authentication,
        schemas: '../../schemas',
      })
      for (const { name, content } of files.filter((file) => file.name.endsWith('.yaml'))) {
        expect(content).toMatch(
          /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/(?:connector|partial)\.schema\.json\n/,
        )
        const path = join(repository, `connectors/fresh${authentication}/${name}`)
        expect([name, await server.open(path, content)]).toEqual([name, []])
      }
    },
  )
})

test('the values that have a meaning are the values that are offered', async () => {
  for (const name of ['connector', 'action', 'step', 'x-mainspring']) {
    const text = await readFile(join(repository, `schemas/${name}.schema.json`), 'utf8')
    JSON.parse(text, (_, value) => {
      if (Array.isArray(value?.['x-known'])) expect(value.examples).toEqual(value['x-known'])
      return value
    })
  }
})

describe('our own files', () => {
  const files = globSync('connectors/*/*.s1{,.partial}.yaml', { cwd: repository }).sort()

  test.each(files)('%s has nothing underlined', async (file) => {
    const path = join(repository, file)
    const found = (await server.open(path, await readFile(path, 'utf8'))).map(({ message }) => message)
    // The published format repeats `$ref` under `actions`, which is no YAML.
    expect(found.filter((message) => message !== 'Map keys must be unique')).toEqual([])
  })

  test.each(files)('%s names its schema, for editors without our settings', async (file) => {
    const [first = ''] = (await readFile(join(repository, file), 'utf8')).split('\n', 1)
    const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? ''
    const kind = file.endsWith('.partial.yaml') ? 'partial' : 'connector'
    const target = resolve(repository, dirname(file), schema)
    expect(target).toBe(join(repository, `schemas/${kind}.schema.json`))
    expect(existsSync(target)).toBe(true)
  })
})
