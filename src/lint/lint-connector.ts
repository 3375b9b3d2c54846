import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDefinition } from '../definition/index.ts'
import { type LintOptions, type LintResult, type LintSource, lintSource } from './lint-source.ts'

/** Finds everything that is wrong with the connector in a folder, or with the one whose file is named. */
export function lintConnector(folderOrFile: string, options: LintOptions = {}): LintResult {
  const opened = openLintSource(folderOrFile)
  if ('notFound' in opened) return { diagnostics: [opened.notFound], view: null, files: [] }
  return lintSource(opened.source, options)
}

/** The files of a connector on disk, its recorded examples included; not yet read. */
export function openLintSource(
  folderOrFile: string,
): { readonly source: LintSource } | Extract<ReturnType<typeof openDefinition>, { notFound: unknown }> {
  const opened = openDefinition(folderOrFile)
  if ('notFound' in opened) return opened
  const { source } = opened
  const folder = dirname(source.display?.(source.root) ?? source.root)
  return { source: { ...source, exampleNames: exampleNamesIn(folder) } }
}

function exampleNamesIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, 'examples'))
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join('examples', name))
  } catch {
    return []
  }
}
