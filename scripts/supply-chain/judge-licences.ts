/** One package of the lock file. */
export interface LockedPackage {
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly link?: boolean
}

/** Licences that a package we ship may have: permissive ones, whose only condition is to be named. */
const shipped = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
])
/** And what only our own tests and tools use, and nobody is given. */
const ours = new Set([...shipped, 'CC-BY-4.0', 'MPL-2.0', 'PSF-2.0', 'Python-2.0', 'WTFPL'])

/** Packages without a licence in the lock, and why they may be there. */
const excused: Readonly<Record<string, string>> = {
  '@stackone/stackone-client-ts': 'the client that the hub has to serve; run by tests, never shipped',
}

/** @returns a line for each package that may not be there */
export function judgeLicences(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages).flatMap(([path, { license, dev = false, link = false }]) => {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (path === '' || link || (dev && Object.hasOwn(excused, name))) return []
    const allowed = dev ? ours : shipped
    if (license !== undefined && satisfies(license, allowed)) return []
    return [
      `${name}: ${license ?? 'no licence'} is not on the list ${dev ? 'of tools' : 'of what is shipped'}`,
    ]
  })
}

/** An SPDX expression: one side of OR is enough, AND needs both; AND binds closer. */
function satisfies(expression: string, allowed: ReadonlySet<string>): boolean {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1')
  return text
    .split(/\s+OR\s+/)
    .some((side) => side.split(/\s+AND\s+/).every((one) => allowed.has(one.replace(/[()]/g, '').trim())))
}
