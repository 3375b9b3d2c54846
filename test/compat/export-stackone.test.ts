import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ExportedConnector, exportStackOne } from '../../src/compat/index.ts'
import {
  type ConnectorPlan,
  compileConnector,
  explainAction,
  iterateAction,
  loadConnector,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

let folder: string
let exported: ExportedConnector
let original: ConnectorPlan
let plain: ConnectorPlan
let sandbox: Sandbox
let options: RunOptions

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-export-'))
  const { model } = await loadConnector(new URL('../../connectors/clockwork', import.meta.url).pathname)
  if (model === null) throw new Error('the connector does not load')
  original = compileConnector(model)
  exported = exportStackOne(model)
  await writeFile(join(folder, exported.fileName), exported.text)
  const again = await loadConnector(join(folder, exported.fileName))
  expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (again.model === null) throw new Error('the export does not load')
  plain = compileConnector(again.model)
  sandbox = await startSandbox({ port: 0, people: 40 })
  const [firm] = sandbox.firms
  options = { origin: sandbox.origin, credentials: { ...firm }, allowPreview: true }
})

afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the Clockwork connector in the plain format', () => {
  test('holds none of our keys, and all actions but the passthrough', () => {
    expect(exported.text).not.toContain('x-mainspring')
    expect(plain.actions.map(({ id }) => id)).toEqual(
      original.actions.map(({ id }) => id).filter((id) => id !== 'request'),
    )
  })

  test('names what it could not take along', () => {
    expect(exported.losses.join('\n')).toMatch(/action request: left out/)
    expect(exported.losses.join('\n')).toMatch(/firmName is not normalised/)
    expect(exported.losses.join('\n')).toMatch(/evidence marks/)
  })

  test.each(['list_people', 'list_tags', 'list_companies'])('%s gives the same rows', async (action) => {
    const rows = async (plan: ConnectorPlan) =>
      Array.fromAsync(iterateAction(plan, action, { ...options, inputs: { page_size: 10 } }))
    const all = await rows(original)
    expect(all.length).toBeGreaterThan(10)
    expect(await rows(plain)).toEqual(all)
  })

  test('unified actions give the same candidates, and report what became of each part', async () => {
    const search = async (plan: ConnectorPlan) =>
      Array.fromAsync(
        iterateAction(plan, 'unified_search_candidates', { ...options, inputs: { query: '', page_size: 9 } }),
      )
    expect(await search(plain)).toEqual(await search(original))
    expect(exported.text).toContain('{{emails ?? []}}')
    sandbox.setFaults([
      { match: { path: '/email_addresses$' }, times: 1, fault: { kind: 'status', status: 422 } },
    ])
    const inputs = {
      name: 'Plain Candidate',
      emails: [{ value: 'a@example.com' }],
      phone_numbers: [{ value: '1' }],
    }
    const { data } = await runAction(plain, 'unified_create_candidate', { ...options, inputs })
    sandbox.setFaults([])
    expect(data).toMatchObject({
      complete: false,
      parts: { emails: [{ status: 'failed' }], phone_numbers: [{ status: 'done' }] },
    })
  })

  test('writes and single reads give the same data', async () => {
    const [status] = (await runAction(plain, 'list_statuses', options)).data as unknown[]
    expect((await runAction(original, 'list_statuses', options)).data).toContainEqual(status)
    const person = (await runAction(plain, 'create_person', { ...options, inputs: { name: 'Plain Person' } }))
      .data as { id: string; person?: { id: string } }
    const person_id = person.person?.id ?? person.id
    const email = await runAction(plain, 'add_person_email_address', {
      ...options,
      inputs: { person_id, address: 'plain@example.com' },
    })
    expect(email.data).toMatchObject({ address: 'plain@example.com' })
  })
})

