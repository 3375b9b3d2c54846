import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type ConnectorPlan,
  compileConnector,
  iterateAction,
  loadConnector,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { type Fault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

let plan: ConnectorPlan
let sandbox: Sandbox
let options: RunOptions

beforeAll(async () => {
  const { model } = await loadConnector(new URL('../../connectors/clockwork', import.meta.url).pathname)
  if (model === null) throw new Error('the connector does not load')
  plan = compileConnector(model)
  sandbox = await startSandbox({ port: 0, people: 40 })
  options = { origin: sandbox.origin, credentials: { ...sandbox.firms[0] }, limits: { maxAttempts: 1 } }
})
beforeEach(() => sandbox.setFaults([]))
afterAll(() => sandbox.close())

const ran = new Set<string>()

type Row = Readonly<Record<string, unknown>> & { readonly id: string }
type Inputs = Readonly<Record<string, unknown>>

async function run(action: string, inputs: Inputs = {}, more: RunOptions = {}): Promise<unknown> {
  ran.add(action)
  return (await runAction(plan, action, { ...options, ...more, inputs })).data
}
const rows = async (action: string, inputs: Inputs = {}) => (await run(action, inputs)) as Row[]
async function all(action: string, inputs: Inputs = {}): Promise<Row[]> {
  ran.add(action)
  return (await Array.fromAsync(iterateAction(plan, action, { ...options, inputs }))) as Row[]
}

const zoneless = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
const times = { created_at: zoneless, updated_at: zoneless, time_zone: 'unknown' }

describe('reading in the common shape', () => {
  test('candidates are listed over all pages, with what the list holds and nothing else', async () => {
    const [found, people] = [await all('unified_list_candidates', { page_size: 7 }), await all('list_people')]
    expect(found.map(({ id, name }) => [id, name])).toEqual(people.map(({ id, name }) => [id, name]))
    for (const candidate of found)
      expect(candidate).toEqual({
        id: expect.any(String),
        name: expect.any(String),
        first_name: expect.any(String),
        last_name: expect.any(String),
        ...times,
      })
  })

  test('jobs, their applications and the notes of a candidate hang together', async () => {
    const [jobs, projects] = [await all('unified_list_jobs', { page_size: 3 }), await all('list_projects')]
    expect(jobs).toEqual(projects.map(({ id, name }) => ({ id, name, ...times })))
    const job_id = jobs[0]?.id
    const applications = await all('unified_list_applications', { job_id, page_size: 2 })
    const candidacies = await all('list_project_candidacies', { project_id: job_id })
    expect(applications.length).toBeGreaterThan(2)
    expect(applications).toEqual(
      candidacies.map(({ id, person, statusId, rank, stoplightStatus }) => ({
        id,
        job_id,
        candidate_id: (person as Row).id,
        candidate_name: (person as Row)['name'],
        status_id: statusId,
        ...times,
        unified_custom_fields: { rank, stoplight_status: stoplightStatus },
      })),
    )
    const noted = (await rows('search_people', { query: '', page_size: 40 })).find(
      ({ notes }) => Array.isArray(notes) && notes.length > 0,
    )
    const candidate_id = noted?.id
    const notes = await rows('unified_list_candidate_notes', { candidate_id })
    expect(notes[0]).toEqual({
      id: expect.any(String),
      candidate_id,
      type: expect.any(String),
      content: expect.any(String),
      ...times,
    })
  })

  test('a search gives the whole candidate, and an empty list where Clockwork says null', async () => {
    const found = await all('unified_search_candidates', { query: '', page_size: 9 })
    const people = await all('search_people', { query: '', page_size: 40 })
    expect(found.map(({ id }) => id)).toEqual(people.map(({ id }) => id))
    const lists = { emails: 'emails', phone_numbers: 'phoneNumbers', addresses: 'addresses', tags: 'tags' }
    const emptied = new Set<string>()
    for (const [index, candidate] of found.entries()) {
      for (const [name, source] of Object.entries(lists)) {
        const given = people[index]?.[source] as readonly Row[] | null
        if (given === null) emptied.add(name)
        expect(candidate[name]).toHaveLength(given?.length ?? 0)
      }
    }
    expect(emptied).toEqual(new Set(Object.keys(lists)))
  })
})

const parts = {
  emails: [{ value: 'iris@example.com', type: 'work' }, { value: 'iris.vale@example.com' }],
  phone_numbers: [{ value: '351210555010', extension: '204', type: 'work' }],
  addresses: [{ city: 'Lisbon', state: 'Lisboa', country: 'Portugal' }],
  social_links: [{ type: 'linkedin', url: 'https://www.linkedin.com/in/iris-vale-example' }],
  positions: [{ title: 'Chief Operating Officer', company_name: 'Harbor Foods', start_year: 2021 }],
}
let made = 0

/** Each candidate is another: a LinkedIn URL is unique within the firm. */
async function wholeCandidate(): Promise<Inputs & { name: string; tag_ids: string[] }> {
  made += 1
  const tags = await rows('list_tags', { page_size: 2 })
  return {
    ...parts,
    name: `Iris Vale ${made}`,
    social_links: [{ type: 'linkedin', url: `https://www.linkedin.com/in/iris-vale-${made}` }],
    tag_ids: tags.map(({ id }) => id),
  }
}

interface Created {
  readonly id: string
  readonly complete: boolean
  readonly parts: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

const create = async (inputs: Inputs, more?: RunOptions) =>
  (await run('unified_create_candidate', inputs, more)) as Created
const done = { status: 'done', id: expect.any(String) }
const allDone = {
  emails: [done, done],
  phone_numbers: [done],
  addresses: [done],
  social_links: [done],
  positions: [done],
  tag_ids: [done, done],
}
const paths = {
  emails: 'email_addresses',
  phone_numbers: 'phone_numbers',
  addresses: 'addresses',
  social_links: 'linkedin_urls',
  positions: 'positions',
  tag_ids: 'tags',
} as const
type Part = keyof typeof paths
const partNames = Object.keys(paths) as Part[]
const writesSince = (start: number) => sandbox.requests.slice(start).filter(({ method }) => method === 'POST')

describe('creating a candidate in one call', () => {
  test('all parts are saved in order, reported with their ids, and read back', async () => {
    const inputs = await wholeCandidate()
    const start = sandbox.requests.length
    const created = await create(inputs)
    expect(created).toEqual({ id: expect.any(String), complete: true, parts: allDone })
    expect(writesSince(start).map(({ path }) => path.split('/').at(-1))).toEqual([
      'people',
      'email_addresses',
      'email_addresses',
      'phone_numbers',
      'addresses',
      'linkedin_urls',
      'positions',
      'tags',
      'tags',
    ])
    const [found] = await rows('unified_search_candidates', { query: inputs.name })
    expect(found).toMatchObject({
      id: created.id,
      name: inputs.name,
      title: 'Chief Operating Officer',
      company: 'Harbor Foods',
      email: 'iris@example.com',
      emails: [
        { id: created.parts['emails']?.[0]?.['id'], value: 'iris@example.com' },
        { id: created.parts['emails']?.[1]?.['id'], value: 'iris.vale@example.com' },
      ],
      phone_numbers: [{ value: '351210555010', extension: '204' }],
      social_links: inputs['social_links'],
      addresses: [{ formatted_address: expect.stringContaining('Lisbon') }],
    })
    expect(found?.['tags']).toHaveLength(2)
  })

  test('a person without parts is complete', async () => {
    const created = await create({ name: 'Iris Vale Alone', emails: [] })
    expect(created).toEqual({ id: expect.any(String), complete: true, parts: { emails: [] } })
    const [found] = await rows('unified_search_candidates', { query: 'Iris Vale Alone' })
    expect(found).toMatchObject({ id: created.id, emails: [], phone_numbers: [], tags: [], positions: [] })
    expect(found).not.toHaveProperty('title')
  })

  const strike = (part: Part, fault: Fault) =>
    sandbox.setFaults([{ match: { method: 'POST', path: `/${paths[part]}$` }, times: 1, fault }])

  test.each(partNames)('a refusal of the first of %s is told, and every other part is done', async (part) => {
    const inputs = await wholeCandidate()
    strike(part, { kind: 'status', status: 422, body: { message: 'Not this one' } })
    const start = sandbox.requests.length
    const created = await create(inputs)
    const [, ...others] = allDone[part]
    const failed = {
      status: 'failed',
      code: 'provider/refused',
      message: expect.any(String),
      http_status: 422,
      provider_message: 'Not this one',
    }
    expect(created).toEqual({
      id: expect.any(String),
      complete: false,
      parts: { ...allDone, [part]: [failed, ...others] },
    })
    expect(writesSince(start)).toHaveLength(9)
  })

  test.each(partNames)('a lost answer to the first of %s is unknown, and not asked again', async (part) => {
    const inputs = await wholeCandidate()
    strike(part, { kind: 'drop-after' })
    const start = sandbox.requests.length
    const created = await create(inputs)
    const [, ...others] = allDone[part]
    const unknown = { status: 'unknown', code: 'write/outcome-unknown', message: expect.any(String) }
    expect(created).toEqual({
      id: expect.any(String),
      complete: false,
      parts: { ...allDone, [part]: [unknown, ...others] },
    })
    expect(writesSince(start)).toHaveLength(9)
  })

  test('credentials that are refused half way leave the rest untried', async () => {
    const inputs = await wholeCandidate()
    strike('addresses', { kind: 'status', status: 401, body: { message: 'Key revoked' } })
    const start = sandbox.requests.length
    const { complete, parts: report } = await create(inputs)
    const skipped = { status: 'skipped', code: 'auth/rejected', message: expect.any(String) }
    expect(complete).toBe(false)
    expect(report).toMatchObject({
      emails: [done, done],
      phone_numbers: [done],
      addresses: [{ status: 'failed', code: 'auth/rejected', provider_message: 'Key revoked' }],
      social_links: [skipped],
      positions: [skipped],
      tag_ids: [skipped, skipped],
    })
    expect(writesSince(start)).toHaveLength(5)
  })

  test('when the time ends half way the id is not lost: the part under way is unknown, the rest untried', async () => {
    const inputs = await wholeCandidate()
    strike('addresses', { kind: 'delay', ms: 60_000 })
    const { id, complete, parts: report } = await create(inputs, { timeoutMs: 2500 })
    const skipped = { status: 'skipped', code: 'network/timeout' }
    expect([id, complete]).toEqual([expect.any(String), false])
    expect(report).toMatchObject({
      emails: [done, done],
      phone_numbers: [done],
      addresses: [{ status: 'unknown', code: 'write/outcome-unknown' }],
      social_links: [skipped],
      positions: [skipped],
      tag_ids: [skipped, skipped],
    })
  })

  test('a caller that ends the call half way learns what was done', async () => {
    const inputs = await wholeCandidate()
    const stop = new AbortController()
    const { parts: report } = await create(inputs, {
      signal: stop.signal,
      observer(event) {
        if (event.type === 'step-finished' && event.step === 'add_phone_numbers') stop.abort()
      },
    })
    expect(report).toMatchObject({
      phone_numbers: [done],
      addresses: [{ status: 'skipped', code: 'call/aborted' }],
      tag_ids: [{ status: 'skipped' }, { status: 'skipped' }],
    })
  })

  test.each([
    [{ kind: 'status', status: 422, body: { message: 'No' } } as const, 'provider/refused'],
    [{ kind: 'drop-after' } as const, 'write/outcome-unknown'],
  ])('without the person nothing else is tried: %j', async (fault, code) => {
    const inputs = await wholeCandidate()
    sandbox.setFaults([{ match: { method: 'POST', path: '^/people$' }, times: 1, fault }])
    const start = sandbox.requests.length
    await expect(create(inputs)).rejects.toMatchObject({ code, step: 'create_person' })
    expect(writesSince(start)).toHaveLength(1)
  })

  test('a part that cannot be used is refused before anything is sent', async () => {
    const start = sandbox.requests.length
    const inputs = { name: 'Iris Vale', emails: [{ type: 'work' }] }
    await expect(create(inputs)).rejects.toMatchObject({ code: 'input/missing' })
    expect(sandbox.requests).toHaveLength(start)
  })
})

test('no unified action is left out', () => {
  const unified = plan.actions.map(({ id }) => id).filter((id) => id.startsWith('unified_'))
  expect(unified).toHaveLength(6)
  expect(unified.filter((id) => !ran.has(id))).toEqual([])
})
