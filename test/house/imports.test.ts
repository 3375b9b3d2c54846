import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

/** What each room may import beside itself; type imports count. `docs/architecture.md` draws the same arrows. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  fields: [],
  patterns: [],
  http: ['errors'],
  expression: ['patterns', 'errors'],
  definition: ['errors'],
  transport: ['errors', 'http'],
  sandbox: ['errors'],
  plan: ['definition', 'expression', 'fields', 'patterns', 'http', 'errors'],
  engine: ['plan', 'transport', 'http', 'errors'],
  lint: ['definition', 'expression', 'patterns', 'plan', 'errors'],
  catalog: ['definition', 'plan', 'errors'],
  client: ['plan', 'http', 'errors'],
  compat: ['definition', 'expression', 'http', 'errors'],
  mock: ['plan', 'http', 'errors'],
  scaffold: [],
  mcp: ['catalog', 'engine', 'plan', 'http', 'errors'],
  ui: ['catalog', 'plan', 'http'],
  site: ['catalog', 'ui'],
  hub: ['catalog', 'engine', 'fields', 'mcp', 'plan', 'ui', 'http', 'errors'],
  cli: [
    'catalog',
    'client',
    'compat',
    'engine',
    'hub',
    'lint',
    'mcp',
    'plan',
    'sandbox',
    'scaffold',
    'site',
    'http',
    'errors',
  ],
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = globSync('src/**/*.ts', { cwd: root }).map((file) => normalize(file))
const importsOf = new Map(files.map((file) => [file, localImports(file)]))

function localImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
  return specifiers.map((specifier) => relative(root, join(root, dirname(file), specifier)))
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? ''
}

test('the import statements are seen at all', () => {
  expect(files.length).toBeGreaterThan(100)
  expect([...importsOf.values()].flat().length).toBeGreaterThan(files.length)
})

test('the page about the architecture draws the same rooms and arrows', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const rows = page.matchAll(/^\| `src\/(\w+)` \|.*\| ([^|]+) \|$/gm)
  const drawn = [...rows].map(([, room = '', list = '']) => [
    room,
    list === 'nothing' ? [] : list.split(', ').sort(),
  ])
  expect(Object.fromEntries(drawn)).toEqual(
    Object.fromEntries(Object.entries(arrows).map(([room, list]) => [room, list.toSorted()])),
  )
})

test('every room imports only the rooms it may', () => {
  const wrong = [...importsOf].flatMap(([file, targets]) => {
    const room = roomOf(file)
    if (room === 'index.ts') return []
    return targets
      .filter((target) => roomOf(target) !== room && !arrows[room]?.includes(roomOf(target)))
      .map((target) => `${file} → ${target}`)
  })
  expect(wrong).toEqual([])
})

test('another room is entered by its index only', () => {
  const wrong = [...importsOf].flatMap(([file, targets]) =>
    targets
      .filter(
        (target) =>
          target.startsWith('src/') && roomOf(target) !== roomOf(file) && !target.endsWith('/index.ts'),
      )
      .map((target) => `${file} → ${target}`),
  )
  expect(wrong).toEqual([])
})

test('no file imports itself in a circle', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const target of importsOf.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})
