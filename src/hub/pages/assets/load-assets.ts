import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import { readStylesheet } from '../../../ui/index.ts'
import type { PageAssets, ScriptName } from '../layout/index.ts'

/** A file of the hub's pages, as it is sent. */
export interface AssetFile {
  readonly type: 'text/css; charset=utf-8' | 'text/javascript; charset=utf-8' | 'image/svg+xml'
  readonly body: string
}

export interface LoadedAssets {
  readonly pageAssets: PageAssets
  /** By address: each holds a hash of the content and may be kept for ever. */
  readonly files: ReadonlyMap<string, AssetFile>
  /** The web component, at an address of its own that stays. */
  readonly connectElement: string
}

const entries = ['dashboard', 'connect-page'] as const satisfies readonly ScriptName[]

/** The folder that holds all rooms: `src`, or `dist` once built. */
const root = new URL('../../../', import.meta.url)

/** Reads stylesheets and scripts; from the sources, where there is no build, types are stripped on the way. */
export async function loadAssets(): Promise<LoadedAssets> {
  const css = await readStylesheet()
  const modules = new Map<string, string>()
  for (const entry of entries) await loadModule(`hub/browser/${entry}`, modules)
  const element = new Map<string, string>()
  await loadModule('hub/browser/connect-element', element)
  const version = hashOf([css, ...modules.values()].join('\0'))
  const addressOf = (module: string) => `/assets/${version}/${module}.js`
  const stylesheet = `/assets/${version}/hub.css`
  const files = new Map<string, AssetFile>([
    [stylesheet, { type: 'text/css; charset=utf-8', body: css }],
    ...[...modules].map(
      ([module, body]) => [addressOf(module), { type: 'text/javascript; charset=utf-8', body }] as const,
    ),
  ])
  const scripts = new Map(
    entries.map((entry) => {
      const module = `hub/browser/${entry}`
      const imports = [...reach(module, modules)].filter((other) => other !== module)
      return [entry, { href: addressOf(module), imports: imports.map(addressOf) }] as const
    }),
  )
  return {
    files,
    connectElement: element.get('hub/browser/connect-element') ?? '',
    pageAssets: {
      stylesheet,
      script: (entry) => scripts.get(entry) ?? { href: addressOf(`hub/browser/${entry}`), imports: [] },
    },
  }
}

async function loadModule(module: string, into: Map<string, string>): Promise<void> {
  if (into.has(module)) return
  const built = new URL(`${module}.js`, root)
  const code = existsSync(built)
    ? await readFile(built, 'utf8')
    : stripTypeScriptTypes(await readFile(new URL(`${module}.ts`, root), 'utf8')).replace(
        /(from\s*'\.[^']*)\.ts'/g,
        "$1.js'",
      )
  into.set(module, code)
  for (const imported of importsOf(module, code)) await loadModule(imported, into)
}

function importsOf(module: string, code: string): string[] {
  return [...code.matchAll(/(?:import|export)\b[^;'"]*?from\s*['"](\.[^'"]+)\.js['"]/g)].map((match) =>
    posix.join(posix.dirname(module), match[1] ?? ''),
  )
}

/** A module and all that it imports, near and far: the page asks for them at once, not one after the other. */
function reach(
  module: string,
  modules: ReadonlyMap<string, string>,
  seen: Set<string> = new Set(),
): ReadonlySet<string> {
  if (seen.has(module)) return seen
  seen.add(module)
  for (const imported of importsOf(module, modules.get(module) ?? '')) reach(imported, modules, seen)
  return seen
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
