import type { ErrorCode } from './catalogue.ts'

/** A place in a text. Lines and columns count from 1, offsets from 0 in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** From the first character to just behind the last one. */
export interface SourceRange {
  readonly start: Position
  readonly end: Position
}

/** A range of a named file; `file` is the path as the loader was given it. */
export interface Location {
  readonly file: string
  readonly range: SourceRange
}

export type Severity = 'error' | 'warning' | 'info'

/** Replacements of text that mend a finding. */
export interface Fix {
  /** What it does, in a few words: `Rename to actionId`. */
  readonly description: string
  readonly edits: readonly TextEdit[]
}

/** Puts a text in place of a range; nothing is taken away where the range is empty. */
export interface TextEdit {
  readonly file: string
  readonly range: SourceRange
  readonly text: string
}

/** The code of a finding: of the catalogue, or of a rule of the linter, which has a page of its own in `docs/rules/`. */
export type DiagnosticCode = ErrorCode | `lint/${string}`

/** One finding about a definition. Loading returns all of them, never the first only. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** One sentence: what is wrong, with the names involved. */
  readonly message: string
  /** What to do. */
  readonly hint: string
  readonly location: Location
  /** JSON pointer (RFC 6901) of the value within the resolved definition, where there is one. */
  readonly pointer?: string
  /** Other places that belong to it, such as the first of two duplicates. */
  readonly related?: readonly { readonly message: string; readonly location: Location }[]
  readonly fix?: Fix
}
