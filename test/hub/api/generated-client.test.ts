import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeClient } from '../../../src/client/index.ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

const run = promisify(execFile)
let hub: LinkedHub
let folder: string

beforeAll(async () => {
  hub = await startLinkedHub()
  folder = await mkdtemp(join(tmpdir(), 'mainspring-generated-'))
  const plan = await hub.hub.services.catalog.connector('clockwork')
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  await writeFile(join(folder, 'client.ts'), writeClient([plan], 'hub'))
})

afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})

test('the generated client runs, pages and is refused by the hub as by no other', async () => {
  const options = {
    baseUrl: hub.url,
    apiKey: 'msk_test_key_for_the_hub_0123456789',
    accountId: hub.accountId,
  }
  const script = `
    import { createClockworkClient, HubError } from './client.ts'
    const clockwork = createClockworkClient(${JSON.stringify(options)})
    const { data: person } = await clockwork.createPerson({ name: 'Generated Person' })
    const { data: found } = await clockwork.searchPeople({ query: 'Generated Person' })
    const page = await clockwork.listPeople({ page_size: 2 })
    const tags = await Array.fromAsync(clockwork.listTags.all({ page_size: 5 }))
    const missing = await clockwork.getNote({ note_id: '00000000-0000-4000-8000-000000000000' }).catch((error) => error)
    const wrong = await clockwork.listPeople({ page_size: 0 }).catch((error) => error)
    console.log(JSON.stringify({
      found: found.map(({ id }) => id).includes(person.id),
      page: [page.data.length, typeof page.next],
      tags: new Set(tags.map(({ id }) => id)).size === tags.length && tags.length > 5,
      missing: [missing instanceof HubError, missing.code, typeof missing.hint, typeof missing.requestId],
      wrong: [wrong instanceof HubError, wrong.code, wrong.status],
    }))
  `
  await writeFile(join(folder, 'use.ts'), script)
  const { stdout } = await run(process.execPath, ['use.ts'], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual({
    found: true,
    page: [2, 'string'],
    tags: true,
    missing: [true, 'provider/not-found', 'string', 'string'],
    wrong: [true, 'input/invalid', 400],
  })
})
