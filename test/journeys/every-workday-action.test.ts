import { expect } from '@jest/globals'
import { tellStory } from './ways/every-action.ts'

interface Reference {
  readonly ID: readonly { readonly '#text': string; readonly _type: string }[]
}

const idIn = ({ ID }: Reference, type: string) => ID.find(({ _type }) => _type === type)?.['#text']

tellStory('workday', async (call) => {
  const requisitions = (await call('list_job_requisitions')).data as {
    Job_Requisition_Reference: Reference
  }[]
  expect(requisitions).toHaveLength(12)
  const job_requisition_id = idIn((requisitions[0] ?? fail()).Job_Requisition_Reference, 'Job_Requisition_ID')
  expect(job_requisition_id).toBe('R-00001')
  expect((await call('list_job_postings')).data).toHaveLength(9)

  const first = await call('list_workers', { page_size: 100 })
  const second = await call('list_workers', { page_size: 100, cursor: first.next })
  expect([first.data, second.data].map((rows) => (rows as unknown[]).length)).toEqual([100, 15])
  expect(second.next ?? null).toBeNull()

  // Characters that mean something in XML arrive as they were given.
  const created = (await call('create_candidate', {
    first_name: 'Inês & <Söhne>',
    last_name: `O'Neill "]]>" &amp;`,
    country: 'PT',
    email: 'ines@example.com',
    job_requisition_id,
  })) as { data: { Candidate_Reference: Reference; Job_Application_Reference: Reference } }
  expect(idIn(created.data.Job_Application_Reference, 'Job_Application_ID')).toMatch(/^JOB_APPLICATION-/)
  const candidate_id = idIn(created.data.Candidate_Reference, 'Candidate_ID')
  const read = (await call('get_candidate', { candidate_id })).data
  expect(read).toMatchObject({
    Candidate_Data: {
      Name_Data: {
        Legal_Name: { Name_Detail_Data: { First_Name: 'Inês & <Söhne>', Last_Name: `O'Neill "]]>" &amp;` } },
      },
    },
  })
  // One element where several are possible is a list of one all the same.
  expect((await call('list_candidates', { email: 'ines@example.com' })).data).toEqual([read])
  expect((await call('list_candidates', { email: 'nobody@example.com' })).data).toEqual([])
  const applied = (await call('list_candidates', { job_requisition_id })).data as unknown[]
  expect(applied).toContainEqual(read)
  await expect(call('get_candidate', { candidate_id: 'C-99999' })).rejects.toThrow('not a valid ID value')
})

function fail(): never {
  throw new Error('nothing was listed')
}
