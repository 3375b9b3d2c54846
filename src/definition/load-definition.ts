import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Diagnostic } from '../errors/index.ts'
import { createFindings } from './findings.ts'
import { defaultLimits, type LoadLimits } from './load-limits.ts'
import { type LoadResult, parseDefinition } from './parse-definition.ts'
import type { DefinitionSource, FileProblem } from './source/definition-source.ts'

/**
 * Reads a connector from its folder or its connector file. All findings come back, none is thrown; `model` is null where
 * one of them is an error.
 */
export async function loadDefinition(
  folderOrFile: string,
  options: { readonly limits?: Partial<LoadLimits> } = {},
): Promise<LoadResult> {
  const opened = openDefinition(folderOrFile, options)
  if ('notFound' in opened) return { model: null, diagnostics: [opened.notFound], tree: null, files: [] }
  return parseDefinition(opened.source, options)
}

/** The files of a connector, not yet read: from its folder or its connector file. */
export function openDefinition(
  folderOrFile: string,
  options: { readonly limits?: Partial<LoadLimits> } = {},
): { readonly source: DefinitionSource } | { readonly notFound: Diagnostic } {
  const found = findConnectorFile(folderOrFile)
  if ('problem' in found) return { notFound: notFound(folderOrFile, found.problem) }
  const maxBytes = options.limits?.maxFileBytes ?? defaultLimits.maxFileBytes
  return { source: folderSource(found.folder, found.name, maxBytes) }
}

function findConnectorFile(path: string): { folder: string; name: string } | { problem: string } {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return { problem: `${path} does not exist.` }
  if (!stats.isDirectory()) {
    if (path.endsWith('.s1.partial.yaml'))
      return { problem: `${path} is a partial: name the connector file or its folder.` }
    return { folder: dirname(path), name: basename(path) }
  }
  const roots = namesIn(path).filter((name) => name.endsWith('.s1.yaml'))
  const connectors = roots.filter((name) => name.endsWith('.connector.s1.yaml'))
  const [name, ...others] = connectors.length > 0 ? connectors : roots
  if (name === undefined) return { problem: `${path} holds no \`*.connector.s1.yaml\` file.` }
  if (others.length > 0)
    return { problem: `${path} holds several connector files: ${[name, ...others].join(', ')}. Name one.` }
  return { folder: path, name }
}

function folderSource(folder: string, root: string, maxBytes: number): DefinitionSource {
  return {
    root,
    names: namesIn(folder),
    display: (name) => join(folder, name),
    read: (name) => readWithin(folder, name, maxBytes),
  }
}

/** Content of a regular file of the folder. Links that lead out of it, pipes and devices are not read. */
function readWithin(folder: string, name: string, maxBytes: number): Uint8Array | FileProblem | undefined {
  try {
    const home = realpathSync(folder)
    const target = relative(home, realpathSync(join(folder, name)))
    if (target === '..' || target.startsWith(`..${sep}`)) {
      return { code: 'definition/reference-invalid', problem: 'is a link that leads out of the folder' }
    }
    return readRegularFile(join(folder, name), maxBytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return { code: 'definition/unreadable', problem: 'cannot be opened' }
  }
}

function readRegularFile(path: string, maxBytes: number): Uint8Array | FileProblem {
  // Without blocking: a named pipe would wait for a writer for ever.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return { code: 'definition/unreadable', problem: 'is not a regular file' }
    if (stats.size > maxBytes)
      return { code: 'definition/too-large', problem: `is longer than ${maxBytes} bytes` }
    const content = new Uint8Array(stats.size)
    let length = 0
    while (length < content.length) {
      const read = readSync(file, content, length, content.length - length, null)
      if (read === 0) break
      length += read
    }
    return content.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function notFound(path: string, message: string): Diagnostic {
  const { diagnostics, report } = createFindings()
  report('definition/not-found', { file: { name: path, text: '' }, start: 0, end: 0 }, message)
  return diagnostics[0] as Diagnostic
}
