import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../cli/run-cli.ts'
import { oneAction, requestStep } from '../contract/plan-of.ts'
import { type FakeProvider, json, startProvider } from '../engine/fake-provider.ts'

// What the commands reach within a network: nothing, until the operator says so.
const folder = mkdtempSync(join(tmpdir(), 'mainspring-networks-'))
let provider: FakeProvider
let port: string
beforeAll(async () => {
  provider = await startProvider((_request, response) => json(response, { reached: true }))
  port = new URL(provider.origin).port
  const connector = oneAction({ steps: requestStep('{ url: /x, method: get }') })
    .replace('https://api.acme.test/v1', `http://\${credentials.host}/v1`)
    .replace('configFields: [', 'configFields: [{ key: host, label: Host, type: text, required: true }, ')
  writeFileSync(join(folder, 'acme.connector.s1.yaml'), connector)
  writeFileSync(join(folder, 'acme.json'), JSON.stringify({ host: `127.0.0.1:${port}` }))
})
beforeEach(() => {
  provider.seen.length = 0
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await provider.close()
})

const given = () => ['--connectors', folder, '--credentials', join(folder, 'acme.json'), '--json']
const codeOf = (stderr: string): unknown => JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code

describe('run', () => {
  const run = (...options: string[]) => runCli(['run', 'acme_act', ...given(), ...options])

  test('reaches no private address', async () => {
    const { exit, stderr } = await run('--allow-port', port)
    expect([exit, codeOf(stderr), provider.seen.length]).toEqual([1, 'policy/address-not-allowed', 0])
  })

  test('reaches a network that is allowed, at a port that is allowed', async () => {
    const { exit, stdout } = await run('--allow-network', '127.0.0.0/8', '--allow-port', port)
    expect([exit, JSON.parse(stdout), provider.seen.length]).toEqual([
      0,
      { data: { reached: true }, next: null },
      1,
    ])
  })

  test('reaches an allowed network at no other port', async () => {
    const { exit, stderr } = await run('--allow-network', '127.0.0.1')
    expect([exit, codeOf(stderr), provider.seen.length]).toEqual([1, 'policy/address-not-allowed', 0])
  })

  test('reaches no network beside the one that is allowed', async () => {
    const { stderr } = await run('--allow-network', '10.0.0.0/8', '--allow-port', port)
    expect([codeOf(stderr), provider.seen.length]).toEqual(['policy/address-not-allowed', 0])
  })

  test.each([
    ['--allow-network', '10.0.0.0/99'],
    ['--allow-network', 'a b'],
    ['--allow-port', '0'],
    ['--allow-port', '70000'],
  ])('takes no network or port that is none: %s %s', async (option, value) => {
    const { exit, stderr } = await run(option, value)
    expect([exit, codeOf(stderr), provider.seen.length]).toEqual([2, 'cli/usage', 0])
  })
})

describe('mcp', () => {
  const call = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'acme_act', arguments: {} } })}\n`
  const serve = async (...options: string[]) => {
    const { stdout } = await runCli(['mcp', 'acme', ...given(), ...options], { stdin: call })
    return JSON.stringify(JSON.parse(stdout))
  }

  test('reaches no private address', async () => {
    expect(await serve('--allow-port', port)).toContain('policy/address-not-allowed')
    expect(provider.seen).toEqual([])
  })

  test('reaches what is allowed', async () => {
    const answer = await serve('--allow-network', '127.0.0.1', '--allow-port', port)
    expect([answer, provider.seen.length]).toEqual([expect.stringContaining('reached'), 1])
  })
})

test('start takes both options as its settings', async () => {
  const { readConfig } = await import('../../src/hub/index.ts')
  const config = await readConfig({
    flags: { allowNetwork: ['10.20.0.0/16'], allowPort: [8443] },
    env: { MAINSPRING_ALLOW_NETWORKS: '10.0.0.0/8' },
    cwd: folder,
    readFile: async () => '',
  })
  expect(config).toMatchObject({ allowNetworks: ['10.20.0.0/16'], allowPorts: [8443] })
})
