import type { Diagnostic } from '../../src/errors/index.ts'
import { exampleSource, otherSource } from '../../src/lint/example-source.ts'
import { rules } from '../../src/lint/generated/rule-registry.ts'
import { lintSource } from '../../src/lint/lint-source.ts'
import type { ExamplePart, RuleExample } from '../../src/lint/rule.ts'
import { runCatalogRules } from '../../src/lint/run-rules.ts'

const levels = new Map(rules.map((rule) => [rule, rule.severity]))

/** Every finding about an example, those about a catalog included. */
export function lintExample(example: RuleExample): readonly Diagnostic[] {
  const { diagnostics, view } = lintSource(exampleSource(example))
  const other = otherSource(example)
  const views = [view, other === undefined ? null : lintSource(other).view].filter((one) => one !== null)
  return [...diagnostics, ...runCatalogRules(views, levels)]
}

/** A finding with the text at its place. */
export interface Found {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly line: number
  readonly at: string
  readonly hint: string
  readonly fix: string | undefined
}

/** The findings of a code (of all without one) about a part of a connector, the rest added around it. */
export function lintPart(
  part: ExamplePart,
  yaml: string,
  code?: string,
  files: Readonly<Record<string, string>> = {},
): readonly Found[] {
  const example = { part, yaml, files }
  const source = exampleSource(example)
  return lintExample(example)
    .filter((diagnostic) => code === undefined || diagnostic.code === code)
    .map(({ severity, message, location: { file, range }, hint, fix, ...rest }) => ({
      code: rest.code,
      severity,
      message,
      line: range.start.line,
      at: String(source.read(file)).slice(range.start.offset, range.end.offset),
      hint,
      fix: fix?.edits.map(({ text }) => text).join('|'),
    }))
}