test('an API key in the plain format is an argument of each request, as the published runtime refuses the type', async () => {
  const file = join(folder, 'key.connector.s1.yaml')
  await writeFile(
    file,
    `StackOne: 1.0.0
info: { title: K, key: k, version: 1.0.0, description: d }
baseUrl: https://api.example.com/v1
authentication:
  - own:
      type: custom
      label: Own
      configFields: [{ key: token, label: Token, type: password, required: true, secret: true }]
      environments: [{ key: production, name: P }]
      authorization: { type: apiKey, key: X-Key, value: $.credentials.token, in: header }
actions:
  - actionId: act
    label: Act
    description: Acts.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction: { functionName: request, parameters: { url: /x, method: get } }
    result: { data: $.steps.get.output.data }
`,
  )
  const { model } = await loadConnector(file)
  if (model === null) throw new Error('the connector does not load')
  const { text } = exportStackOne(model)
  expect(text).not.toContain('apiKey')
  const lowered = join(folder, 'lowered.connector.s1.yaml')
  await writeFile(lowered, text)
  const again = await loadConnector(lowered)
  if (again.model === null) throw new Error('the export does not load')
  const explain = (plan: ConnectorPlan) => {
    const [request] = explainAction(plan, 'act', { credentials: { token: 'canary-1' } }).requests
    return request && { url: request.url, headers: request.headers }
  }
  expect(explain(compileConnector(again.model))).toEqual(explain(compileConnector(model)))
  expect(explain(compileConnector(model))?.headers).toMatchObject({ 'x-key': '***' })
})

describe('steps of other kinds in the plain format', () => {
  const steps = [
    {
      stepId: 'ask',
      description: 'd',
      stepFunction: { functionName: 'request', parameters: { url: '/graphql', method: 'post' } },
      'x-mainspring': { response: { format: 'graphql' } },
    },
    {
      stepId: 'send',
      description: 'd',
      iterator: '$.inputs.files',
      stepFunction: {
        functionName: 'upload_binary',
        parameters: { url: '/files', binaryContent: { content: '$.iterator.item' } },
      },
      'x-mainspring': { forEach: { concurrency: 3 } },
    },
  ]

  test('GraphQL errors become custom errors, uploads carry what every request does, and losses are named', async () => {
    const environments = [{ key: 'production', name: 'P' }]
    const definition = {
      StackOne: '1.0.0',
      info: { title: 'T', key: 't', version: '1.0.0', description: 'd' },
      baseUrl: 'https://api.example.com',
      authentication: [
        { none: { type: 'custom', label: 'N', authorization: { type: 'none' }, environments } },
      ],
      'x-mainspring': { request: { headers: [{ name: 'x-every', value: '1' }] } },
      actions: [
        {
          actionId: 'act',
          label: 'A',
          description: 'd',
          categories: ['ats'],
          actionType: 'custom',
          inputs: [
            { name: 'files', type: 'string', array: true, in: 'body', required: true, description: 'f' },
          ],
          steps,
          result: { data: '$.steps.send.output.data' },
        },
      ],
    }
    const file = join(folder, 'other.connector.s1.yaml')
    await writeFile(file, JSON.stringify(definition))
    const { model, diagnostics } = await loadConnector(file)
    if (model === null) throw new Error(JSON.stringify(diagnostics))
    const { text, losses } = exportStackOne(model)
    expect(text).not.toContain('x-mainspring')
    expect(text).toContain('{{present(data.errors)}}')
    expect(text.match(/name: x-every/g)).toHaveLength(2)
    expect(losses.join('\n')).toMatch(/items of an iterator/)
  })
})

test('what a plain file cannot say of Lever and Dropbox is told', async () => {
  const lossesOf = async (key: string) => {
    const { model } = await loadConnector(new URL(`../../connectors/${key}`, import.meta.url).pathname)
    if (model === null) throw new Error('it does not load')
    return exportStackOne(model).losses.join('\n')
  }
  expect(await lossesOf('lever')).toContain('epochToIso() is needed')
  expect(await lossesOf('lever')).toContain('list elements that are no objects')
  const dropbox = await lossesOf('dropbox')
  expect(dropbox).toContain('the header "Dropbox-API-Arg" is a map')
  expect(dropbox).toContain('action list_folder: gives one page')
})
