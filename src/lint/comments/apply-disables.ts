import { type SourceFile, type SourceNode, toLocation } from '../../definition/index.ts'
import { type Diagnostic, nearestName } from '../../errors/index.ts'
import { rules } from '../generated/rule-registry.ts'
import type { LevelOf } from '../level-of.ts'
import { ruleCodes } from '../rule-codes.ts'
import type { ConnectorView } from '../view/connector-view.ts'
import { withLevel } from '../with-level.ts'
import { disableRules } from './disable-rules.ts'
import { type Disable, readDisables } from './read-disables.ts'

/**
 * Takes away the findings that comments turn off, and reports comments without a reason, of unknown codes, and those
 * that turn nothing off any more.
 */
export function applyDisables(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  view: ConnectorView | null,
  levelOf: LevelOf | undefined,
): readonly Diagnostic[] {
  const disables = files.flatMap((file) => readDisables(file, (offset) => isText(view, file, offset)))
  if (disables.length === 0) return diagnostics
  const used = new Set<string>()
  const kept = diagnostics.filter((diagnostic) => {
    const by = disables.filter((disable) => turnsOff(disable, diagnostic))
    for (const disable of by) used.add(keyOf(disable, diagnostic.code))
    return by.length === 0
  })
  const own = disables.flatMap((disable) => check(disable, used, levelOf))
  return [...kept, ...(levelOf === undefined ? own : own.flatMap((one) => withLevel(one, levelOf)))]
}

/** The findings that no comment of these files turns off. Nothing is said of comments: who looks at one connector does. */
export function turnedOn(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  view: ConnectorView | null,
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics
  const disables = files.flatMap((file) => readDisables(file, (offset) => isText(view, file, offset)))
  return diagnostics.filter((diagnostic) => !disables.some((disable) => turnsOff(disable, diagnostic)))
}

function turnsOff(disable: Disable, { code, severity, location }: Diagnostic): boolean {
  const { kind, codes, reason, line, span } = disable
  // What cannot be loaded cannot be excused.
  if (reason === '' || (!code.startsWith('lint/') && severity === 'error')) return false
  if (!codes.includes(code) || location.file !== span.file.name) return false
  return kind === 'file' || location.range.start.line === line
}

function check(
  disable: Disable,
  used: ReadonlySet<string>,
  levelOf: LevelOf | undefined,
): readonly Diagnostic[] {
  const { codes, reason, span, kind } = disable
  const location = toLocation(span)
  const diagnostic = (
    rule: keyof typeof disableRules,
    message: string,
    more: Partial<Diagnostic> = {},
  ): Diagnostic => ({
    code: disableRules[rule].code,
    severity: disableRules[rule].severity,
    message,
    hint: disableRules[rule].remedy,
    location,
    ...more,
  })
  if (codes.length === 0) return [diagnostic('unknown', 'The comment names no code to turn off.')]
  if (reason === '')
    return [diagnostic('withoutReason', 'The comment gives no reason, and turns nothing off.')]
  return codes.flatMap((code) => {
    if (!ruleCodes().includes(code)) {
      const meant = nearestName(code, ruleCodes())
      const hint = meant === undefined ? {} : { hint: `Did you mean \`${meant}\`?` }
      return [diagnostic('unknown', `There is no code "${code}".`, hint)]
    }
    // What only shows beside other connectors may well be there; so may what is off by configuration.
    if (seenTogether().has(code)) return []
    if (used.has(keyOf(disable, code)) || levelOf?.(code, span.file.name) === 'off') return []
    const fix =
      codes.length === 1
        ? { fix: { description: 'Remove the comment', edits: [{ ...wholeComment(disable), text: '' }] } }
        : {}
    const where = kind === 'file' ? 'in this file' : 'there'
    return [diagnostic('unused', `"${code}" finds nothing ${where}: the comment is no longer needed.`, fix)]
  })
}

/** Rules that look at several connectors: one of them alone does not tell whether a comment is needed. */
let together: ReadonlySet<string> | undefined
function seenTogether(): ReadonlySet<string> {
  together ??= new Set(rules.filter(({ visit }) => visit.catalog !== undefined).map(({ code }) => code))
  return together
}

/** The comment with its line where it has one for itself, and with the blanks before it where not. */
function wholeComment({ span: { file, start, end } }: Disable) {
  const lineStart = file.text.lastIndexOf('\n', start - 1) + 1
  if (file.text.slice(lineStart, start).trim() === '')
    return toLocation({ file, start: lineStart, end: Math.min(end + 1, file.text.length) })
  const before = file.text.slice(lineStart, start).trimEnd().length
  return toLocation({ file, start: lineStart + before, end })
}

function keyOf({ span }: Disable, code: string): string {
  return `${span.file.name} ${span.start} ${code}`
}

function isText(view: ConnectorView | null, file: SourceFile, offset: number): boolean {
  if (view === null) return false
  const within = (node: SourceNode): boolean => {
    if (node.kind === 'map') return node.entries.some(({ value }) => within(value))
    if (node.kind === 'list') return node.items.some(within)
    return node.file === file && node.start < offset && offset < node.end
  }
  return within(view.root)
}
