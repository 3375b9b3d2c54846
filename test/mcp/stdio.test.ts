import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { serveStdio, type ToolBox } from '../../src/mcp/index.ts'
import { repository } from '../cli/run-cli.ts'

test('the official client runs an action through the command line, against a sandbox', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['src/cli/main.ts', 'mcp', 'clockwork', '--sandbox', '--read-only'],
    cwd: repository,
    stderr: 'ignore',
  })
  await client.connect(transport)
  try {
    const { tools } = await client.listTools()
    expect(tools.length).toBeGreaterThan(8)
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
    const result = await client.callTool({
      name: 'clockwork_search_people',
      arguments: { query: 'a', page_size: 3 },
    })
    expect(result.structuredContent).toMatchObject({ data: expect.arrayContaining([]) })
    expect(result.isError).not.toBe(true)
  } finally {
    await client.close()
  }
}, 60_000)

/** A box with one tool that ends when it is cancelled. */
function waitingBox(): { readonly toolBox: ToolBox; readonly started: Promise<void> } {
  const started = Promise.withResolvers<void>()
  const toolBox: ToolBox = {
    tools: [],
    call: (_name, _given, { signal }) =>
      new Promise((resolve) => {
        started.resolve()
        signal.addEventListener('abort', () => resolve({ content: [{ type: 'text', text: 'ended' }] }))
      }),
  }
  return { toolBox, started: started.promise }
}

function converse(toolBox: ToolBox, signal: AbortSignal) {
  const input = new PassThrough()
  const lines: Record<string, unknown>[] = []
  const service = { info: { name: 'm', version: '1' }, toolBox, principal: 'p' }
  const ended = serveStdio(service, input, (line) => lines.push(JSON.parse(line)), signal)
  return { lines, ended, end: () => input.end(), send: (text: string) => input.write(`${text}\n`) }
}

const call = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 't' } })

test('a cancelled call ends and is not answered', async () => {
  const { toolBox, started } = waitingBox()
  const talk = converse(toolBox, new AbortController().signal)
  talk.send(call)
  await started
  talk.send(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } }))
  talk.end()
  await talk.ended
  expect(talk.lines).toEqual([])
})

test('the signal ends everything that runs', async () => {
  const { toolBox, started } = waitingBox()
  const stop = new AbortController()
  const talk = converse(toolBox, stop.signal)
  talk.send(call)
  await started
  stop.abort()
  await talk.ended
})

test('what cannot be read is answered, and the conversation goes on', async () => {
  const talk = converse(waitingBox().toolBox, new AbortController().signal)
  talk.send('no json')
  talk.send('[]')
  talk.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }))
  talk.end()
  await talk.ended
  expect(talk.lines).toEqual([
    { jsonrpc: '2.0', id: null, error: { code: -32_700, message: expect.any(String) } },
    { jsonrpc: '2.0', id: null, error: { code: -32_600, message: expect.any(String) } },
    { jsonrpc: '2.0', id: 1, result: {} },
  ])
})
