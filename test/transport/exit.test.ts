import { spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { startHttpServer } from './servers.ts'

// Tells what would keep the process alive once a call is over.
const script = `
  import { createTransport } from ${JSON.stringify(new URL('../../src/transport/index.ts', import.meta.url).href)}
  const secrets = { headers: new Map(), query: new Set(), values: [] }
  const request = { ...JSON.parse(process.argv[1]), secrets }
  const { text } = await createTransport().send(request, { timeoutMs: 30_000, signal: new AbortController().signal })
  await new Promise(setImmediate)
  console.log(JSON.stringify({ text, alive: process.getActiveResourcesInfo() }))
`

test('a kept connection does not keep the process alive', async () => {
  await using server = await startHttpServer((_request, response) => response.end('done'))
  const request = {
    method: 'GET',
    url: server.origin,
    urlTemplate: '/',
    headers: {},
    effect: 'read',
    trustedOrigin: true,
    repeatable: true,
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout) output += chunk
  const { text, alive } = JSON.parse(output)
  expect(text).toBe('done')
  expect(alive).not.toContain('TCPSocketWrap')
  expect(alive).not.toContain('Timeout')
})
