import { expect, test } from '@jest/globals'
import { explainAction } from '../../src/engine/index.ts'
import { replayExamples } from '../../test/connectors/replay-examples.ts'

const credentials = { accessToken: 'example-token' }
const plan = await replayExamples(import.meta.dirname, { credentials })

test.each([
  ['production', 'https://api.lever.co/v1/stages'],
  ['sandbox', 'https://api.sandbox.lever.co/v1/stages'],
])('in %s calls go to %s', (environment, url) => {
  const { requests } = explainAction(plan, 'list_stages', { credentials, environment })
  expect(requests.map((request) => request.url)).toEqual([url])
})

test.each([{ page_size: 101 }, { page_size: 0 }, { archived: 'yes' }])(
  '%j is refused before anything is sent',
  (inputs) => {
    expect(() => explainAction(plan, 'list_opportunities', { credentials, inputs })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^input\//) }),
    )
  },
)
