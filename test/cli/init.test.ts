import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { authenticationKinds } from '../../src/scaffold/index.ts'
import { runCli } from './run-cli.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-init-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const complete = (key: string, auth: string, ...more: string[]) =>
  runCli(
    [
      'init',
      key,
      '--title',
      'Acme "ATS": {1}',
      '--base-url',
      'https://api.acme.example/v1/',
      '--auth',
      auth,
      ...more,
    ],
    { cwd: folder },
  )

test.each([...authenticationKinds])(
  'a connector with %s lints clean and explains its action',
  async (auth) => {
    expect(await complete(`acme${auth}`, auth)).toMatchObject({ exit: 0, stderr: '' })
    const lint = await runCli(['lint', '--max-warnings', '0', `connectors/acme${auth}`], { cwd: folder })
    expect(lint).toMatchObject({ exit: 0, stdout: 'Nothing to complain about.\n' })
    const explain = await runCli(['explain', '--connectors', 'connectors', `acme${auth}_list_items`], {
      cwd: folder,
    })
    expect(explain.stdout).toContain('GET https://api.acme.example/v1/items?offset=0')
  },
)

test('what is there already is never written over', async () => {
  await complete('twice', 'bearer')
  expect(await complete('twice', 'basic')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('exists already'),
  })
})

test.each([
  ['a key with a capital', ['Acme', '--title', 'A', '--base-url', 'https://a.example', '--auth', 'none']],
  [
    'a key with an underscore',
    ['ac_me', '--title', 'A', '--base-url', 'https://a.example', '--auth', 'none'],
  ],
  ['an http address', ['acme', '--title', 'A', '--base-url', 'http://a.example', '--auth', 'none']],
  [
    'an address with a query',
    ['acme', '--title', 'A', '--base-url', 'https://a.example/?x=1', '--auth', 'none'],
  ],
  ['something left out where nobody can be asked', ['acme', '--title', 'A']],
])('%s is wrong use, and nothing is written', async (_, args) => {
  const elsewhere = join(folder, 'none')
  expect(await runCli(['init', ...args, '--folder', elsewhere], { cwd: folder })).toMatchObject({
    exit: 2,
    stdout: '',
  })
  await expect(readdir(elsewhere)).rejects.toThrow()
})
