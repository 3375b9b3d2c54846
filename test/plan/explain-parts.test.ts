import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { compileConnector, explainAction, loadConnector } from '../../src/index.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-explain-'))
})

afterAll(() => rm(folder, { recursive: true }))

/** Explains the only action of a connector; each part with the text of the line it came from. */
async function explainParts(
  authorization: string,
  step: string,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string>> {
  const text = `StackOne: 1.0.0
info: { title: T, key: t, version: 1.0.0, description: d }
baseUrl: https://api.example.com/v1
authentication:
  - own:
      type: custom
      label: Own
      configFields: [{ key: token, label: Token, type: password, required: true, secret: true }]
      environments: [{ key: production, name: P }]
${authorization.replace(/^/gm, '      ')}
actions:
  - actionId: act
    label: Act
    description: Acts.
    categories: [ats]
    actionType: custom
    inputs:
      - { name: ids, type: string, array: true, in: query, required: false, description: d }
      - { name: which, type: string, in: query, required: false, description: d }
      - { name: page_size, type: number, in: query, required: false, description: d }
    steps:
      - stepId: get
        description: d
${step.replace(/^/gm, '        ')}
    result: { data: $.steps.get.output.data }
`
  const file = join(folder, 't.connector.s1.yaml')
  await writeFile(file, text)
  const { model, diagnostics } = await loadConnector(folder)
  if (model === null) throw new Error(JSON.stringify(diagnostics))
  const { requests } = explainAction(compileConnector(model), 'act', { inputs })
  const lines = text.split('\n')
  return Object.fromEntries(
    requests.flatMap(({ sources }) =>
      sources.map(({ part, location }) => {
        expect(location.file).toBe(file)
        return [part, lines[location.range.start.line - 1]?.trim() ?? '']
      }),
    ),
  )
}

const none = 'authorization: { type: none }'
const plain = `stepFunction:
  functionName: request
  parameters: { url: /x, method: get }`

describe('explain names the line of', () => {
  test.each([
    ['basic', 'authorization: { type: basic, username: $.credentials.token }', 'header authorization'],
    ['bearer', 'authorization: { type: bearer, token: $.credentials.token }', 'header authorization'],
    [
      'an API key in a header',
      'authorization: { type: apiKey, in: header, key: X-Key, value: $.credentials.token }',
      'header x-key',
    ],
    [
      'an API key in the query',
      'authorization: { type: apiKey, in: query, key: Api_Key, value: $.credentials.token }',
      'query Api_Key',
    ],
  ])('the authorization of type %s', async (_, authorization, part) => {
    expect(await explainParts(authorization, plain)).toMatchObject({ [part]: authorization })
  })

  test('each header and query parameter that the authentication declares', async () => {
    const parts = await explainParts(
      `${none}
x-mainspring:
  headers:
    - { name: X-One, value: 'Token \${credentials.token}' }
    - { name: X-Two, value: $.credentials.none }
  query:
    - { name: key, value: $.credentials.token }`,
      plain,
    )
    expect(parts).toMatchObject({
      'header x-one': "- { name: X-One, value: 'Token ${credentials.token}' }",
      'query key': '- { name: key, value: $.credentials.token }',
    })
    // It has no value, so it is not sent.
    expect(parts).not.toHaveProperty('header x-two')
  })

  test("a step's own authorization in place of the connector's", async () => {
    const parts = await explainParts(
      'authorization: { type: bearer, token: $.credentials.token }',
      `stepFunction:
  functionName: request
  parameters:
    url: /x
    method: get
    authorization: { type: basic, username: me, password: $.credentials.token }`,
    )
    expect(parts['header authorization']).toMatch(/^authorization: { type: basic/)
  })

  test('the argument that is sent, where several could be', async () => {
    const parts = await explainParts(
      none,
      `stepFunction:
  functionName: request
  parameters:
    url: /x
    method: post
    args:
      - { name: sort, value: up, in: query, condition: '{{inputs.which == "a"}}' }
      - { name: sort, value: down, in: query, condition: '{{inputs.which == "b"}}' }
      - { name: ids, value: $.inputs.ids, in: query }
      - { name: missing, value: $.inputs.none, in: query }
      - { name: X-Twice, value: first, in: headers }
      - { name: X-Twice, value: second, in: headers }
      - { name: all, value: { a: 1 }, in: body, spread: true }`,
      { which: 'b', ids: ['1', '2'] },
    )
    expect(parts).toEqual({
      'base URL': 'baseUrl: https://api.example.com/v1',
      url: 'url: /x',
      'query sort': `- { name: sort, value: down, in: query, condition: '{{inputs.which == "b"}}' }`,
      'query ids': '- { name: ids, value: $.inputs.ids, in: query }',
      'header x-twice': '- { name: X-Twice, value: second, in: headers }',
      body: '- { name: all, value: { a: 1 }, in: body, spread: true }',
    })
  })

  test('what paging adds, and of that only what is sent', async () => {
    const step = `${plain}
x-mainspring:
  paging:
    style: offset
    limitParam: limit
    offsetParam: start
  response: { rows: [rows] }`
    const withSize = await explainParts(none, step, { page_size: 5 })
    expect(withSize).toMatchObject({
      'query limit': 'limitParam: limit',
      'query start': 'offsetParam: start',
    })
    expect(await explainParts(none, step)).not.toHaveProperty('query limit')
  })

  test('the page parameter of paginated_request', async () => {
    const parts = await explainParts(
      none,
      `stepFunction:
  functionName: paginated_request
  parameters:
    url: /x
    method: get
    response: { dataKey: rows }
    iterator:
      key: start
      mode: offset
      in: query`,
    )
    expect(parts['query start']).toBe('key: start')
  })

  test('the path that the caller of a passthrough gives', async () => {
    const parts = await explainParts(
      none,
      `stepFunction:
  functionName: request
  parameters: { url: /, method: get }
x-mainspring:
  passthrough:
    method: get
    path: /people
    query: $.inputs.none`,
    )
    expect(parts['url']).toBe('path: /people')
  })
})
