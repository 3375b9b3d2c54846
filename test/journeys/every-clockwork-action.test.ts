import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type ConnectorPlan,
  compileConnector,
  iterateAction,
  loadConnector,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

let plan: ConnectorPlan
let sandbox: Sandbox
let options: RunOptions
const ran = new Set<string>()

beforeAll(async () => {
  const { model } = await loadConnector(new URL('../../connectors/clockwork', import.meta.url).pathname)
  if (model === null) throw new Error('the connector does not load')
  plan = compileConnector(model)
  sandbox = await startSandbox({ port: 0, people: 60 })
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('the sandbox has no firm')
  const { firmName, apiKey, apiSecret, firmServiceKey } = firm
  options = {
    origin: sandbox.origin,
    credentials: { firmName, apiKey, apiSecret, firmServiceKey },
    allowPreview: true,
  }
})

afterAll(() => sandbox.close())

async function run(action: string, inputs: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  ran.add(action)
  return (await runAction(plan, action, { ...options, inputs })).data
}

const rows = async (action: string, inputs: Readonly<Record<string, unknown>> = {}) =>
  (await run(action, inputs)) as { id: string; name?: string }[]
const withId = expect.objectContaining({ id: expect.any(String) })

describe('every action against the sandbox', () => {
  test.each(['list_people', 'list_companies', 'list_tags', 'list_regions', 'list_projects'])(
    '%s pages through all rows, each once',
    async (action) => {
      const first = await rows(action, { page_size: 2 })
      expect(first).toEqual([withId, withId])
      const all = (await Array.fromAsync(
        iterateAction(plan, action, { ...options, inputs: { page_size: 3 } }),
      )) as { id: string }[]
      expect(all.length).toBeGreaterThan(3)
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    },
  )

  test('list_statuses takes the whole list in one call', async () => {
    expect((await rows('list_statuses')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Placed', 'Finalist', 'On Hold']),
    )
  })

  test('list_project_candidacies carries the people', async () => {
    const [project] = await rows('list_projects', { page_size: 1 })
    const found = await rows('list_project_candidacies', { project_id: project?.id, page_size: 2 })
    expect(found[0]).toMatchObject({
      projectId: project?.id,
      person: { id: expect.any(String), name: expect.any(String) },
    })
  })

  test('a person is created with all its parts, found, and read back', async () => {
    const person = (await run('create_person', {
      name: 'Journey Person',
      nick_name: null,
      do_not_contact: false,
    })) as { id: string }
    const person_id = person.id
    expect(
      await run('add_person_email_address', { person_id, address: 'journey@example.com', location: 'work' }),
    ).toEqual(withId)
    expect(
      await run('add_person_phone_number', { person_id, digits: '+1 555 0100', location: 'mobile' }),
    ).toEqual(withId)
    expect(
      await run('add_person_address', { person_id, city: 'Lisbon', state: 'Lisboa', postal_code: '1100' }),
    ).toEqual(withId)
    expect(
      await run('add_person_linkedin_url', { person_id, url: 'https://www.linkedin.com/in/journey-person' }),
    ).toEqual(withId)
    expect(
      await run('add_person_position', {
        person_id,
        title: 'Chief Journey Officer',
        start_year: 2020,
        company_name: 'Harbor Foods',
      }),
    ).toEqual(withId)
    const [tag] = await rows('list_tags', { page_size: 1 })
    expect(await run('add_person_tag', { person_id, tag_id: tag?.id })).toEqual(withId)
    expect(await run('list_person_positions', { person_id })).toEqual([
      expect.objectContaining({ title: 'Chief Journey Officer' }),
    ])
    expect((await rows('search_people', { query: 'Journey Person' })).map(({ id }) => id)).toContain(
      person_id,
    )
    expect(await run('get_person', { person_id })).toMatchObject({ id: person_id, name: 'Journey Person' })
  })

  test('notes are added, changed, listed and read', async () => {
    const [person] = await rows('list_people', { page_size: 1 })
    const person_id = person?.id
    const note = (await run('add_person_note', { person_id, content: '<p>First</p>' })) as { id: string }
    expect(
      await run('update_person_note', { person_id, note_id: note.id, content: '<p>Second</p>' }),
    ).toEqual(withId)
    expect((await rows('list_person_notes', { person_id })).map(({ id }) => id)).toContain(note.id)
    expect(await run('get_note', { note_id: note.id })).toMatchObject({
      id: note.id,
      content: '<p>Second</p>',
    })
  })

  test('a webhook is created and deleted', async () => {
    const hook = (await run('create_webhook', { hook_url: 'http://127.0.0.1:9/hook' })) as { id: string }
    expect(await run('delete_webhook', { webhook_id: hook.id })).toEqual({ id: hook.id })
  })

  test('request reaches any path under the firm', async () => {
    expect(await run('request', { path: 'regions', query: { limit: 1 } })).toEqual({ regions: [withId] })
  })

  test('wrong credentials are told apart: a bad key is rejected, a bad service key forbidden', async () => {
    const credentials = { ...options.credentials }
    await expect(
      runAction(plan, 'list_tags', {
        ...options,
        credentials: { ...credentials, apiSecret: 'wrong-secret' },
      }),
    ).rejects.toMatchObject({ code: 'auth/rejected' })
    await expect(
      runAction(plan, 'list_tags', {
        ...options,
        credentials: { ...credentials, firmServiceKey: 'wrong-key' },
      }),
    ).rejects.toMatchObject({ code: 'auth/forbidden' })
  })

  test('none is left out', () => {
    // The unified actions have a journey of their own.
    const raw = plan.actions.map(({ id }) => id).filter((id) => !id.startsWith('unified_'))
    expect(raw.filter((id) => !ran.has(id))).toEqual([])
  })
})
