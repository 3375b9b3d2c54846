import type { Diagnostic } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'

/** Findings that are known: how often each stands in a file. Places are left out, since every edit moves them. */
export interface Baseline {
  readonly version: 1
  readonly findings: readonly KnownFinding[]
}

export interface KnownFinding {
  /** From the folder of the baseline. */
  readonly file: string
  readonly code: string
  readonly message: string
  readonly count: number
}

export function createBaseline(diagnostics: readonly Diagnostic[], folder: string): Baseline {
  const counts = new Map<string, KnownFinding>()
  for (const diagnostic of diagnostics) {
    const finding = { ...identityOf(diagnostic, folder), count: 1 }
    const known = counts.get(keyOf(finding))
    counts.set(keyOf(finding), known === undefined ? finding : { ...known, count: known.count + 1 })
  }
  const findings = [...counts.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  return { version: 1, findings }
}

/** What is new, and which known findings are gone. */
export function subtractBaseline(
  diagnostics: readonly Diagnostic[],
  baseline: Baseline,
  folder: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly gone: readonly KnownFinding[] } {
  const left = new Map(baseline.findings.map((finding) => [keyOf(finding), finding.count]))
  const fresh = diagnostics.filter((diagnostic) => {
    const key = keyOf(identityOf(diagnostic, folder))
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    return count === 0
  })
  return {
    diagnostics: fresh,
    gone: baseline.findings.filter((finding) => (left.get(keyOf(finding)) ?? 0) > 0),
  }
}

/** Undefined where the text is no baseline. */
export function parseBaseline(text: string): Baseline | undefined {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content !== 'object' || content === null || !('findings' in content)) return undefined
    const { findings } = content
    if (!Array.isArray(findings) || !findings.every(isKnown)) return undefined
    return { version: 1, findings }
  } catch {
    return undefined
  }
}

function isKnown(value: unknown): value is KnownFinding {
  if (typeof value !== 'object' || value === null) return false
  const { file, code, message, count } = value as Partial<Record<keyof KnownFinding, unknown>>
  return [file, code, message].every((text) => typeof text === 'string') && typeof count === 'number'
}

function identityOf({ code, message, location }: Diagnostic, folder: string) {
  return { file: relativePath(location.file, folder), code, message }
}

function keyOf({ file, code, message }: Omit<KnownFinding, 'count'>): string {
  return `${file}\n${code}\n${message}`
}
