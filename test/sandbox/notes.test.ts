import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Caller, callerOf, closeSandboxes, sandboxFor } from './caller.ts'

let call: Caller
let noted: { id: string; notes: { id: string }[] }

async function somebodyWithNotes(caller: Caller): Promise<typeof noted> {
  const rows = (await caller('GET', '/people_search?limit=50')).body.peopleSearch
  return rows.find((row: { notes: unknown[] | null }) => (row.notes?.length ?? 0) > 1)
}

beforeEach(async () => {
  let hour = 0
  const clock = () => new Date(Date.UTC(2026, 0, 1, hour++))
  call = callerOf(await sandboxFor({ people: 60, clock }))
  noted = await somebodyWithNotes(call)
})
afterEach(closeSandboxes)

describe('reading notes', () => {
  test('lists those of a person, by limit and offset', async () => {
    const { body } = await call('GET', `/people/${noted.id}/notes?limit=50`)
    expect(body.notes).toEqual(noted.notes)
    expect(body.notes[0]).toMatchObject({
      type: expect.any(String),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      content: expect.stringMatching(/^<p>.*<\/p>$/),
    })
    const second = await call('GET', `/people/${noted.id}/notes?limit=1&offset=1`)
    expect(second.body.notes).toEqual([body.notes[1]])
  })

  test('reads one by its id alone', async () => {
    const [note] = noted.notes
    expect((await call('GET', `/notes/${note?.id}`)).body).toEqual({ note })
    expect((await call('GET', '/notes/x')).status).toBe(404)
    expect((await call('GET', `/notes/${noted.id}`)).status).toBe(404)
  })

  test('uses the other envelopes where it is told to', async () => {
    const other = callerOf(await sandboxFor({ people: 60, envelopes: 'alternative' }))
    const [note] = noted.notes
    expect((await other('GET', `/people/${noted.id}/notes`)).body).toEqual({ personNotes: noted.notes })
    expect((await other('GET', `/notes/${note?.id}`)).body).toEqual(note)
  })
})

describe('writing notes', () => {
  test('adds one that the person and the note itself show', async () => {
    const content = '<p>Likes <b>trains</b></p>'
    const { status, body } = await call('POST', `/people/${noted.id}/notes`, { note: { content } })
    expect(status).toBe(201)
    const { id } = body.personNote
    expect((await call('GET', `/notes/${id}`)).body.note).toMatchObject({ id, content })
    const listed = (await call('GET', `/people/${noted.id}/notes?limit=50`)).body.notes
    expect(listed.at(-1)).toMatchObject({ id, content })
    const person = (await call('GET', `/people/${noted.id}`)).body.person
    expect(person.mostRecentNoteUpdatedAt).toBe(listed.at(-1).createdAt)
  })

  test('changes the content of one, keeping its creation time', async () => {
    const [note] = noted.notes
    const path = `/people/${noted.id}/notes/${note?.id}`
    const { status, body } = await call('PUT', path, { note: { content: 'changed' } })
    expect(status).toBe(200)
    expect(body.personNote).toMatchObject({
      ...note,
      content: 'changed',
      updatedAt: expect.stringMatching(/^2026/),
    })
    expect((await call('GET', `/notes/${note?.id}`)).body.note.content).toBe('changed')
  })

  test('refuses a note of somebody else, and one without content', async () => {
    const [note] = noted.notes
    const [stranger] = (await call('GET', '/people?limit=1')).body.people
    const path = `/people/${stranger.id}/notes/${note?.id}`
    expect((await call('PUT', path, { note: { content: 'x' } })).status).toBe(404)
    expect((await call('POST', `/people/${noted.id}/notes`, { note: {} })).status).toBe(422)
    expect((await call('POST', `/people/${noted.id}/notes`, { content: 'x' })).body.message).toBe(
      'note is missing',
    )
  })
})
