import { expect, test } from '@jest/globals'
import { type ConnectorSummary, openCatalog } from '../../src/catalog/index.ts'
import { createSite } from '../../src/site/index.ts'

const catalog = await openCatalog('connectors')
const clockwork = await catalog.describe('clockwork')

/** Every text of a value with a hostile end, such as nobody should be able to bring into a page. */
function poison(value: unknown): unknown {
  if (typeof value === 'string') return `${value}"'><script>steal()</script><img src=x onerror=steal()>`
  if (Array.isArray(value)) return value.map(poison)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)]))
}

async function pathsAndTexts(connectors: readonly ConnectorSummary[]) {
  const site = createSite()
  const pages = connectors.map((connector) => site.add(connector))
  return [...pages, ...(await site.finish())]
}

test('the same connectors give the same bytes', async () => {
  expect(await pathsAndTexts([clockwork])).toEqual(await pathsAndTexts([structuredClone(clockwork)]))
})

test('no text of a definition becomes markup or a script', async () => {
  const hostile = poison(clockwork) as ConnectorSummary
  for (const { path, content } of await pathsAndTexts([hostile])) {
    if (!path.endsWith('.html')) continue
    expect(content).not.toContain('<img src=x')
    expect(content.match(/<script\b/g) ?? []).toHaveLength(path === 'index.html' ? 2 : 1)
    expect(content).toContain('&lt;script&gt;steal()')
  }
})

test('what the search reads is data, whatever it holds', async () => {
  const hostile = { ...clockwork, title: '</script>\u2028`${steal()}`' }
  const data = (await pathsAndTexts([hostile])).find(({ path }) => path === 'assets/search-data.js')
  const world: { mainspringCatalog?: readonly { readonly title: string }[] } = {}
  new Function('globalThis', data?.content ?? '')(world)
  expect(world.mainspringCatalog?.map(({ title }) => title)).toEqual([hostile.title])
})

test('a link is made of an address that is safe to follow, and of no other text', async () => {
  const page = (resources: string) => createSite().add({ ...clockwork, resources }).content
  expect(page('https://docs.example/api')).toContain('href="https://docs.example/api"')
  for (const text of ['javascript:steal()', 'data:text/html,x', 'file:///etc/passwd', 'see the wiki'])
    expect(page(text)).not.toContain('The provider’s documentation')
})

test('keys that would share a file get files of their own, inside the folder', () => {
  const site = createSite()
  const keys = ['acme', 'Acme', '../../acme', 'a/b', 'a_b']
  const paths = keys.map((key) => site.add({ ...clockwork, key }).path)
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(keys.length)
  for (const path of paths) expect(path).toMatch(/^connectors\/[\w-]+\.html$/)
})

test('every action is there with its inputs, evidence and examples', () => {
  const { content } = createSite().add(clockwork)
  for (const { qualifiedId, inputs } of clockwork.actions) {
    expect(content).toContain(`id="${qualifiedId}"`)
    expect(content).toContain(`mainspring run ${qualifiedId}`)
    for (const { name } of inputs) expect(content).toContain(`<code>${name}</code>`)
  }
})
