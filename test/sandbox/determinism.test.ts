import { afterEach, describe, expect, test } from '@jest/globals'
import { callerOf, closeSandboxes, sandboxFor } from './caller.ts'

afterEach(closeSandboxes)

const clock = () => new Date('2026-01-02T03:04:05.000Z')

async function snapshot(seed: number): Promise<string> {
  const sandbox = await sandboxFor({ seed, people: 60, clock })
  const call = callerOf(sandbox)
  const projects = await call('GET', '/projects')
  const answers = [
    sandbox.firms,
    projects.body,
    (await call('GET', '/people?limit=100')).body,
    (await call('GET', '/people_search?limit=100')).body,
    (await call('GET', '/companies')).body,
    (await call('GET', `/projects/${projects.body.projects[0].id}/candidacies?limit=100&include=person`))
      .body,
    (await call('POST', '/people', { person: { name: 'Ada Novak', tag_names: ['Fjords'] } })).body,
  ]
  return JSON.stringify(answers)
}

describe('the invented data', () => {
  test('is the same byte for byte for the same seed, created records included', async () => {
    expect(await snapshot(7)).toBe(await snapshot(7))
  })

  test('is other data for another seed', async () => {
    expect(await snapshot(7)).not.toBe(await snapshot(8))
  })

  test('does not change around a company and a tag that were added', async () => {
    const call = callerOf(await sandboxFor({ people: 60 }))
    const before = (await call('GET', '/people_search?limit=100')).body.peopleSearch
    const subject = before[50].id
    await call('POST', '/people', { person: { name: 'Ada Novak', tag_names: ['Fjords'] } })
    await call('POST', `/people/${subject}/positions`, { position: { companyName: 'Fjord Ferries' } })
    const after = (await call('GET', '/people_search?limit=100')).body.peopleSearch
    expect(after.slice(0, 50)).toEqual(before.slice(0, 50))
    expect(after.slice(51, 60)).toEqual(before.slice(51, 60))
  })

  test('shares no id between the firms', async () => {
    const sandbox = await sandboxFor({ people: 50 })
    const ids = await Promise.all(
      [0, 1, 2].map(async (number) => {
        const { body } = await callerOf(sandbox, number)('GET', '/people?limit=100')
        return body.people.map((person: { id: string }) => person.id)
      }),
    )
    expect(new Set(ids.flat()).size).toBe(150)
  })

  test('of a million people is read from anywhere without being made first', async () => {
    const sandbox = await sandboxFor({ people: 1_000_000 })
    const call = callerOf(sandbox)
    const { body } = await call('GET', '/people?limit=100&offset=999990')
    expect(body.people).toHaveLength(10)
    const last = body.people[9]
    expect((await call('GET', `/people/${last.id}`)).body.person).toMatchObject(last)
  })
})
