import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { repository } from '../cli/run-cli.ts'

let sandbox: Sandbox
let folder: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'mainspring-mcp-confirm-'))
  await writeFile(join(folder, 'acme.json'), JSON.stringify(sandbox.firms[0]), { mode: 0o600 })
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

async function withAgent(which: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const args = ['src/cli/main.ts', 'mcp', 'clockwork', '--credentials', join(folder, 'acme.json')]
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...args, '--origin', sandbox.origin, '--preview', '--confirm', which],
      cwd: repository,
      stderr: 'ignore',
    }),
  )
  try {
    await work(client)
  } finally {
    await client.close()
  }
}

/** A call, what it said, and how many requests it sent. */
async function call(client: Client, name: string, args: Record<string, unknown>) {
  const before = sandbox.requests.length
  const { isError, content } = await client.callTool({ name, arguments: args })
  const text = JSON.stringify(content)
  return { isError, text, token: /cfm_[\w-]+/.exec(text)?.[0] ?? '', sent: sandbox.requests.length - before }
}

const remove = 'clockwork_delete_webhook'

test('an agent removes only with the token of that very call, once', async () => {
  await withAgent('removals', async (client) => {
    const { tools } = await client.listTools()
    const properties = (name: string) => tools.find((tool) => tool.name === name)?.inputSchema.properties
    expect(properties(remove)).toHaveProperty('confirm')
    expect(properties('clockwork_list_people')).not.toHaveProperty('confirm')

    const asked = await call(client, remove, { webhook_id: 'w-1' })
    expect(asked).toMatchObject({ isError: true, sent: 0 })
    expect(asked.text).toMatch(/policy\/confirmation-needed.*DELETE .*\/webhooks\/w-1/)

    const other = await call(client, remove, { webhook_id: 'w-2', confirm: asked.token })
    expect(other).toMatchObject({ isError: true, sent: 0 })
    const confirmed = { webhook_id: 'w-1', confirm: asked.token }
    expect(await call(client, remove, confirmed)).toMatchObject({ sent: 1 })
    expect(await call(client, remove, confirmed)).toMatchObject({ isError: true, sent: 0 })
    // What adds is no removal.
    expect(await call(client, 'clockwork_create_person', { name: 'Ann Lee' })).toMatchObject({ sent: 1 })
  })
}, 60_000)

test('an operator may have every write confirmed, or none', async () => {
  await withAgent('writes', async (client) => {
    const asked = await call(client, 'clockwork_create_person', { name: 'Ann Lee' })
    expect(asked).toMatchObject({ isError: true, sent: 0 })
    const sent = await call(client, 'clockwork_create_person', { name: 'Ann Lee', confirm: asked.token })
    expect(sent).toMatchObject({ sent: 1 })
    expect(sent.isError).not.toBe(true)
  })
  await withAgent('none', async (client) => {
    expect(await call(client, remove, { webhook_id: 'w-1' })).toMatchObject({ sent: 1 })
  })
}, 60_000)
