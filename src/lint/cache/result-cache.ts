import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../errors/index.ts'

/** Findings by the digest of what they depend on. A cache that cannot be written costs time and nothing else. */
export interface ResultCache {
  get(digest: string): readonly Diagnostic[] | undefined
  set(digest: string, diagnostics: readonly Diagnostic[]): void
  /** Writes what was added. */
  save(): void
}

/** The entries that were asked for last are kept, and no more than these. */
const maxEntries = 5000

/** One file for all connectors of a project: a file each would cost a read each. */
export function openCache(folder: string): ResultCache {
  const file = join(folder, 'lint.json')
  const old = readEntries(file)
  const used = new Map<string, readonly Diagnostic[]>()
  let changed = false
  return {
    get(digest) {
      const found = old.get(digest)
      if (found !== undefined) used.set(digest, found)
      return found
    },
    set(digest, diagnostics) {
      used.set(digest, diagnostics)
      changed = true
    },
    save() {
      if (!changed) return
      const entries = [...used, ...[...old].filter(([digest]) => !used.has(digest))].slice(0, maxEntries)
      try {
        mkdirSync(folder, { recursive: true })
        // Never half a file, also where two runs end together.
        const draft = `${file}.${process.pid}`
        writeFileSync(draft, JSON.stringify(entries))
        renameSync(draft, file)
      } catch {
        // A read-only disk: the next run is as slow as this one.
      }
    },
  }
}

function readEntries(file: string): Map<string, readonly Diagnostic[]> {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(entries) ? new Map(entries) : new Map()
  } catch {
    return new Map()
  }
}
