import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { runAction } from '../../src/engine/index.ts'
import { compileConnector, loadConnector } from '../../src/plan/index.ts'

interface Example {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly request: {
    readonly method: string
    /** Below the base URL of the firm. */
    readonly path: string
    readonly query?: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: { readonly status: number; readonly body: unknown }
  readonly data: unknown
}

const folder = import.meta.dirname
const host = 'https://api.clockworkrecruiting.com'
const credentials = {
  firmName: 'acme',
  apiKey: 'example-key',
  apiSecret: 'example-secret',
  firmServiceKey: 'example-service-key',
}
const authorization = `Token ${Buffer.from('example-key:example-secret').toString('base64')}`

const examples = new Map(
  readdirSync(join(folder, 'examples')).map((file): [string, Example] => [
    file.replace(/\.json$/, ''),
    JSON.parse(readFileSync(join(folder, 'examples', file), 'utf8')) as Example,
  ]),
)
const { model, diagnostics } = await loadConnector(folder)
if (model === null) throw new Error(JSON.stringify(diagnostics, null, 2))
const plan = compileConnector(model)
const actionIds = plan.actions.map(({ id }) => id)

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

/** Expects exactly this request, each byte of its body included, and answers it as the example says. */
function expectRequest({ request, response }: Pick<Example, 'request' | 'response'>): nock.Scope {
  const body = request.body === undefined ? /^$/ : JSON.stringify(request.body)
  return nock(host, {
    reqheaders: {
      accept: 'application/json',
      authorization,
      'x-api-key': 'example-service-key',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    badheaders: request.body === undefined ? ['content-type'] : [],
  })
    .intercept(`/v3.0/acme${request.path}`, request.method, body)
    .query({ ...request.query })
    .reply(response.status, response.body === null ? '' : JSON.stringify(response.body), {
      'content-type': 'application/json',
    })
}

function run(actionId: string, inputs: Readonly<Record<string, unknown>>) {
  return runAction(plan, actionId, { inputs, credentials, allowPreview: true, allowWrites: true })
}

function example(actionId: string): Example {
  const found = examples.get(actionId)
  if (found === undefined) throw new Error(`No example of ${actionId}.`)
  return found
}

describe('the definition', () => {
  test('loads without a complaint', () => {
    expect(diagnostics).toEqual([])
  })

  test('has the actions that others call by name, the assumed ones as previews only', () => {
    const previews = plan.actions.filter(({ stage }) => stage === 'preview').map(({ id }) => id)
    expect(actionIds.toSorted()).toEqual([
      'add_person_address',
      'add_person_email_address',
      'add_person_linkedin_url',
      'add_person_note',
      'add_person_phone_number',
      'add_person_position',
      'add_person_tag',
      'create_person',
      'create_webhook',
      'delete_webhook',
      'get_note',
      'get_person',
      'list_companies',
      'list_people',
      'list_person_notes',
      'list_person_positions',
      'list_project_candidacies',
      'list_projects',
      'list_regions',
      'list_statuses',
      'list_tags',
      'request',
      'search_people',
      'unified_create_candidate',
      'unified_list_applications',
      'unified_list_candidate_notes',
      'unified_list_candidates',
      'unified_list_jobs',
      'unified_search_candidates',
      'update_person_note',
    ])
    expect(previews.toSorted()).toEqual(['add_person_note', 'get_person', 'update_person_note'])
  })

  test('is stable only where a shipped client vouches for request and answer', () => {
    for (const { id, stage, evidence } of plan.actions.filter(({ passthrough }) => !passthrough)) {
      const marks = `${evidence?.request}${evidence?.response}`
      expect([id, stage === 'stable']).toEqual([id, marks === 'AA'])
    }
  })

  test('shows each action with its call, marks and stage in the README', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    for (const { id, stage, evidence } of plan.actions.filter(({ passthrough }) => !passthrough)) {
      const { method, path } = example(id).request
      const row =
        readme.split('\n').find((line) => line.split('|')[1]?.trim() === `\`${id}\``) ?? `${id} has no row`
      const [, , call = '', request, answer, shownStage] = row.split('|').map((cell) => cell.trim())
      expect([id, request, answer, shownStage]).toEqual([id, evidence?.request, evidence?.response, stage])
      const pattern = call.replace(/`/g, '').replace(/\{\w+\}/g, '[^/]+')
      expect(`${method} ${path}`).toMatch(new RegExp(`^${pattern}$`))
    }
  })
})

describe('the examples', () => {
  test('cover every action and nothing else', () => {
    expect([...examples.keys()].toSorted()).toEqual(actionIds.toSorted())
  })

  test.each([...examples])(
    '%s sends what its example says and gives its data',
    async (actionId, replayed) => {
      const scope = expectRequest(replayed)
      const { data } = await run(actionId, replayed.inputs)
      expect(data).toEqual(replayed.data)
      scope.done()
    },
  )
})

describe('answers of more than one shape', () => {
  const record = { id: 'b4a9e6c0-18d7-4f36-9c21-6e0f5a7d3b92' }
  test.each([
    ['create_person', record, record],
    ['create_person', { person: record }, record],
    ['add_person_position', { personPosition: record }, record],
    ['add_person_position', { position: record }, record],
    ['get_note', { personNote: record }, record],
    ['get_note', record, record],
    ['list_person_notes', { personNotes: [record] }, [record]],
    ['list_people', { people: null }, []],
  ])('%s understands %j', async (actionId, body, data) => {
    const { request, inputs } = example(actionId)
    expectRequest({ request, response: { status: 200, body } })
    expect((await run(actionId, inputs)).data).toEqual(data)
  })

  test.each([
    ['list_people', { data: [record] }, 'response/unexpected-shape'],
    ['get_note', { note: {} }, 'response/unexpected-shape'],
    ['create_person', { person: { name: 'Ines Okafor' } }, 'write/outcome-unknown'],
    ['add_person_tag', record, 'write/outcome-unknown'],
  ])('%s calls %j an error, never an empty success', async (actionId, body, code) => {
    const { request, inputs } = example(actionId)
    expectRequest({ request, response: { status: 200, body } })
    await expect(run(actionId, inputs)).rejects.toMatchObject({ code })
  })
})

describe('inputs', () => {
  test('false, empty text and an empty list are sent, and what is left out is left out', async () => {
    const { response } = example('create_person')
    const body = { person: { name: '', biography: '', doNotContact: false, tag_ids: [] } }
    const scope = expectRequest({ request: { method: 'POST', path: '/people', body }, response })
    await run('create_person', { name: '', biography: '', do_not_contact: false, tag_ids: [] })
    scope.done()
  })

  test('a month of zero is sent as the caller gave it', async () => {
    const { response } = example('add_person_position')
    const body = { position: { title: '', startMonth: 0 } }
    const scope = expectRequest({ request: { method: 'POST', path: '/people/p/positions', body }, response })
    await run('add_person_position', { person_id: 'p', title: '', start_month: 0 })
    scope.done()
  })

  test('an id is one segment of the path, whatever it holds', async () => {
    const { response } = example('get_note')
    const scope = expectRequest({ request: { method: 'GET', path: '/notes/a%2Fb%3Fc' }, response })
    await run('get_note', { note_id: 'a/b?c' })
    scope.done()
  })

  test.each([
    ['create_person', {}],
    ['search_people', { page_size: 5 }],
    ['add_person_position', { person_id: 'p' }],
    ['add_person_address', { person_id: 'p', city: 'Lisbon' }],
    ['list_people', { page_size: 0 }],
    ['list_people', { project_id: 'p' }],
    ['create_webhook', { hook_url: 'no address' }],
    ['request', { path: '/people', method: 'head' }],
  ])('%s refuses %j before anything is sent', async (actionId, inputs) => {
    const scopes = ['GET', 'POST', 'HEAD'].map((method) => nock(host).intercept(/.*/, method).reply(200, {}))
    await expect(run(actionId, inputs)).rejects.toMatchObject({ code: expect.stringMatching(/^input\//) })
    expect(scopes.filter((scope) => scope.isDone())).toEqual([])
  })

  test('a preview action needs the leave of the caller', async () => {
    const inputs = example('get_person').inputs
    await expect(runAction(plan, 'get_person', { inputs, credentials })).rejects.toMatchObject({
      code: 'policy/preview-not-allowed',
    })
  })
})

describe('credentials', () => {
  const [authentication] = plan.authentications
  const check = (changed: Readonly<Record<string, unknown>>) =>
    authentication?.checkCredentials({ ...credentials, ...changed })

  test.each([
    'acme',
    ' Acme ',
    'https://acme.clockworkrecruiting.com',
    'https://acme.clockworkrecruiting.com/people?tab=1',
  ])('the Firm Name %j means acme', (firmName) => {
    expect(check({ firmName })).toMatchObject({ values: { firmName: 'acme' }, problems: [] })
  })

  test.each(['a', 'a-b-1', 'x'.repeat(63)])('%j is a Firm Name', (firmName) => {
    expect(check({ firmName })).toMatchObject({ values: { firmName }, problems: [] })
  })

  test.each([
    '',
    '-acme',
    'acme-',
    'ac me',
    'acme.example',
    'acmé',
    'acme/../other',
    'x'.repeat(64),
    'https://acme.example.com',
    'https://clockworkrecruiting.com',
    'https://a.b.clockworkrecruiting.com',
  ])('%j is no Firm Name', (firmName) => {
    expect(check({ firmName })?.problems).toMatchObject([{ name: 'firmName' }])
  })

  test.each(['apiKey', 'apiSecret', 'firmServiceKey'])('%s refuses a control character', (key) => {
    for (const character of ['\n', '\r', '\t', '\u0000', '\u007f'])
      expect(check({ [key]: `example${character}` })?.problems).toMatchObject([{ name: key }])
  })

  test('are proven by reading one person', async () => {
    const [tested] = authentication?.testActions ?? []
    const people = [{ id: '3d1f0c52-7a41-4f0e-9a55-0b6c2f7e1a10', name: 'Ines Okafor' }]
    const scope = expectRequest({
      request: { method: 'GET', path: '/people', query: { limit: '1' } },
      response: { status: 200, body: { people } },
    })
    expect((await run(tested?.actionId ?? 'none', {})).data).toEqual(people)
    scope.done()
    expect(actionIds).not.toContain(tested?.actionId)
  })
})

describe('a refusal by the provider', () => {
  test.each([
    [403, { message: 'Forbidden' }, 'auth/forbidden'],
    [401, { error: 'Bad token' }, 'auth/rejected'],
    [422, { errors: [{ message: 'Name is too long' }] }, 'provider/refused'],
  ])('%i with %j is told in the words of the provider', async (status, body, code) => {
    nock(host).get('/v3.0/acme/notes/n').reply(status, JSON.stringify(body), {
      'content-type': 'application/json',
      'x-amzn-requestid': 'request-7',
    })
    const words = Object.values(body).map((value) => (typeof value === 'string' ? value : value[0]?.message))
    await expect(run('get_note', { note_id: 'n' })).rejects.toMatchObject({
      code,
      status,
      providerMessage: words[0],
      requestId: 'request-7',
    })
  })
})

describe('the linking guide', () => {
  const [authentication] = plan.authentications
  const sections = authentication?.guide?.sections ?? []

  test('leads through three sections, the last one hidden under a white label', () => {
    expect(sections.map(({ hiddenUnderWhiteLabel = false }) => hiddenUnderWhiteLabel)).toEqual([
      false,
      false,
      true,
    ])
  })

  test('tells where to find every field it is asked for, also under a white label', () => {
    const told = sections
      .filter(({ hiddenUnderWhiteLabel = false }) => !hiddenUnderWhiteLabel)
      .flatMap(({ steps }) => steps.flatMap(({ fields = [] }) => fields))
    expect(told).toEqual(authentication?.configFields.map(({ key }) => key))
  })
})
