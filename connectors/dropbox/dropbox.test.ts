import { expect, test } from '@jest/globals'
import nock from 'nock'
import { iterateAction, runAction } from '../../src/engine/index.ts'
import { replayExamples } from '../../test/connectors/replay-examples.ts'

const credentials = { accessToken: 'example-token' }
const plan = await replayExamples(import.meta.dirname, { credentials })

test('a folder goes on at the address for later pages, with the cursor alone', async () => {
  const api = nock('https://api.dropboxapi.com')
  api
    .post('/2/files/list_folder', { path: '', limit: 1 })
    .reply(200, { entries: [{ id: 'id:1' }], cursor: 'c1', has_more: true })
  api
    .post('/2/files/list_folder/continue', { cursor: 'c1' })
    .reply(200, { entries: [{ id: 'id:2' }], cursor: 'c2', has_more: false })
  const options = { credentials, inputs: { path: '', page_size: 1 } }
  const rows = await Array.fromAsync(iterateAction(plan, 'list_folder', options))
  expect(rows).toEqual([{ id: 'id:1' }, { id: 'id:2' }])
  expect(nock.isDone()).toBe(true)
})

test('reads are repeated when Dropbox is busy, a write whose answer cannot be read is not', async () => {
  const api = nock('https://api.dropboxapi.com')
  api.post('/2/files/get_metadata').reply(503, '').post('/2/files/get_metadata').reply(200, { id: 'id:1' })
  const inputs = { path: '/a' }
  expect((await runAction(plan, 'get_metadata', { credentials, inputs })).data).toEqual({ id: 'id:1' })
  api.post('/2/files/delete_v2').reply(200, '{"metadata":', { 'content-type': 'application/json' })
  await expect(runAction(plan, 'delete_file', { credentials, inputs })).rejects.toMatchObject({
    code: 'write/outcome-unknown',
  })
})
