import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository, runCli } from './run-cli.ts'

const thrower = fileURLToPath(new URL('../canary/throw-later.mjs', import.meta.url))
const apiKey = 'msk_T5yQ8wE1rU7iO4pA2sD6fG9h'
const authorization = `Basic ${btoa(`${apiKey}:`)}`
let folder: string
/** Answers reads at once, and a write when it is let go. */
const gate = Promise.withResolvers<void>()
const arrived = Promise.withResolvers<void>()
const provider = createServer((request, response) => {
  request.resume().on('end', async () => {
    if (request.method === 'POST') {
      arrived.resolve()
      await gate.promise
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ person: { id: 'p1', name: 'A' }, people: [] }))
  })
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-start-crash-'))
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  await writeFile(
    join(folder, 'mainspring.json'),
    JSON.stringify({ integrations: [{ connector: 'clockwork', environment: 'sandbox', origin }] }),
  )
})

afterAll(async () => {
  provider.closeAllConnections()
  provider.close()
  await rm(folder, { recursive: true })
})

test('a hub in which something failed that nobody caught answers what is under way, takes nothing new, ends with 1, and its data is whole', async () => {
  const data = join(folder, 'data')
  const args = ['start', '--no-sandbox', '--port', '0', '--data', data, '--json', '--config']
  const child = spawn(
    process.execPath,
    ['--import', thrower, join(repository, 'src/cli/main.ts'), ...args, join(folder, 'mainspring.json')],
    { cwd: folder, env: { CANARY: 'canary-of-start', MAINSPRING_API_KEY: apiKey } },
  )
  const ended = once(child, 'close')
  const told = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      told[name] += text
    })
  const until = async (name: 'stdout' | 'stderr', pattern: RegExp) => {
    while (!pattern.test(told[name]) && child.exitCode === null)
      await Promise.race([once(child[name], 'data'), ended])
  }
  try {
    await until('stdout', /\n/)
    const { url } = JSON.parse(told.stdout) as { url: string }
    const post = async (path: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as Record<string, string> }
    }
    const session = await post('/connect_sessions', { origin_owner_id: 'o', origin_owner_name: 'O' })
    const credentials = { firmName: 'acme', apiKey: 'key', apiSecret: 'secret', firmServiceKey: 'service' }
    const linked = await post(
      '/hub/accounts',
      { integration_id: 'clockwork.api_key.sandbox', credentials },
      { 'x-hub-session-token': session.body['token'] ?? '' },
    )
    expect(linked.status).toBe(201)

    const underWay = post(
      '/actions/rpc',
      { action: 'clockwork_create_person', body: { name: 'A' } },
      { 'x-account-id': linked.body['id'] ?? '', 'idempotency-key': 'once' },
    )
    await arrived.promise
    child.kill('SIGUSR2')
    await until('stderr', /internal\/bug/)
    let late = await post('/connect_sessions', {})
    // The line is written before the end is begun.
    while (late.body['code'] !== 'hub/stopping') late = await post('/connect_sessions', {})
    expect(late.status).toBe(503)
    gate.resolve()
    expect((await underWay).status).toBe(200)

    expect(await ended).toEqual([1, null])
    expect(told.stderr).toMatch(
      /^mainspring: internal\/bug: unhandledRejection \(LibraryError\); the process ends\./m,
    )
    expect(told.stderr).not.toContain('canary-of-start')
    for (const command of ['audit', 'vault'])
      expect((await runCli([command, 'verify', '--data', data])).exit).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
}, 120_000)
