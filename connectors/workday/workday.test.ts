import { expect, test } from '@jest/globals'
import { replayExamples } from '../../test/connectors/replay-examples.ts'

const plan = await replayExamples(import.meta.dirname, {
  credentials: {
    host: 'services1.myworkday.com',
    tenant: 'acme',
    username: 'ISU_Mainspring@acme',
    password: 'example-password',
  },
  host: 'https://services1.myworkday.com',
  headers: { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8' },
  textType: 'text/xml; charset=utf-8',
})

test('it reads by POST, and says so', () => {
  const reads = plan.actions.filter(({ effect }) => effect === 'read').map(({ id }) => id)
  expect(reads).toEqual([
    'list_candidates',
    'get_candidate',
    'list_job_requisitions',
    'list_job_postings',
    'list_workers',
  ])
})
