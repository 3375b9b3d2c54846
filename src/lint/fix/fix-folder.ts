import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import type { Diagnostic } from '../../errors/index.ts'
import { createLevelOf } from '../config/create-level-of.ts'
import type { LintConfig } from '../config/lint-config.ts'
import { openLintSource } from '../lint-connector.ts'
import { type FixResult, fixSource } from './fix-source.ts'

/** The connector of a folder with every safe fix made, in memory. */
export function fixFolder(
  path: string,
  config: LintConfig | undefined,
): Pick<FixResult, 'changed' | 'before' | 'fixed'> & { readonly diagnostics: readonly Diagnostic[] } {
  const opened = openLintSource(path)
  if ('notFound' in opened)
    return { changed: new Map(), before: new Map(), fixed: 0, diagnostics: [opened.notFound] }
  const { result, ...rest } = fixSource(opened.source, { levelOf: config && createLevelOf(config) })
  return { ...rest, diagnostics: result.diagnostics }
}

/** Writes changed files, each at once and whole, with its byte order mark and rights as they were. */
export function writeFixes(changed: ReadonlyMap<string, string>): void {
  for (const [file, text] of changed) {
    const mark = readFileSync(file, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : ''
    const draft = `${file}.${process.pid}.tmp`
    writeFileSync(draft, mark + text, { mode: statSync(file).mode })
    renameSync(draft, file)
  }
}
