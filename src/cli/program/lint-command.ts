import { Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'
import { parseWhole } from './option-values.ts'

export const reportFormats = ['pretty', 'json', 'sarif', 'github', 'checkstyle', 'markdown'] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface LintCommandOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly format?: ReportFormat
  readonly explain?: string
  readonly fix?: boolean
  readonly fixDryRun?: boolean
  /** A file, or false for `--no-config`. */
  readonly config?: string | false
  readonly maxWarnings?: number
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly catalog?: boolean
  readonly cache?: boolean
  readonly watch?: boolean
}

/** Checking definitions. */
export function declareLintCommand(declare: Declare): void {
  declare({
    usage: 'lint [path...]',
    summary: 'check connector definitions',
    description:
      'Check connectors and show every problem with its place. Warnings alone exit with 0, errors with 1. See docs/rules for each rule, or --explain.',
    args: { path: 'folders or files of connectors (default: the folder of --connectors)' },
    examples: [
      'mainspring lint',
      `mainspring lint connectors/${tourConnector.key} --fix`,
      'mainspring lint --explain lint/unknown-input',
      'mainspring lint --format sarif connectors',
    ],
  })
    .addOption(
      new Option('--format <format>', 'how to report (default: pretty, or json with --json)').choices(
        reportFormats,
      ),
    )
    .option('--explain <code>', 'show the page of a rule, and check nothing')
    .option('--fix', 'mend what can be mended safely')
    .option('--fix-dry-run', 'show what --fix would change, and change nothing')
    .option('--config <file>', 'the configuration (default: the nearest mainspring.config.yaml)')
    .option('--no-config', 'use no configuration')
    .option('--max-warnings <number>', 'fail on more warnings than these', parseWhole(0))
    .option('--baseline <file>', 'do not show the findings that this file knows')
    .option('--update-baseline', 'write what is found to the baseline')
    .option('--catalog', 'check the connectors together too, as they stand in one catalog')
    .option('--no-cache', 'check everything anew')
    .option('--watch', 'check again whenever a file changes')
}
