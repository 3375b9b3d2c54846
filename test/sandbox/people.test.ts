import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Caller, callerOf, closeSandboxes, sandboxFor } from './caller.ts'

let call: Caller

beforeEach(async () => {
  call = callerOf(await sandboxFor({ people: 120, clock: () => new Date('2026-01-02T03:04:05.678Z') }))
})
afterEach(closeSandboxes)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const restTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

describe('GET /people', () => {
  test('gives light rows under "people", without meta', async () => {
    const { status, body } = await call('GET', '/people?limit=1')
    expect(status).toBe(200)
    expect(body).toEqual({
      people: [
        {
          id: expect.stringMatching(uuid),
          name: 'Clockwork Service',
          firstName: 'Clockwork',
          lastName: 'Service',
          createdAt: expect.stringMatching(restTime),
          updatedAt: expect.stringMatching(restTime),
          loadedAt: expect.stringMatching(restTime),
        },
      ],
    })
  })

  test('carries meta.total where the sandbox is told to', async () => {
    const { body } = await callerOf(await sandboxFor({ people: 7, peopleMeta: true }))(
      'GET',
      '/people?limit=2',
    )
    expect(body.meta).toEqual({ total: 7 })
    expect(body.people).toHaveLength(2)
  })

  test('ignores project_id and include: the first rows are service accounts all the same', async () => {
    const plain = await call('GET', '/people?limit=3')
    const filtered = await call('GET', '/people?limit=3&project_id=some&include=positions')
    expect(filtered.status).toBe(200)
    expect(filtered.body).toEqual(plain.body)
    expect(plain.body.people.map((row: { lastName: string }) => row.lastName)).toEqual(
      Array(3).fill('Service'),
    )
  })
})

describe('POST /people', () => {
  test('creates a person whom later reads show', async () => {
    const [tag] = (await call('GET', '/tags?limit=1')).body.tags
    const created = await call('POST', '/people', {
      person: {
        name: 'Ines Maria Okafor',
        nickName: 'Nes',
        assistant_name: 'Bo',
        doNotContact: true,
        no_relocation: true,
        skypeName: 'nes',
        biography: 'Built ships.',
        tag_names: ['Shipyards'],
        tag_ids: [tag.id],
      },
    })
    expect(created.status).toBe(201)
    const { id } = created.body.person
    expect(id).toMatch(uuid)
    expect((await call('GET', `/people/${id}`)).body.person).toMatchObject({
      name: 'Ines Maria Okafor',
      firstName: 'Ines Maria',
      lastName: 'Okafor',
      nickName: 'Nes',
      assistantName: 'Bo',
      biography: 'Built ships.',
      skypeName: 'nes',
      doNotContact: true,
      noRelocation: true,
      createdAt: '2026-01-02 03:04:05',
      tags: [{ name: tag.name }, { name: 'Shipyards' }],
    })
    expect((await call('GET', '/people?offset=120')).body.people).toMatchObject([{ id }])
    expect((await call('GET', '/people_search?q=okafor%20maria')).body).toMatchObject({
      peopleSearch: [{ id }],
    })
    const tags = (await call('GET', '/tags?limit=100')).body.tags
    expect(tags.at(-1).name).toBe('Shipyards')
  })

  test.each([
    ['no wrapper', { name: 'Ada' }, 'person is missing'],
    ['no name', { person: { nickName: 'A' } }, "name can't be blank"],
    ['a blank name', { person: { name: ' ' } }, "name can't be blank"],
    ['a name that is no text', { person: { name: 5 } }, 'name must be a string'],
    [
      'a flag as text',
      { person: { name: 'Ada', do_not_contact: 'true' } },
      'do_not_contact must be true or false',
    ],
    ['tag names as text', { person: { name: 'Ada', tag_names: 'x' } }, 'tag_names must be a list of strings'],
    ['an unknown tag', { person: { name: 'Ada', tag_ids: ['x'] } }, 'tag_ids[0] is no tag of this firm'],
  ])('refuses %s with 422 and creates nobody', async (_, body, message) => {
    expect(await call('POST', '/people', body)).toMatchObject({ status: 422, body: { message } })
    expect((await call('GET', '/people?offset=120')).body.people).toEqual([])
  })
})

describe('GET /people_search', () => {
  test('gives full rows under "peopleSearch" with total and page, empty arrays as null', async () => {
    const { body } = await call('GET', '/people_search?limit=100')
    expect(body.meta).toEqual({ total: 120, page: 1 })
    expect(body.peopleSearch).toHaveLength(100)
    const arrays = [
      'positions',
      'compensation',
      'addresses',
      'phoneNumbers',
      'tags',
      'schools',
      'emails',
      'notes',
    ]
    for (const name of arrays) {
      const values = body.peopleSearch.map((row: Record<string, unknown>) => row[name])
      expect(values).toContain(null)
      expect(values).not.toContainEqual([])
      expect(values.some(Array.isArray)).toBe(true)
    }
  })

  test('finds by every word of q in the name, and by an address where q has an @', async () => {
    const { body } = await call('GET', '/people?limit=1&offset=10')
    const { id, firstName, lastName } = body.people[0]
    const found = await call('GET', `/people_search?q=${lastName}+${firstName.slice(0, 3)}`)
    const rows = found.body.peopleSearch
    expect(rows.map((row: { id: string }) => row.id)).toContain(id)
    expect(rows.every((row: { lastName: string }) => row.lastName === lastName)).toBe(true)
    expect(found.body.meta.total).toBe(rows.length)
    await call('POST', `/people/${id}/email_addresses`, { email: { address: 'new@harbor.example' } })
    expect((await call('GET', '/people_search?q=new@harbor')).body).toMatchObject({
      peopleSearch: [{ id }],
      meta: { total: 1, page: 1 },
    })
  })

  test('finds nobody with an empty list, not with null', async () => {
    expect((await call('GET', '/people_search?q=zzzz')).body).toEqual({
      peopleSearch: [],
      meta: { total: 0, page: 1 },
    })
  })

  test('finds somebody who was created after the same search found nobody', async () => {
    await call('GET', '/people_search?q=zzyzx')
    await call('POST', '/people', { person: { name: 'Zzyzx Road' } })
    expect((await call('GET', '/people_search?q=zzyzx')).body.meta.total).toBe(1)
  })
})

test('the alternative envelopes give a created and a read person bare', async () => {
  const bare = callerOf(await sandboxFor({ people: 1, envelopes: 'alternative' }))
  const { body } = await bare('POST', '/people', { person: { name: 'Ada Novak' } })
  expect(body).toMatchObject({ id: expect.stringMatching(uuid), name: 'Ada Novak' })
  expect((await bare('GET', `/people/${body.id}`)).body.name).toBe('Ada Novak')
})

test('an id of nobody, of another kind or of another firm is not found', async () => {
  const sandbox = await sandboxFor({ people: 5 })
  const own = callerOf(sandbox, 0)
  const [company] = (await own('GET', '/companies')).body.companies
  const [stranger] = (await callerOf(sandbox, 1)('GET', '/people')).body.people
  const strange = ['x', company.id, stranger.id, '00000000-0000-4000-8000-000000000000']
  for (const id of strange) {
    expect(await own('GET', `/people/${id}`)).toMatchObject({ status: 404, body: { message: 'Not Found' } })
    expect((await own('POST', `/people/${id}/tags`, {})).status).toBe(404)
  }
})
