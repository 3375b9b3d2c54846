import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { type Diagnostic, errorCatalogue, type Location, type SourceRange } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'
import { type DocumentedRule, documentedRules } from '../rule-codes.ts'

export interface SarifOptions {
  readonly cwd: string
  /** Version of Mainspring. */
  readonly version: string
  /** The text of a file, for fingerprints that outlive a move of lines; undefined where it cannot be had. */
  readonly read: (file: string) => string | undefined
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/** Findings as a SARIF 2.1.0 log, with the help of each rule, ranges, fixes and stable fingerprints. */
export function sarifReport(
  diagnostics: readonly Diagnostic[],
  options: SarifOptions,
): Record<string, unknown> {
  const known = new Map(documentedRules().map((rule) => [rule.code, rule]))
  const codes = [...new Set(diagnostics.map(({ code }) => code as string))].toSorted()
  const fingerprint = createFingerprint(options)
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mainspring',
            semanticVersion: options.version,
            rules: codes.map((code) => sarifRule(code, known.get(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(options.cwd).href.replace(/\/$/, '')}/` } },
        results: diagnostics.map((diagnostic) =>
          sarifResult(diagnostic, codes, fingerprint(diagnostic), options),
        ),
      },
    ],
  }
}

/** A finding of loading without a page of its own is explained by the catalogue of errors. */
function textsOf(code: string): Pick<DocumentedRule, 'title' | 'why' | 'remedy' | 'severity'> | undefined {
  const entry = Object.entries(errorCatalogue).find(([name]) => name === code)?.[1]
  return entry && { title: entry.title, why: entry.meaning, remedy: entry.remedy, severity: 'error' }
}

function sarifRule(code: string, known: DocumentedRule | undefined): Record<string, unknown> {
  const rule = known ?? textsOf(code)
  if (rule === undefined) return { id: code }
  const { title, why, remedy, severity } = rule
  return {
    id: code,
    name: code.replaceAll(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: `${why}\n\nHow to fix it: ${remedy}`, markdown: `${why}\n\n**How to fix it:** ${remedy}` },
    defaultConfiguration: { level: levels[severity] },
  }
}

function sarifResult(
  { code, severity, message, hint, location, related = [], fix }: Diagnostic,
  codes: readonly string[],
  fingerprint: string,
  { cwd }: SarifOptions,
): Record<string, unknown> {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: `${message} ${hint}` },
    locations: [{ physicalLocation: physicalLocation(location, cwd) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            message: { text: other.message },
            physicalLocation: physicalLocation(other.location, cwd),
          })),
        }),
    partialFingerprints: { 'mainspring/v1': fingerprint },
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix.description },
              artifactChanges: [...Map.groupBy(fix.edits, ({ file }) => file)].map(([file, edits]) => ({
                artifactLocation: artifact(file, cwd),
                replacements: edits.map((edit) => ({
                  deletedRegion: region(edit.range),
                  insertedContent: { text: edit.text },
                })),
              })),
            },
          ],
        }),
  }
}

function physicalLocation({ file, range }: Location, cwd: string): Record<string, unknown> {
  return { artifactLocation: artifact(file, cwd), region: region(range) }
}

function artifact(file: string, cwd: string): Record<string, unknown> {
  return { uri: relativePath(file, cwd).split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' }
}

function region({ start, end }: SourceRange): Record<string, unknown> {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/**
 * Of the code, the file and the text of the line, and not of its number: lines added above change nothing. Equal ones
 * are counted.
 */
function createFingerprint({ cwd, read }: SarifOptions): (diagnostic: Diagnostic) => string {
  const lines = new Map<string, readonly string[]>()
  const seen = new Map<string, number>()
  return ({ code, message, location: { file, range } }) => {
    const known = lines.get(file) ?? (read(file) ?? '').split('\n')
    lines.set(file, known)
    const key = [code, relativePath(file, cwd), known[range.start.line - 1]?.trim() ?? '', message].join('\n')
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    return createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 32)
  }
}
