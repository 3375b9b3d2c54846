import { availableParallelism } from 'node:os'
import type { Diagnostic } from '../../errors/index.ts'
import { folderDigest } from '../cache/folder-digest.ts'
import type { ResultCache } from '../cache/result-cache.ts'
import { ruleVersion } from '../cache/rule-version.ts'
import type { LintConfig } from '../config/lint-config.ts'

export interface LintFoldersOptions {
  readonly config?: LintConfig | undefined
  readonly cache?: ResultCache | undefined
  /** Rules about several connectors together run too; nothing then comes from the cache. */
  readonly catalog?: boolean | undefined
  /** Threads for many connectors; as many as there are processors where left out. */
  readonly threads?: number | undefined
}

/** Fewer are done before a thread has started. */
const worthThreads = 24

/** The findings of each connector, judged on its own, in the order of the paths. */
export async function lintFolders(
  paths: readonly string[],
  { config, cache, catalog = false, threads = availableParallelism() }: LintFoldersOptions = {},
): Promise<readonly Diagnostic[]> {
  if (catalog) {
    const { lintCatalog } = await import('./lint-catalog.ts')
    return lintCatalog(paths, config)
  }
  const version = cache === undefined ? '' : `${ruleVersion()} ${JSON.stringify(config ?? null)}`
  const digests = paths.map((path) => (cache === undefined ? undefined : folderDigest(path, version)))
  const known = digests.map((digest) => (digest === undefined ? undefined : cache?.get(digest)))
  const missing = paths.filter((_, index) => known[index] === undefined)
  const fresh = missing.length === 0 ? [] : await lintAll(missing, config, threads)
  const found = new Map(missing.map((path, index) => [path, fresh[index] ?? []]))
  for (const [index, path] of paths.entries()) {
    const digest = digests[index]
    const diagnostics = found.get(path)
    if (digest !== undefined && diagnostics !== undefined) cache?.set(digest, diagnostics)
  }
  cache?.save()
  return paths.flatMap((path, index) => known[index] ?? found.get(path) ?? [])
}

async function lintAll(
  paths: readonly string[],
  config: LintConfig | undefined,
  threads: number,
): Promise<readonly (readonly Diagnostic[])[]> {
  if (paths.length >= worthThreads && threads > 1) {
    const { lintInThreads } = await import('./lint-in-threads.ts')
    return lintInThreads(paths, config, threads)
  }
  const { lintOne } = await import('./lint-one.ts')
  const lint = lintOne(config)
  return paths.map(lint)
}
