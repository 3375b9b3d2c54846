import { Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'

export interface ExportCommandOptions {
  readonly connectors?: string
  readonly format?: 'stackone'
  readonly out?: string
}

/** Handing a connector to others. */
export function declareExportCommand(declare: Declare): void {
  declare({
    usage: 'export <connector>',
    summary: 'write a connector in another format',
    description:
      'Write a connector as one file of the plain StackOne format, without our extension keys. What cannot be said there is named on standard error.',
    args: { connector: `key of a connector, such as ${tourConnector.key}` },
    examples: [
      `mainspring export ${tourConnector.key}`,
      `mainspring export --format stackone --out ${tourConnector.key}_v1-0-0.s1.yaml ${tourConnector.key}`,
    ],
  })
    .addOption(
      new Option('--format <format>', 'the format to write').choices(['stackone']).default('stackone'),
    )
    .option('--out <file>', 'a file that does not exist yet (default: standard output)')
}
