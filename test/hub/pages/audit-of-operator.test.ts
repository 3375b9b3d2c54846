import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCli } from '../../cli/run-cli.ts'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { Visitor } from './visitor.ts'

let folder: string
let hub: LinkedHub
let visitor: Visitor

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-audit-of-operator-'))
  hub = await startLinkedHub({ dataFolder: folder })
  visitor = await new Visitor(hub.url).signIn(hub)
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const operator = `${userInfo().username}, at the command line`

test('keys that are made, rotated and revoked at the command line are told with who did it, and never the key', async () => {
  const made = await runCli(['keys', 'create', '--name', 'Import', '--json', '--data', folder])
  const { id, key } = JSON.parse(made.stdout) as { id: string; key: string }
  const rotated = (await runCli(['keys', 'rotate', id, '--data', folder])).stdout.trim()
  expect((await runCli(['keys', 'revoke', id, '--data', folder])).exit).toBe(0)
  const page = await visitor.go('/audit?kind=key')
  for (const action of ['created', 'rotated', 'revoked'])
    expect(page.text).toMatch(new RegExp(`key\\.${action} [^]*?${operator} key:${id}`))
  expect(page.html).not.toContain(key)
  expect(page.html).not.toContain(rotated)
})

test('a change of the master key is told with who did it, and the chain is whole after it', async () => {
  expect((await runCli(['vault', 'rotate', '--data', folder])).exit).toBe(0)
  const page = await visitor.go('/audit?kind=vault')
  expect(page.text).toMatch(new RegExp(`vault\\.rotated [^]*?${operator} master-key:`))
  expect((await visitor.go('/audit?verify=yes')).text).toContain('The chain is whole')
})
