import { Composer, type Document, Lexer, Parser } from 'yaml'
import type { Report } from '../findings.ts'
import type { SourceFile } from './source-file.ts'

/** What is left of the pieces of syntax that a connector may have. */
export interface TokenBudget {
  remaining: number
}

/**
 * Text → YAML document with positions. Undefined where the text is no YAML, or beyond the budget; both are reported.
 * Tokens are counted before anything is built from them.
 */
export function parseYaml(
  file: SourceFile,
  budget: TokenBudget,
  report: Report,
): Document.Parsed | undefined {
  const tokens = [...readTokens(file.text, budget)]
  if (budget.remaining < 0) {
    report(
      'definition/too-large',
      startOf(file),
      'The files of this connector hold more YAML than the limit allows.',
    )
    return undefined
  }
  // Tags of other schemas (`!!binary`, `!!set`, `!!timestamp`) would make values that no definition can hold.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
  })
  const [document, second] = [...composer.compose(tokens, true, file.text.length)]
  if (document === undefined) return undefined
  for (const { code, pos, message } of document.errors.slice(0, maxErrors)) {
    const at = { file, start: pos[0], end: visibleEnd(file, pos[0], pos[1]) }
    if (code === 'RESOURCE_EXHAUSTION') report('definition/too-large', at, 'The YAML nests too deeply.')
    else report('definition/syntax', at, sentences[code] ?? message, { hint: hints[code] })
  }
  for (const { pos, message } of document.warnings.slice(0, maxErrors)) {
    report('definition/syntax', { file, start: pos[0], end: pos[1] }, message, { severity: 'warning' })
  }
  if (second !== undefined) {
    const start = second.range[0]
    report(
      'definition/syntax',
      { file, start, end: start },
      'A second YAML document starts here; a file holds one.',
    )
  }
  return document.errors.length === 0 && second === undefined ? document : undefined
}

/** Errors after the first few are echoes of them. */
const maxErrors = 5

function* readTokens(text: string, budget: TokenBudget) {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    budget.remaining -= 1
    if (budget.remaining < 0) return
    yield* parser.next(lexeme)
  }
  yield* parser.end()
}

function startOf(file: SourceFile) {
  return { file, start: 0, end: 0 }
}

/** An error range may reach over the end of its line; what follows there is not at fault. */
function visibleEnd({ text }: SourceFile, start: number, end: number): number {
  const lineEnd = text.indexOf('\n', start)
  return lineEnd === -1 || end <= lineEnd ? Math.min(end, text.length) : Math.max(lineEnd, start)
}

const sentences: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'A tab is used to indent.',
  BAD_INDENT: 'The indentation does not fit the lines before.',
  MULTILINE_IMPLICIT_KEY: 'A key is spread over several lines: a colon or quote is probably missing.',
  BLOCK_AS_IMPLICIT_KEY: 'A value holds `: ` without being quoted.',
  BAD_SCALAR_START: 'A plain text cannot start with this character.',
  MISSING_CHAR: 'A closing mark, colon or comma is missing here.',
  BAD_DQ_ESCAPE: 'Double quotes do not know this escape.',
  BAD_ALIAS: 'The alias names no anchor before it.',
  KEY_OVER_1024_CHARS: 'A key is longer than YAML allows.',
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent the line as its neighbours are.',
  BAD_DQ_ESCAPE: 'Use single quotes, or write the backslash twice.',
}
