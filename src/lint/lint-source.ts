import { type DefinitionSource, parseDefinition, type SourceFile, toLocation } from '../definition/index.ts'
import type { Diagnostic } from '../errors/index.ts'
import { ExpressionError } from '../errors/index.ts'
import { compileExpression } from '../expression/index.ts'
import { compileModel } from '../plan/index.ts'
import { applyDisables } from './comments/apply-disables.ts'
import { rules } from './generated/rule-registry.ts'
import type { LevelOf } from './level-of.ts'
import type { Rule } from './rule.ts'
import { runRules } from './run-rules.ts'
import { sortDiagnostics } from './sort-diagnostics.ts'
import { spanIn } from './span-in.ts'
import { moveToSlippedLines } from './syntax/find-slipped-line.ts'
import { buildView } from './view/build-view.ts'
import type { ConnectorView } from './view/connector-view.ts'
import { type RecordedExample, readExample } from './view/recorded-example.ts'
import { withLevel } from './with-level.ts'

/** The files of a connector, and which of them are recorded examples. */
export interface LintSource extends DefinitionSource {
  /** Names of the files under `examples/`, as `read` takes them. */
  readonly exampleNames?: readonly string[]
}

export interface LintOptions {
  readonly levelOf?: LevelOf | undefined
  /** The rules to run; all of them where left out. */
  readonly rules?: readonly Rule[] | undefined
}

export interface LintResult {
  /** Errors first, then in the order a reader meets them. */
  readonly diagnostics: readonly Diagnostic[]
  /** What the rules saw; null where the files hold no definition at all. */
  readonly view: ConnectorView | null
  /** Every file that was read. */
  readonly files: readonly SourceFile[]
}

/** Finds everything that is wrong with a connector. Reads only what `source` gives, and never throws for what it holds. */
export function lintSource(source: LintSource, options: LintOptions = {}): LintResult {
  const { model, diagnostics: found, tree, files } = parseDefinition(source)
  const compiled = model === null ? [] : compileModel(model).diagnostics
  const before = [...found, ...compiled]
  if (tree?.kind !== 'map') return finish(moveToSlippedLines(before, files), null, files, options)
  const examples = readExamples(source)
  const view = buildView(tree, { model, files, fileNames: source.names ?? [], examples })
  // A misspelt key is an error too where rules are concerned: they would miss what it was meant to be.
  const errors = before
    .filter(
      ({ severity, code, fix }) =>
        severity === 'error' || (code === 'definition/unknown-key' && fix !== undefined),
    )
    .map(({ location }) => location)
  const isBroken = (node: { file: SourceFile; start: number; end: number }): boolean =>
    node === tree
      ? errors.length > 0
      : errors.some(
          ({ file, range }) =>
            file === node.file.name && range.start.offset >= node.start && range.start.offset <= node.end,
        )
  const levels = new Map((options.rules ?? rules).map((rule) => [rule, rule.severity]))
  const syntax = syntaxErrors(view, before)
  return finish(
    [...moveToSlippedLines(before, files), ...syntax, ...runRules(view, levels, isBroken)],
    view,
    files,
    options,
  )
}

function finish(
  diagnostics: readonly Diagnostic[],
  view: ConnectorView | null,
  files: readonly SourceFile[],
  { levelOf }: LintOptions,
): LintResult {
  const levelled = levelOf === undefined ? diagnostics : diagnostics.flatMap((one) => withLevel(one, levelOf))
  const kept = applyDisables(levelled, files, view, levelOf)
  return { diagnostics: sortDiagnostics(kept, files), view, files }
}

function readExamples(source: LintSource): ReadonlyMap<string, RecordedExample> {
  const examples = new Map<string, RecordedExample>()
  for (const name of source.exampleNames ?? []) {
    const content = source.read(name)
    const text = content instanceof Uint8Array ? new TextDecoder().decode(content) : content
    if (typeof text !== 'string') continue
    const actionId = /([^/\\]+)\.json$/.exec(name)?.[1] ?? name
    const example = readExample({ name: source.display?.(name) ?? name, text }, actionId)
    if (example !== undefined) examples.set(actionId, example)
  }
  return examples
}

/** Expressions that cannot be parsed in places that no plan compiles. */
function syntaxErrors(view: ConnectorView, known: readonly Diagnostic[]): readonly Diagnostic[] {
  const reported = new Set(
    known
      .filter(({ code }) => code.startsWith('expression/'))
      .map(({ location }) => location.range.start.offset),
  )
  return view.expressions.flatMap(({ scalar, text, compiled }): readonly Diagnostic[] => {
    if (compiled !== undefined) return []
    try {
      compileExpression(text)
      return []
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      const span = error.range === undefined ? scalar : spanIn(scalar, error.range)
      if (reported.has(span.start)) return []
      const { code, message, hint } = error
      return [{ code, severity: 'error', message, hint, location: toLocation(span) }]
    }
  })
}
