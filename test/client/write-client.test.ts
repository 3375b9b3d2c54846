import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openCatalog } from '../../src/catalog/index.ts'
import { writeClient } from '../../src/client/index.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { repository } from '../cli/run-cli.ts'

const run = promisify(execFile)
const tsc = join(repository, 'node_modules/.bin/tsc')
let folder: string
let sandbox: Sandbox

/** A project of somebody's own, in which the package can be imported. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-client-'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', type: 'module' }))
  await mkdir(join(folder, 'node_modules'))
  await symlink(repository, join(folder, 'node_modules/mainspring'))
  await symlink(join(repository, 'node_modules/@types'), join(folder, 'node_modules/@types'))
  const plan = await (await openCatalog(join(repository, 'connectors'))).connector('clockwork')
  await writeFile(join(folder, 'hub-client.ts'), writeClient([plan], 'hub'))
  await writeFile(join(folder, 'engine-client.ts'), writeClient([plan], 'engine'))
  sandbox = await startSandbox({ port: 0, people: 60 })
})

afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

async function typeErrors(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
  const more = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
    '--allowImportingTsExtensions',
  ]
  return run(tsc, [...flags, ...more, name], { cwd: folder }).then(
    () => '',
    (failed: { readonly stdout: string }) => failed.stdout,
  )
}

async function runScript(name: string, text: string): Promise<unknown> {
  await writeFile(join(folder, name), text)
  const { stdout } = await run(process.execPath, [name], { cwd: folder })
  return JSON.parse(stdout)
}

test('good use of either client passes a strict compiler', async () => {
  const use = `
    import { createClockworkClient, type ClockworkClient } from './hub-client.ts'
    import { createClockworkClient as inProcess } from './engine-client.ts'
    import { compileConnector, loadConnector } from 'mainspring'
    const hub: ClockworkClient = createClockworkClient({ baseUrl: 'http://127.0.0.1', apiKey: 'k', accountId: 'a' })
    const { data, next } = await hub.listPeople({ page_size: 2 })
    const rows: readonly { readonly [key: string]: unknown }[] = data
    const cursor: string | undefined = next
    for await (const row of hub.listTags.all()) void row['id']
    const { data: person } = await hub.createPerson({ name: 'Ines', do_not_contact: false, biography: null })
    void [rows, cursor, person.id]
    const { model } = await loadConnector('x')
    if (model !== null) void inProcess(compileConnector(model), { credentials: {} }).getNote({ note_id: 'n' })
  `
  expect(await typeErrors('good.ts', use)).toBe('')
})

test('the compiler refuses what an action does not take', async () => {
  const mistakes = {
    'an unknown input': 'client.listPeople({ page: 1 })',
    'a missing required input': 'client.createPerson({})',
    'no inputs where one is required': 'client.searchPeople()',
    'a wrong type': "client.listPeople({ page_size: '2' })",
    'an unknown action': 'client.listPersons()',
    'all rows of an action that lists nothing': "client.getNote.all({ note_id: 'n' })",
  }
  const lines = Object.values(mistakes).map((call, index) => `export const result${index} = ${call}`)
  const head = "import type { ClockworkClient } from './hub-client.ts'; declare const client: ClockworkClient"
  const errors = await typeErrors('bad.ts', [head, ...lines].join('\n'))
  const found = [...errors.matchAll(/^bad\.ts\((\d+),/gm)].map(([, line]) => Number(line))
  expect(found).toEqual(lines.map((_, index) => index + 2))
})

test('the engine client runs actions of its connector in its own process', async () => {
  const [credentials] = sandbox.firms
  const result = await runScript(
    'engine.ts',
    `
    import { compileConnector, loadConnector } from 'mainspring'
    import { createClockworkClient } from './engine-client.ts'
    const { model } = await loadConnector(${JSON.stringify(join(repository, 'connectors/clockwork'))})
    if (model === null) throw new Error('no model')
    const clockwork = createClockworkClient(compileConnector(model), {
      origin: ${JSON.stringify(sandbox.origin)},
      credentials: ${JSON.stringify(credentials)},
    })
    const { data: person } = await clockwork.createPerson({ name: 'Typed Person' })
    const page = await clockwork.listPeople({ page_size: 7 })
    const all = await Array.fromAsync(clockwork.listPeople.all({ page_size: 25 }))
    console.log(JSON.stringify([typeof person.id, page.data.length, typeof page.next, all.length]))
  `,
  )
  expect(result).toEqual(['string', 7, 'string', 61])
})

test('the hub client puts each input in its part, follows next, and turns a refusal into its error', async () => {
  const seen: unknown[] = []
  const pages = [
    { data: [{ id: 1 }], next: 'n1' },
    { data: [{ id: 2 }], next: null },
  ]
  const server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const body = JSON.parse(text) as { readonly action: string }
      const { authorization, 'x-account-id': account } = request.headers
      seen.push({ url: request.url, authorization, account, body })
      const refused = { statusCode: 404, message: 'No such note.', code: 'provider/not-found', hint: 'Look.' }
      const isList = body.action === 'clockwork_list_tags'
      response.writeHead(isList ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isList ? pages.shift() : refused))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const result = await runScript(
      'hub.ts',
      `
      import { createClockworkClient, HubError } from './hub-client.ts'
      const clockwork = createClockworkClient({ baseUrl: 'http://127.0.0.1:${port}/', apiKey: 'key', accountId: 'acc' })
      const rows = await Array.fromAsync(clockwork.listTags.all({ page_size: 1 }))
      const error = await clockwork.addPersonTag({ person_id: 'p', tag_id: 't' }).catch((thrown) => thrown)
      const { status, code, hint, message } = error as HubError
      console.log(JSON.stringify([rows, error instanceof HubError, status, code, hint, message]))
    `,
    )
    expect(result).toEqual([
      [{ id: 1 }, { id: 2 }],
      true,
      404,
      'provider/not-found',
      'Look.',
      'No such note.',
    ])
  } finally {
    server.close()
  }
  const authorization = `Basic ${Buffer.from('key:').toString('base64')}`
  const common = { url: '/actions/rpc', authorization, account: 'acc' }
  expect(seen).toEqual([
    { ...common, body: { action: 'clockwork_list_tags', query: { page_size: 1 } } },
    { ...common, body: { action: 'clockwork_list_tags', query: { page_size: 1, cursor: 'n1' } } },
    {
      ...common,
      body: { action: 'clockwork_add_person_tag', path: { person_id: 'p' }, body: { tag_id: 't' } },
    },
  ])
})

test('a description cannot end the comment it stands in', async () => {
  const plan = await (await openCatalog(join(repository, 'connectors'))).connector('clockwork')
  const action = plan.actionsById['list_tags']
  if (action === undefined) throw new Error('no such action')
  const hostile = { ...plan, actions: [{ ...action, description: 'ends */ process.exit(1) /*' }] }
  expect(writeClient([hostile], 'hub')).toContain('ends *\\/ process.exit(1) /*')
})
