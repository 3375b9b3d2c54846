import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { clockworkSandbox, startTestHub, type TestHub, testApiKey } from './start-hub.ts'

let folder: string
let running: TestHub
const log: string[] = []
const answers: string[] = []
let token = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-secrets-'))
  running = await startTestHub({
    dataFolder: folder,
    logLevel: 'debug',
    logStream: { write: (line) => void log.push(line) },
  })
})

afterAll(async () => {
  await running.close()
  await rm(folder, { recursive: true })
})

async function ask(method: string, path: string, headers: object, body?: unknown): Promise<string> {
  const response = await fetch(`${running.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`
  answers.push(text)
  return text
}

test('no secret is in an answer, a line of the log, or a file of the data folder', async () => {
  const key = running.authorization
  const created = await running.hub.services.connectSessions.create(
    'default',
    { originOwnerId: 'o', originOwnerName: 'O' },
    { kind: 'system' },
  )
  token = created.token
  const session = { 'x-hub-session-token': token }
  const { credentials } = running
  const form = (changes: object) => ({
    integration_id: clockworkSandbox,
    credentials: { ...credentials, ...changes },
  })
  const canary = 'canary-5c1f0e77-typed-by-a-person'
  await ask('POST', '/hub/accounts', session, form({ apiSecret: canary }))
  await ask('POST', '/hub/accounts', session, form({ firmName: `${canary} !` }))
  await ask('POST', '/hub/accounts', session, `{"integration_id": "${canary}`)
  await ask('POST', '/hub/accounts', session, { integration_id: 7, credentials: { apiKey: canary } })
  const linked = await ask('POST', '/hub/accounts', session, form({}))
  const id = /acc_\w+/.exec(linked)?.[0]
  for (const path of [
    '/accounts',
    `/accounts/${id}`,
    `/accounts/${id}/meta`,
    '/connectors/meta',
    '/openapi.json',
    `/login?token=${canary}`,
    `/connect/${canary}`,
    `/nowhere?token=${canary}`,
  ])
    await ask('GET', path, key)
  await ask('GET', `/hub/accounts/${id}`, session)
  await ask('GET', '/accounts', { authorization: `Basic ${btoa(`${canary}:`)}` })
  await ask('PATCH', `/accounts/${id}`, key, { secrets: { apiKey: canary } })

  const { firmName: _open, ...secrets } = credentials
  const places = {
    answers: answers.filter((answer) => !answer.includes(`/connect/${canary}`)).join('\n'),
    log: log.join('\n'),
  }
  for (const [name, secret] of Object.entries({ ...secrets, canary, testApiKey, token }))
    for (const [place, text] of Object.entries(places))
      expect({ name, place, found: text.replaceAll(`GET /nowhere`, '').includes(secret) }).toEqual({
        name,
        place,
        found: false,
      })
  expect(log.length).toBeGreaterThan(10)

  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file))
    for (const [name, secret] of Object.entries({ ...secrets, canary, testApiKey, token }))
      for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')])
        expect({ file, name, found: bytes.includes(form) }).toEqual({ file, name, found: false })
  }
  // What is not secret is there to be found: the search looks where it should.
  const database = await readFile(join(folder, 'mainspring.db'))
  const journal = await readFile(join(folder, 'mainspring.db-wal'))
  expect(database.includes('Clockwork') || journal.includes('clockwork')).toBe(true)
})
