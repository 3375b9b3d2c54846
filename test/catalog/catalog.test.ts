import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildCatalog, findConnectorFolders, openCatalog } from '../../src/catalog/index.ts'

const repository = new URL('../../', import.meta.url).pathname
let folder: string

/** A connector with one action; `key` may differ from what the file is called. */
async function addConnector(name: string, key: string, actionId: string, extra = ''): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  const text = `StackOne: 1.0.0
info:
  title: Connector ${key}
  key: ${key}
  version: 1.0.0
  description: For tests
  assets: { icon: 'https://example.com/icon.png' }
baseUrl: https://api.example.com
authentication:
  - custom:
      type: custom
      label: None
      authorization: { type: none }
      environments: [{ key: production, name: Production }]
actions:
  - actionId: ${actionId}
    categories: [ats]
    actionType: custom
    label: ${actionId.replaceAll('_', ' ')}
    description: Reads the ${actionId}.
    steps:
      - stepId: get
        description: Read
        stepFunction: { functionName: request, parameters: { url: /x, method: get } }
    result: { data: $.steps.get.output.data }
${extra}`
  await writeFile(join(folder, name, `${name}.connector.s1.yaml`), text)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-catalog-'))
  await addConnector('acme', 'acme', 'list_people')
  await addConnector('acme_hr', 'acme_hr', 'list_people')
  await addConnector('odd', 'acme_odd', 'list_people')
  await addConnector('broken', 'broken', 'list_people', 'actoins: []\nactions: 7\n')
  await mkdir(join(folder, 'no-connector'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('find', () => {
  test.each([
    ['acme_list_people', 'acme'],
    ['acme_hr_list_people', 'acme_hr'],
    ['acme_odd_list_people', 'acme_odd'],
  ])('the connector of %s is the longest key that starts it: %s', async (actionId, key) => {
    const { connector, action } = await (await openCatalog(folder)).find(actionId)
    expect([connector.key, action.qualifiedId]).toEqual([key, actionId])
  })

  test('an unknown name is told with the nearest one', async () => {
    const catalog = await openCatalog(folder)
    await expect(catalog.find('acme_list_peolpe')).rejects.toMatchObject({
      code: 'action/unknown',
      hint: expect.stringContaining('"acme_list_people"'),
    })
    await expect(catalog.find('list_people')).rejects.toMatchObject({ code: 'action/unknown' })
    await expect(catalog.find('zzz')).rejects.toMatchObject({ code: 'action/unknown' })
    await expect(catalog.find('acme___proto__')).rejects.toMatchObject({ code: 'action/unknown' })
  })

  test('a broken connector is told with its findings, and stands in the way of no other', async () => {
    const catalog = await openCatalog(folder)
    await expect(catalog.find('acme_list_people')).resolves.toBeDefined()
    await expect(catalog.find('broken_list_people')).rejects.toMatchObject({
      code: 'definition/invalid',
      diagnostics: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    })
  })
})

describe('connector', () => {
  test('is found by its key, whatever its file is called, and compiled once', async () => {
    const catalog = await openCatalog(folder)
    expect(await catalog.connector('acme_odd')).toBe(await catalog.connector('acme_odd'))
    await expect(catalog.connector('odd')).rejects.toMatchObject({ code: 'connector/unknown' })
    await expect(catalog.connector('acmee')).rejects.toMatchObject({
      hint: expect.stringContaining('"acme"'),
    })
  })
})

describe('list', () => {
  test('has every connector, one that cannot be compiled included', async () => {
    const entries = await (await openCatalog(folder)).list()
    expect(entries.map(({ key, plan }) => [key, plan !== null])).toEqual([
      ['acme', true],
      ['acme_hr', true],
      ['broken', false],
      ['acme_odd', true],
    ])
  })
})

describe('the folder', () => {
  test('may be that of one connector, its connector file, or one of its partials', async () => {
    const clockwork = join(repository, 'connectors/clockwork')
    const partial = join(clockwork, 'clockwork.people.s1.partial.yaml')
    for (const path of [clockwork, join(clockwork, 'clockwork.connector.s1.yaml'), partial]) {
      const [entry, ...others] = await (await openCatalog(path)).list()
      expect([entry?.key, others]).toEqual(['clockwork', []])
    }
  })

  test('may hold several single-file connectors', async () => {
    const several = join(folder, 'several')
    await mkdir(several)
    const text = await readFile(join(folder, 'acme/acme.connector.s1.yaml'), 'utf8')
    await writeFile(join(several, 'one_v1-0-0.s1.yaml'), text.replace('key: acme', 'key: one'))
    await writeFile(join(several, 'two_v1-0-0.s1.yaml'), text.replace('key: acme', 'key: two'))
    const entries = await (await openCatalog(several)).list()
    expect(entries.map(({ key }) => key)).toEqual(['one', 'two'])
    await rm(several, { recursive: true })
  })

  test('that is not there, or empty, is a coded error', async () => {
    for (const path of [join(folder, 'nowhere'), join(folder, 'no-connector')]) {
      await expect(openCatalog(path)).rejects.toMatchObject({ code: 'definition/not-found' })
    }
    expect(await findConnectorFolders(join(folder, 'nowhere'))).toBeNull()
    expect(await findConnectorFolders(join(folder, 'no-connector'))).toEqual([])
  })

  test('is read only as far as an action needs', async () => {
    const copy = join(folder, 'copy')
    await cp(join(folder, 'acme'), join(copy, 'acme'), { recursive: true })
    await cp(join(folder, 'acme_hr'), join(copy, 'acme_hr'), { recursive: true })
    const catalog = await openCatalog(copy)
    await rm(join(copy, 'acme_hr'), { recursive: true })
    await expect(catalog.find('acme_list_people')).resolves.toBeDefined()
    await rm(copy, { recursive: true })
  })
})

describe('search', () => {
  const find = async (text: string) =>
    (await (await openCatalog(join(repository, 'connectors'))).search(text)).map(({ action }) => action.id)

  test('finds actions that hold every word, name before description', async () => {
    expect((await find('phone number'))[0]).toBe('add_person_phone_number')
    expect((await find('WEBHOOK')).slice(0, 2).sort()).toEqual(['create_webhook', 'delete_webhook'])
  })

  test('takes the start of a word, and nothing where one word is missing', async () => {
    expect(await find('compan')).toContain('list_companies')
    expect(await find('person zebra')).toEqual([])
    expect(await find(' ')).toEqual([])
  })
})

describe('an index', () => {
  let index: string

  beforeAll(async () => {
    index = join(folder, 'index.jsonl')
    const { content, broken } = await buildCatalog(folder, folder)
    await writeFile(index, content)
    expect(broken.map(({ key }) => key)).toEqual(['broken'])
  })

  test('is the same byte for byte, and moves with its folder', async () => {
    const moved = await mkdtemp(join(tmpdir(), 'mainspring-moved-'))
    for (const name of ['acme', 'acme_hr', 'broken', 'odd'])
      await cp(join(folder, name), join(moved, name), { recursive: true })
    const again = await buildCatalog(moved, moved)
    expect(again.content.equals(await readFile(index))).toBe(true)
    await rm(moved, { recursive: true })
  })

  test('finds, lists and searches as its folder does', async () => {
    const catalogs = [await openCatalog(index), await openCatalog(folder)]
    const [fromIndex, fromFolder] = await Promise.all(
      catalogs.map(async (catalog) => ({
        found: (await catalog.find('acme_hr_list_people')).connector.key,
        listed: (await catalog.listings()).filter(({ connector }) => connector !== null),
        searched: await catalog.search('people acme'),
        described: await catalog.describe('acme'),
      })),
    )
    expect(fromIndex).toEqual(fromFolder)
    expect(fromIndex?.searched.length).toBe(3)
    expect(fromIndex?.described.actions[0]?.inputSchema).toMatchObject({ type: 'object' })
  })

  test('tells unknown names with the nearest one', async () => {
    const catalog = await openCatalog(index)
    await expect(catalog.find('acme_list_peolpe')).rejects.toMatchObject({
      code: 'action/unknown',
      hint: expect.stringContaining('"acme_list_people"'),
    })
    await expect(catalog.connector('acmee')).rejects.toMatchObject({ code: 'connector/unknown' })
  })

  test('describes without the definitions, and reads only the one that is run', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'mainspring-lazy-'))
    await cp(join(folder, 'acme'), join(copy, 'acme'), { recursive: true })
    await writeFile(join(copy, 'index.jsonl'), await readFile(index))
    const catalog = await openCatalog(join(copy, 'index.jsonl'))
    expect((await catalog.describe('acme_hr')).key).toBe('acme_hr')
    expect((await catalog.find('acme_list_people')).action.id).toBe('list_people')
    await expect(catalog.connector('acme_hr')).rejects.toMatchObject({ code: 'definition/invalid' })
    await rm(copy, { recursive: true })
  })

  test('that a definition has outrun is a coded error', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'mainspring-stale-'))
    await cp(join(folder, 'acme'), join(copy, 'acme'), { recursive: true })
    await writeFile(join(copy, 'index.jsonl'), (await buildCatalog(copy, copy)).content)
    const file = join(copy, 'acme/acme.connector.s1.yaml')
    await writeFile(file, `${await readFile(file, 'utf8')}# changed\n`)
    const catalog = await openCatalog(join(copy, 'index.jsonl'))
    await expect(catalog.connector('acme')).rejects.toMatchObject({ code: 'catalog/stale' })
    await rm(copy, { recursive: true })
  })

  test.each([
    ['cut off', (text: string) => text.slice(0, 700)],
    ['of another version', (text: string) => text.replace('"mainspringCatalog":2', '"mainspringCatalog":1')],
  ])('that is %s is a coded error', async (_, damage) => {
    const path = join(folder, 'damaged.jsonl')
    await writeFile(path, damage(await readFile(index, 'utf8')))
    await expect(openCatalog(path)).rejects.toMatchObject({ code: 'catalog/unreadable' })
    await rm(path)
  })
})

test('a catalog keeps the plans used last, and no more than it may', async () => {
  const catalog = await openCatalog(folder, { maxPlans: 2 })
  const first = await catalog.connector('acme')
  await catalog.connector('acme_hr')
  expect(await catalog.connector('acme')).toBe(first)
  await catalog.connector('acme_odd')
  expect(await catalog.connector('acme')).not.toBe(first)
})
