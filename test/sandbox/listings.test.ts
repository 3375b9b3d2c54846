import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Caller, callerOf, closeSandboxes, sandboxFor } from './caller.ts'

let call: Caller

beforeEach(async () => {
  call = callerOf(await sandboxFor({ people: 260 }))
})
afterEach(closeSandboxes)

async function projectId(row: number): Promise<string> {
  return (await call('GET', `/projects?limit=1&offset=${row}`)).body.projects[0].id
}

async function idsByOffset(path: string, key: string, limit: number): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const { body } = await call('GET', `${path}?limit=${limit}&offset=${ids.length}`)
    if (body[key].length === 0) return ids
    ids.push(...body[key].map((row: { id: string }) => row.id))
  }
}

describe('a listing by limit and offset', () => {
  test.each([
    ['/people', 'people', 260],
    ['/companies', 'companies', 52],
    ['/tags', 'tags', 40],
    ['/regions', 'regions', 30],
    ['/statuses', 'statuses', 26],
    ['/projects', 'projects', 30],
  ])('of %s gives every row once, whatever the limit', async (path, key, total) => {
    const small = await idsByOffset(path, key, 7)
    expect(small).toHaveLength(total)
    expect(new Set(small).size).toBe(total)
    expect(await idsByOffset(path, key, 100)).toEqual(small)
  })

  test('of the candidacies of a project gives every row once', async () => {
    const ids = await idsByOffset(`/projects/${await projectId(0)}/candidacies`, 'candidacies', 100)
    expect(ids).toHaveLength(230)
    expect(new Set(ids).size).toBe(230)
  })

  test('gives 25 rows where no limit is sent, and at most 100', async () => {
    expect((await call('GET', '/people')).body.people).toHaveLength(25)
    expect((await call('GET', '/people?limit=500')).body.people).toHaveLength(100)
  })

  test('of statuses is complete where no page is asked for', async () => {
    expect((await call('GET', '/statuses')).body.statuses).toHaveLength(26)
  })

  test.each(['limit=0', 'limit=x', 'limit=-1', 'limit=', 'offset=-1', 'offset=1.5'])(
    'refuses %s',
    async (query) => {
      expect((await call('GET', `/people?${query}`)).status).toBe(400)
    },
  )
})

describe('a listing by page', () => {
  test('gives every row once, and its total on each page', async () => {
    const ids = new Set<string>()
    for (let page = 1; page <= 3; page += 1) {
      const { body } = await call('GET', `/people_search?limit=100&page=${page}`)
      expect(body.meta).toEqual({ total: 260, page })
      for (const row of body.peopleSearch) ids.add(row.id)
    }
    expect(ids.size).toBe(260)
    expect((await call('GET', '/people_search?limit=100&page=4')).body.peopleSearch).toEqual([])
  })

  test('does not know offset, and starts at page 1', async () => {
    const plain = await call('GET', '/people_search?limit=2')
    expect((await call('GET', '/people_search?limit=2&offset=2')).body).toEqual(plain.body)
    expect((await call('GET', '/people_search?page=0')).status).toBe(400)
  })
})

describe('the rows', () => {
  test('of companies, tags, regions and statuses are an id and a name', async () => {
    for (const key of ['companies', 'tags', 'regions', 'statuses']) {
      const { body } = await call('GET', `/${key}?limit=100`)
      for (const row of body[key]) expect(row).toEqual({ id: expect.any(String), name: expect.any(String) })
      expect(new Set(body[key].map((row: { name: string }) => row.name)).size).toBe(body[key].length)
    }
  })

  test('of projects ignore page and per_page', async () => {
    const { body } = await call('GET', '/projects?page=2&per_page=5')
    expect(body).toEqual((await call('GET', '/projects')).body)
    expect(body.projects[0]).toMatchObject({ id: expect.any(String), name: expect.any(String) })
  })

  test('of candidacies name the person only where include=person is sent', async () => {
    const path = `/projects/${await projectId(0)}/candidacies`
    const [plain] = (await call('GET', `${path}?limit=1`)).body.candidacies
    const [full] = (await call('GET', `${path}?limit=1&include=person`)).body.candidacies
    expect(plain).not.toHaveProperty('person')
    expect(full).toEqual({ ...plain, person: { id: plain.personId, name: expect.any(String) } })
    expect((await call('GET', `/people/${plain.personId}`)).body.person.name).toBe(full.person.name)
    const statuses = (await call('GET', '/statuses')).body.statuses.map((status: { id: string }) => status.id)
    expect(statuses).toContain(plain.statusId)
  })

  test('of candidacies name nobody twice in a project, and may be none', async () => {
    const { body } = await call('GET', `/projects/${await projectId(2)}/candidacies?limit=100`)
    const people = body.candidacies.map((row: { personId: string }) => row.personId)
    expect(new Set(people).size).toBe(people.length)
    expect((await call('GET', `/projects/${await projectId(1)}/candidacies`)).body).toEqual({
      candidacies: [],
    })
    expect((await call('GET', '/projects/x/candidacies')).status).toBe(404)
  })

  test('of candidacies come with meta.total where the sandbox is told to', async () => {
    const other = callerOf(await sandboxFor({ people: 260, candidaciesMeta: true }))
    const { body } = await other('GET', `/projects/${await projectId(0)}/candidacies?limit=1`)
    expect(body.meta).toEqual({ total: 230 })
  })
})
