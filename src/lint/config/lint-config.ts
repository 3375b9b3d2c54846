import type { Severity } from '../../errors/index.ts'

export type Level = Severity | 'off'

/** What a project has decided about its linting. */
export interface LintConfig {
  /** The file it was read from. */
  readonly file: string
  readonly rules: Readonly<Record<string, Level>>
  readonly overrides: readonly {
    readonly paths: readonly string[]
    readonly rules: Readonly<Record<string, Level>>
  }[]
  readonly maxWarnings?: number
  /** Absolute. */
  readonly baseline?: string
}
