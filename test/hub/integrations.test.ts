import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildCatalog, type Catalog, openCatalog } from '../../src/catalog/index.ts'
import { createHub } from '../../src/hub/index.ts'
import { connectorsFolder, testApiKey } from './start-hub.ts'

test('lists of integrations compile no connector, where the catalog has an index', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-index-'))
  const path = join(folder, 'catalog.json')
  await writeFile(path, (await buildCatalog(connectorsFolder, folder)).content)
  const catalog = await openCatalog(path)
  const compiled: string[] = []
  const watched: Catalog = {
    listings: () => catalog.listings(),
    describe: (key) => catalog.describe(key),
    search: (text) => catalog.search(text),
    find: (id) => catalog.find(id),
    list() {
      compiled.push('all')
      return catalog.list()
    },
    connector(key) {
      compiled.push(key)
      return catalog.connector(key)
    },
  }
  const hub = await createHub({ connectors: watched, apiKey: testApiKey })
  try {
    const authorization = `Bearer ${testApiKey}`
    const meta = await hub.app.inject({ url: '/connectors/meta', headers: { authorization } })
    expect(meta.statusCode).toBe(200)
    expect(meta.json()).toContainEqual(expect.objectContaining({ provider: 'clockwork', active: true }))
    expect((await hub.services.integrations.list('default')).map(({ id }) => id)).toContain(
      'clockwork.api_key.production',
    )
    expect(compiled).toEqual([])
    const own = await hub.services.integrations.ofConnector('default', 'clockwork')
    expect(own.map(({ method }) => method.key)).toEqual(own.map(() => 'api_key'))
    expect(compiled).toEqual(['clockwork'])
  } finally {
    await hub.close()
    await rm(folder, { recursive: true })
  }
})
