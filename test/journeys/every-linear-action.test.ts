import { expect } from '@jest/globals'
import { tellStory } from './ways/every-action.ts'

interface Issue {
  readonly id: string
  readonly identifier: string
  readonly title: string
  readonly team: { readonly id: string; readonly key: string }
}

tellStory('linear', async (call) => {
  expect((await call('get_viewer')).data).toMatchObject({ name: 'Ada Sandberg' })
  const teams = (await call('list_teams')).data as Issue['team'][]
  expect(teams.map(({ key }) => key)).toEqual(['ENG', 'DES', 'OPS'])
  const team_id = teams[0]?.id

  const first = await call('list_issues', { team_id, page_size: 12 })
  const second = await call('list_issues', { team_id, page_size: 12, cursor: first.next })
  const listed = [...(first.data as Issue[]), ...(second.data as Issue[])]
  expect(listed.map(({ team }) => team.key)).toEqual(Array(18).fill('ENG'))
  expect(new Set(listed.map(({ id }) => id)).size).toBe(18)
  // Linear names a cursor on the last page too; the listing ends all the same.
  expect(second.next ?? null).toBeNull()

  const created = (await call('create_issue', {
    team_id,
    title: 'Quote " and ${brace} {{both}}',
    description: 'Line one\nLine two \\ "quoted"',
    priority: 2,
    due_date: '2026-03-31',
  })) as { data: Issue }
  const issue_id = created.data.id
  expect(created.data).toMatchObject({
    title: 'Quote " and ${brace} {{both}}',
    priority: 2,
    state: { type: 'backlog' },
  })
  await call('update_issue', { issue_id, title: 'Renamed' })
  expect((await call('get_issue', { issue_id: created.data.identifier })).data).toMatchObject({
    id: issue_id,
    title: 'Renamed',
    description: 'Line one\nLine two \\ "quoted"',
    dueDate: '2026-03-31',
  })
  expect((await call('create_comment', { issue_id, body: 'Fixed in build 42' })).data).toMatchObject({
    body: 'Fixed in build 42',
    issue: { identifier: created.data.identifier },
  })
  expect((await call('archive_issue', { issue_id })).data).toMatchObject({
    id: issue_id,
    archivedAt: expect.any(String),
  })
  const after = (await call('list_issues', { team_id, page_size: 100 })).data as Issue[]
  expect(after.map(({ id }) => id)).not.toContain(issue_id)
  await expect(call('get_issue', { issue_id: 'ENG-9999' })).rejects.toThrow('Entity not found')
})
