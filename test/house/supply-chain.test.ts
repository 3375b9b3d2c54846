import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { judgeLicences } from '../../scripts/supply-chain/judge-licences.ts'
import { readAudit } from '../../scripts/supply-chain/read-audit.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('licences', () => {
  test('of all that is locked are on the lists', () => {
    expect(judgeLicences(JSON.parse(read('package-lock.json')).packages)).toEqual([])
  })

  test.each([
    ['a shipped package under the GPL', { license: 'GPL-3.0-only' }, false],
    ['a shipped package without a licence', {}, false],
    ['a shipped package that asks for both of two', { license: 'MIT AND GPL-2.0' }, false],
    ['a shipped package that gives the choice', { license: '(GPL-2.0 OR MIT)' }, true],
    ['a tool under the MPL', { license: 'MPL-2.0', dev: true }, true],
    ['the same, shipped', { license: 'MPL-2.0' }, false],
    ['a tool under the AGPL', { license: 'AGPL-3.0', dev: true }, false],
  ])('%s', (_, entry, allowed) => {
    expect(judgeLicences({ 'node_modules/a': entry })).toHaveLength(allowed ? 0 : 1)
  })
})

describe('advisories', () => {
  const entry = (severity: string) => ({ vulnerabilities: { left: { severity, range: '<2' } } })
  test.each([
    ['a serious one', JSON.stringify(entry('high')), 'vulnerable'],
    ['a slight one', JSON.stringify(entry('low')), 'clean'],
    ['none', '{"vulnerabilities":{}}', 'clean'],
    [
      'a registry without the endpoint',
      '{"message":"405 Method Not Allowed","error":{"summary":""}}',
      'unreachable',
    ],
    ['no network', '', 'unreachable'],
  ])('%s', (_, stdout, kind) => {
    expect(readAudit(stdout).kind).toBe(kind)
  })
})

test('CI checks licences and advisories, and makes the list of parts', () => {
  const run = read('.ci/run')
  for (const part of ['part licences', 'part advisories', 'part sbom']) expect(run).toContain(part)
})

test('the package is published with its provenance and its list of parts', () => {
  const { jobs } = parse(read('.github/workflows/publish.yml')) as {
    jobs: { publish: { permissions: object; steps: { run?: string }[] } }
  }
  expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  const commands = jobs.publish.steps.map(({ run = '' }) => run)
  expect(commands).toEqual(
    expect.arrayContaining(['.ci/run', expect.stringMatching(/^npm publish --provenance/)]),
  )
  expect(commands.some((command) => command.includes('sbom'))).toBe(true)
})
