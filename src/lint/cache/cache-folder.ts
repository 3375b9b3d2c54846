import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Where results are kept: `node_modules/.cache/mainspring` of the project, otherwise the cache folder of the person
 * (`XDG_CACHE_HOME`, or `~/.cache`). Undefined where neither is to be found.
 */
export function findCacheFolder(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  for (let at = resolve(cwd); dirname(at) !== at; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'mainspring')
  }
  const base = env['XDG_CACHE_HOME'] || (env['HOME'] ? join(env['HOME'], '.cache') : undefined)
  return base === undefined ? undefined : join(base, 'mainspring')
}
