import {
  type Diagnostic,
  type ErrorCodeIn,
  errorCatalogue,
  type Fix,
  type Location,
  type Severity,
} from '../errors/index.ts'
import { type Span, toLocation } from './source/source-file.ts'
import type { DefinitionPath, SourceNode } from './source/source-node.ts'

/** What a finding can say beside its code, place and message. */
export interface FindingDetails {
  /** An error where left out. */
  readonly severity?: Severity | undefined
  /** The remedy of the code where left out. */
  readonly hint?: string | undefined
  readonly path?: DefinitionPath | undefined
  readonly related?: readonly { readonly message: string; readonly at: Span | Location }[] | undefined
  readonly fix?: Fix | undefined
}

export type Report = (
  code: ErrorCodeIn<'definition'>,
  at: Span | Location,
  message: string,
  details?: FindingDetails,
) => void

/** Collects findings, at most `limit` of them: a hostile file must not fill the memory with them. */
export function createFindings(limit = 1000): {
  readonly diagnostics: readonly Diagnostic[]
  readonly report: Report
} {
  const diagnostics: Diagnostic[] = []
  const report: Report = (code, at, message, { severity = 'error', hint, path, related, fix } = {}) => {
    if (diagnostics.length >= limit) return
    diagnostics.push({
      code,
      severity,
      message,
      hint: hint ?? errorCatalogue[code].remedy,
      location: asLocation(at),
      ...(path === undefined ? {} : { pointer: toPointer(path) }),
      ...(related === undefined
        ? {}
        : { related: related.map((place) => ({ message: place.message, location: asLocation(place.at) })) }),
      ...(fix === undefined ? {} : { fix }),
    })
  }
  return { diagnostics, report }
}

function asLocation(at: Span | Location): Location {
  return 'range' in at ? at : toLocation(at)
}

/** A JSON pointer (RFC 6901). */
export function toPointer(path: DefinitionPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The path that a JSON pointer names; the tree tells indexes of lists from keys of maps. */
export function fromPointer(pointer: string, tree: SourceNode): DefinitionPath {
  const path: (string | number)[] = []
  let node: SourceNode | undefined = tree
  for (const escaped of pointer.split('/').slice(1)) {
    const part = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
    const key: string | number = node?.kind === 'list' ? Number(part) : part
    path.push(key)
    if (node?.kind === 'list') node = node.items[Number(part)]
    else node = node?.kind === 'map' ? node.entries.find(({ name }) => name === part)?.value : undefined
  }
  return path
}

/** A fix that replaces one piece of text. */
export function replaceText(description: string, at: Span, text: string): Fix {
  return { description, edits: [{ ...toLocation(at), text }] }
}
