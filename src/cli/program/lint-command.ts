import { Option } from 'commander'
import type { Declare } from './command-spec.ts'

export const reportFormats = ['pretty', 'json', 'github'] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface LintCommandOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly format?: ReportFormat
}

/** Checking definitions. */
export function declareLintCommand(declare: Declare): void {
  declare({
    usage: 'lint [path...]',
    summary: 'check connector definitions',
    description:
      'Check connectors and show every problem with its place. Warnings alone exit with 0, errors with 1.',
    args: { path: 'folders or files of connectors (default: the folder of --connectors)' },
    examples: [
      'mainspring lint',
      'mainspring lint connectors/clockwork',
      'mainspring lint --format github connectors',
    ],
  }).addOption(
    new Option('--format <format>', 'how to report (default: pretty, or json with --json)').choices(
      reportFormats,
    ),
  )
}
