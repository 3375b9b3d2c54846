import { expect } from '@jest/globals'
import { tellStory } from './ways/every-action.ts'

type Row = Record<string, unknown> & { readonly id: string }

tellStory('lever', async (call) => {
  const rows = async (action: string, inputs: object = {}) =>
    (await call(action, { ...inputs })).data as Row[]

  const first = await call('list_opportunities', { page_size: 2 })
  const second = await call('list_opportunities', { page_size: 2, cursor: first.next })
  const ids = [...(first.data as Row[]), ...(second.data as Row[])].map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  const opportunity_id = ids[0] ?? ''
  const read = (await call('get_opportunity', { opportunity_id })).data as Row
  expect(read).toMatchObject({ id: opportunity_id, stage: expect.any(String), archived: null })
  expect((await rows('list_stages')).map(({ id }) => id)).toContain(read['stage'])
  expect(await rows('list_opportunities', { archived: true, page_size: 1 })).toEqual([
    expect.objectContaining({ archived: expect.objectContaining({ reason: expect.any(String) }) }),
  ])

  const [candidate] = await rows('unified_list_candidates', { page_size: 1 })
  expect(candidate).toMatchObject({
    id: opportunity_id,
    name: read['name'],
    emails: [{ value: (read['emails'] as string[])[0] }],
    created_at: '2025-01-06T09:00:00.000Z',
    unified_custom_fields: { contact_id: read['contact'] },
  })
  const jobs = await rows('unified_list_jobs', { status: 'closed' })
  expect(jobs.length).toBeGreaterThan(2)
  expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['closed']))
  const [applied] = await rows('unified_list_applications', { candidate_id: ids[1] })
  const all = await rows('unified_list_jobs')
  expect(all.map(({ id }) => id)).toContain(applied?.['job_id'])

  const note = (await call('add_note', { opportunity_id, content: 'Open to a move' })).data as Row
  const notes: Row[] = []
  let cursor: unknown
  do {
    const page = await call('unified_list_candidate_notes', {
      candidate_id: opportunity_id,
      page_size: 50,
      ...(cursor === undefined ? {} : { cursor }),
    })
    notes.push(...(page.data as Row[]))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect(notes).toHaveLength(131)
  expect(notes.at(-1)).toMatchObject({ id: note.id, candidate_id: opportunity_id, content: 'Open to a move' })

  const [job, other] = all
  const author_id = String(read['owner'])
  const created = (
    await call('unified_create_candidate', {
      author_id,
      name: 'Zoë Ábel',
      location: 'Lisbon',
      emails: [{ value: 'zoe@example.com' }],
      phone_numbers: [{ value: '+351 210 555 010', type: 'work' }],
      social_links: [{ url: 'https://www.linkedin.com/in/zoe-example' }, { url: 'https://zoe.example.com/' }],
      tags: ['Platform'],
      job_ids: [job?.id, other?.id],
      notes: [{ content: 'First' }, { content: 'Second' }],
    })
  ).data as Row
  const part = { status: 'done', id: expect.any(String) }
  expect(created).toEqual({ id: expect.any(String), complete: true, parts: { notes: [part, part] } })
  const [found, ...none] = await rows('list_opportunities', { email: 'zoe@example.com' })
  expect([found, none]).toMatchObject([
    {
      id: created.id,
      name: 'Zoë Ábel',
      owner: author_id,
      emails: ['zoe@example.com'],
      phones: [{ value: '+351 210 555 010', type: 'work' }],
      links: ['https://www.linkedin.com/in/zoe-example', 'https://zoe.example.com/'],
    },
    [],
  ])
  const applied_to = await rows('unified_list_applications', { candidate_id: created.id })
  expect(applied_to.map(({ job_id }) => job_id)).toEqual([job?.id, other?.id])
  const written = await rows('unified_list_candidate_notes', { candidate_id: created.id })
  expect(written.map(({ content, author_id: by }) => [content, by])).toEqual([
    ['First', author_id],
    ['Second', author_id],
  ])

  await expect(call('get_opportunity', { opportunity_id: 'nobody' })).rejects.toThrow('Resource not found')
})
