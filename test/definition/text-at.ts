import { type LoadLimits, type LoadResult, parseDefinition } from '../../src/definition/index.ts'
import type { Diagnostic, Location } from '../../src/errors/index.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** Reads a connector from texts; `acme.connector.s1.yaml` is its root. */
export function parse(files: Files, limits: Partial<LoadLimits> = {}): LoadResult {
  return parseDefinition(
    { root: 'acme.connector.s1.yaml', read: (name) => files[name], names: Object.keys(files) },
    { limits },
  )
}

/** The text that a place covers. */
export function textAt(files: Files, { file, range }: Location): string {
  const text = files[file]
  return typeof text === 'string' ? text.slice(range.start.offset, range.end.offset) : ''
}

/** Severity, code and text at fault of each finding, as one line each. */
export function findings(files: Files, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ severity, code, location }) => `${severity} ${code} ${textAt(files, location)}`)
}

/** A connector that has no fault; its parts can be replaced. */
export function connector({ info = '', root = '', actions = action() } = {}): string {
  return `StackOne: 1.0.0
info:
  title: Acme
  key: acme
  version: 1.0.0
  description: A provider
${info}baseUrl: https://api.acme.test
authentication:
  - key:
      type: custom
      label: Key
      environments: [{ key: production }]
      authorization: { type: none }
${root}actions:
${actions}`
}

export function action({ id = 'list_people', extra = '', steps = step() } = {}): string {
  return `  - actionId: ${id}
    label: People
    description: Lists people
    categories: [crm]
    actionType: list
${extra}    steps:
${steps}    result: $.steps.get.output.data
`
}

export function step({ id = 'get', parameters = '' } = {}): string {
  return `      - stepId: ${id}
        stepFunction:
          functionName: request
          parameters:
            url: /people
            method: get
${parameters}`
}
