/** What `npm audit --json` came to. */
export type AuditResult =
  | { readonly kind: 'clean' }
  | { readonly kind: 'vulnerable'; readonly lines: readonly string[] }
  | { readonly kind: 'unreachable'; readonly why: string }

const serious = new Set(['high', 'critical'])

/** A registry without an audit endpoint, or none at all, says nothing of our packages: neither good nor bad. */
export function readAudit(stdout: string): AuditResult {
  const report = parse(stdout)
  if (report === undefined) return { kind: 'unreachable', why: 'npm gave no report' }
  if (report.error !== undefined || report.message !== undefined || report.vulnerabilities === undefined)
    return {
      kind: 'unreachable',
      why: String(report.error?.summary || report.message || 'no word of vulnerabilities').slice(0, 200),
    }
  const lines = Object.entries(report.vulnerabilities).flatMap(([name, { severity, range }]) =>
    serious.has(severity) ? [`${name} ${range}: ${severity}`] : [],
  )
  return lines.length === 0 ? { kind: 'clean' } : { kind: 'vulnerable', lines }
}

interface Report {
  readonly error?: { readonly summary?: string }
  readonly message?: string
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>
}

function parse(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report
  } catch {
    return undefined
  }
}
