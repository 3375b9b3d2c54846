import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { repository, runCli } from '../cli/run-cli.ts'
import { type LinkedHub, startLinkedHub } from '../hub/linked-hub.ts'

let folder: string
let hub: LinkedHub
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-mcp-'))
  hub = await startLinkedHub({ dataFolder: join(folder, 'data') })
  const { origin } = hub.sandbox
  await writeFile(
    join(folder, 'hub.yaml'),
    `data: data\nintegrations:\n  - { connector: clockwork, environment: sandbox, origin: "${origin}" }\n`,
  )
}, 60_000)
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const argsOf = (account: string, ...more: string[]) => [
  'src/cli/main.ts',
  'mcp',
  '--account',
  account,
  '--config',
  join(folder, 'hub.yaml'),
  ...more,
]

test('the official client runs an action of a linked account, beside the hub that linked it', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: argsOf(hub.accountId, '--read-only'),
      cwd: repository,
      stderr: 'ignore',
    }),
  )
  try {
    const { tools } = await client.listTools()
    expect(tools.length).toBeGreaterThan(8)
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
    const result = await client.callTool({ name: 'clockwork_list_people', arguments: { page_size: 3 } })
    expect(result.isError).not.toBe(true)
    expect(JSON.stringify(result)).not.toContain(hub.credentials.apiSecret)
  } finally {
    await client.close()
  }
  const logs = await hub.call('GET', `/requests/logs?account_ids=${hub.accountId}&source_types=mcp`)
  expect(logs.body).toMatchObject({ data: [{ action: 'clockwork_list_people', source_id: 'system' }] })
}, 60_000)

describe('without a configuration, an account of a sandbox', () => {
  const ask = ['tools/list'].map((method, id) => JSON.stringify({ jsonrpc: '2.0', id, method })).join('\n')
  const serve = (listens: boolean) =>
    runCli(['mcp', '--account', hub.accountId, '--data', join(folder, 'data')], {
      stdin: `${ask}\n`,
      rooms: {
        readSandboxInfo: async (url) =>
          listens && url.includes(':4100/') ? { sandbox: 'clockwork', credentials: {} } : undefined,
      },
    })

  test('is served while its sandbox listens at its usual port', async () => {
    const { stdout, exit } = await serve(true)
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      result: { tools: expect.arrayContaining([expect.objectContaining({ name: 'clockwork_list_people' })]) },
    })
    expect(exit).toBe(0)
  })

  test('is refused, and told of the sandbox, where none listens', async () => {
    const { stdout, stderr, exit } = await serve(false)
    expect(stderr).toMatch(/No sandbox listens now[\s\S]*hub\/integration-unknown/)
    expect([stdout, exit]).toEqual(['', 1])
  })
})

test.each([
  ['an account that there is not', () => argsOf('acc_nobody'), 1, 'hub/account-unknown'],
  ['an option that the hub decides', () => argsOf('acc_x', '--sandbox'), 2, '--sandbox'],
  ['a connector beside it', () => [...argsOf('acc_x'), 'clockwork'], 2, 'leave out the connector'],
  [
    'a folder without a hub',
    () => ['src/cli/main.ts', 'mcp', '--account', 'acc_x', '--data', join(folder, 'empty')],
    2,
    'There is no hub',
  ],
  ['nothing to serve', () => ['src/cli/main.ts', 'mcp'], 2, 'Missing argument'],
])(
  '%s is refused',
  (_, args, exit, words) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, args(), {
      cwd: repository,
      encoding: 'utf8',
      input: '',
    })
    expect(stderr).toContain(words)
    expect([status, stdout]).toEqual([exit, ''])
  },
  60_000,
)
