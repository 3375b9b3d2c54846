import { expect, test } from '@jest/globals'
import { replayExamples } from '../../test/connectors/replay-examples.ts'

const plan = await replayExamples(import.meta.dirname, {
  credentials: { apiKey: 'example-key' },
  host: 'https://api.linear.app',
  headers: {
    accept: 'application/json',
    authorization: 'example-key',
    'content-type': 'application/json',
  },
})

test('it reads by POST, and says so', () => {
  const reads = plan.actions.filter(({ effect }) => effect === 'read').map(({ id }) => id)
  expect(reads).toEqual(['get_viewer', 'list_teams', 'list_issues', 'get_issue'])
})
