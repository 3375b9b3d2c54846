import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { findCacheFolder } from '../../src/lint/cache/cache-folder.ts'
import { folderDigest } from '../../src/lint/cache/folder-digest.ts'
import { openCache } from '../../src/lint/cache/result-cache.ts'
import { lintFolders } from '../../src/lint/run/lint-folders.ts'

const clockwork = fileURLToPath(new URL('../../connectors/clockwork', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'mainspring-cache-'))
const folder = join(place, 'clockwork')
cpSync(clockwork, folder, { recursive: true })
afterAll(() => rmSync(place, { recursive: true }))

test('a second run takes what it found from the cache, and a changed file is looked at again', async () => {
  const file = join(folder, 'clockwork.webhooks.s1.partial.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('$.inputs.hook_url', '$.inputs.hook_ulr'))
  const run = () => lintFolders([folder], { cache: openCache(join(place, 'cache')) })
  const first = await run()
  expect(first.map(({ code }) => code)).toContain('lint/unknown-input')
  expect(readFileSync(join(place, 'cache', 'lint.json'), 'utf8')).toContain('lint/unknown-input')
  expect(await run()).toEqual(first)
  writeFileSync(file, text)
  expect(await run()).toEqual([])
})

test('what is found depends on content, examples, path, rules and configuration alone', () => {
  const digest = folderDigest(folder, 'v1')
  expect(folderDigest(folder, 'v1')).toBe(digest)
  expect(folderDigest(folder, 'v2')).not.toBe(digest)
  const example = join(folder, 'examples/list_people.json')
  const text = readFileSync(example, 'utf8')
  writeFileSync(example, `${text} `)
  expect(folderDigest(folder, 'v1')).not.toBe(digest)
  writeFileSync(example, text)
  expect(folderDigest(folder, 'v1')).toBe(digest)
  expect(folderDigest(join(place, 'nothing'), 'v1')).toBeUndefined()
})

test('a broken cache costs time and nothing else', async () => {
  writeFileSync(join(place, 'cache', 'lint.json'), '{"not": a cache')
  expect(await lintFolders([folder], { cache: openCache(join(place, 'cache')) })).toEqual([])
})

test('the cache is in the project, or with the person', () => {
  expect(findCacheFolder(clockwork, {})).toMatch(/node_modules\/\.cache\/mainspring$/)
  expect(findCacheFolder('/', { XDG_CACHE_HOME: '/x' })).toBe('/x/mainspring')
  expect(findCacheFolder('/', { HOME: '/home/me' })).toBe('/home/me/.cache/mainspring')
  expect(findCacheFolder('/', {})).toBeUndefined()
})
