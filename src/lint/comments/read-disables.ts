import type { SourceFile, Span } from '../../definition/index.ts'

/** A comment that turns findings off. */
export interface Disable {
  readonly kind: 'file' | 'line' | 'next-line'
  readonly codes: readonly string[]
  readonly reason: string
  /** The line it speaks of, from 1. */
  readonly line: number
  /** The comment itself. */
  readonly span: Span
}

const comment = /#[ \t]*mainspring-disable(-next-line|-line)?\b([^\n\r]*)/g

/**
 * The comments of a file that turn findings off:
 * `# mainspring-disable-next-line lint/insecure-url -- The test system has no certificate.`
 *
 * @param isText - whether an offset stands within a text of the definition, where `#` starts no comment
 */
export function readDisables(file: SourceFile, isText: (offset: number) => boolean): readonly Disable[] {
  if (!file.text.includes('mainspring-disable')) return []
  const found: Disable[] = []
  for (const match of file.text.matchAll(comment)) {
    const [whole, suffix, rest = ''] = match
    if (isText(match.index)) continue
    const line = file.text.slice(0, match.index).split('\n').length
    const [codes = '', ...reason] = rest.split(/\s--(?:\s|$)/)
    found.push({
      kind: suffix === undefined ? 'file' : suffix === '-line' ? 'line' : 'next-line',
      codes: codes.split(/[\s,]+/).filter((code) => code !== ''),
      reason: reason.join(' -- ').trim(),
      line: suffix === '-next-line' ? nextLine(file.text, match.index, line) : line,
      span: { file, start: match.index, end: match.index + whole.trimEnd().length },
    })
  }
  return found
}

/** The next line that is no comment, so that several can stand above each other. */
function nextLine(text: string, offset: number, line: number): number {
  const lines = text.slice(text.indexOf('\n', offset) + 1).split('\n')
  const index = lines.findIndex((one) => !/^\s*(?:#|$)/.test(one))
  return line + 1 + Math.max(index, 0)
}
