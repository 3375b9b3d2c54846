import type { Diagnostic, Fix } from '../../errors/index.ts'
import { type LintOptions, type LintResult, type LintSource, lintSource } from '../lint-source.ts'
import { applyFixes, chooseFixes, type Texts } from './apply-edits.ts'

export interface FixResult {
  /** The files that changed, by the name that findings give them. */
  readonly changed: Texts
  /** Their texts before. */
  readonly before: Texts
  readonly fixed: number
  /** What is left. */
  readonly result: LintResult
}

/** A fix can bring a further one to light. */
const maxRounds = 10

/**
 * Makes every fix that can be made, and looks again after each round. A fix after which a file does not parse, or after
 * which there are more errors than before, is not made.
 */
export function fixSource(source: LintSource, options: LintOptions = {}): FixResult {
  let result = lintSource(source, options)
  const before: Texts = new Map(result.files.map(({ name, text }) => [name, text]))
  let texts = before
  let fixed = 0
  const refused = new Set<string>()
  for (let round = 0; round < maxRounds; round += 1) {
    const fixes = chooseFixes(
      result.diagnostics.flatMap(({ fix }) => (fix === undefined || refused.has(keyOf(fix)) ? [] : [fix])),
    )
    if (fixes.length === 0) break
    const all = attempt(source, options, texts, fixes, result)
    if (all !== undefined) {
      texts = all.texts
      result = all.result
      fixed += fixes.length
      continue
    }
    // One of them does harm: each by itself, then.
    let made = false
    for (const fix of fixes) {
      if (made) break
      const one = attempt(source, options, texts, [fix], result)
      if (one === undefined) refused.add(keyOf(fix))
      else {
        texts = one.texts
        result = one.result
        fixed += 1
        made = true
      }
    }
    if (!made) break
  }
  const changed = new Map([...texts].filter(([name, text]) => before.get(name) !== text))
  return { changed, before, fixed, result }
}

function attempt(
  source: LintSource,
  options: LintOptions,
  texts: Texts,
  fixes: readonly Fix[],
  last: LintResult,
): { readonly texts: Texts; readonly result: LintResult } | undefined {
  const next = applyFixes(texts, fixes)
  if (next === undefined) return undefined
  const result = lintSource(overlay(source, next), options)
  const parses = last.view === null || result.view !== null
  return parses && errorsIn(result.diagnostics) <= errorsIn(last.diagnostics)
    ? { texts: next, result }
    : undefined
}

/** The source with other texts in place of its own. */
export function overlay(source: LintSource, texts: Texts): LintSource {
  return {
    ...source,
    read: (name) => texts.get(source.display?.(name) ?? name) ?? source.read(name),
  }
}

function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length
}

function keyOf(fix: Fix): string {
  return fix.edits
    .map(({ file, range, text }) => `${file} ${range.start.offset} ${range.end.offset} ${text}`)
    .join('|')
}
