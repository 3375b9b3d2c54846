import { Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'

export interface DiffCommandOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly base?: string
  readonly explain?: boolean
  readonly format?: 'pretty' | 'json' | 'markdown'
}

/** What a change means to callers. */
export function declareDiffCommand(declare: Declare): void {
  declare({
    usage: 'diff [paths...]',
    summary: 'tell what a change of connectors means to their callers',
    description:
      'Compare two versions of a connector or of a folder of connectors: two paths, or one path and a revision of git. Every change is breaking, new or neither, with its place; a version that has not grown by as much as the changes require is an error.',
    args: { paths: 'the old and the new version; with --base only the new one (default: the connectors)' },
    examples: [
      `mainspring diff old/${tourConnector.key} connectors/${tourConnector.key}`,
      'mainspring diff --base main connectors',
      `mainspring diff --base HEAD~1 --format markdown connectors/${tourConnector.key}`,
    ],
  })
    .option('--base <revision>', 'a revision of git that holds the old version')
    .option('--explain', 'show what the actions that changed send, with sample inputs')
    .addOption(
      new Option(
        '--format <format>',
        'how to print the changes (default: pretty, or json with --json)',
      ).choices(['pretty', 'json', 'markdown']),
    )
}
