import { addNetworkOptions } from './call-commands.ts'
import type { Declare } from './command-spec.ts'
import { parseWhole } from './option-values.ts'

export interface StartCommandOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly once?: boolean
  readonly config?: string
  readonly data?: string
  readonly port?: number
  /** False with `--no-sandbox`, true otherwise. */
  readonly sandbox: boolean
  readonly allowNetwork?: readonly string[]
  readonly allowPort?: readonly number[]
}

/** The hub, with a provider on this machine to link. */
export function declareStartCommand(declare: Declare): void {
  const start = declare({
    usage: 'start',
    summary: 'start the hub, with sandboxes to link',
    description:
      'Start the hub: link accounts, see them, run their actions. It keeps its data in one folder, and starts the sandboxes of its connectors beside it unless told otherwise. With --json: one line with address, API key, login link and the sandbox, once it is ready. Ctrl-C ends it.',
    examples: [
      'mainspring start',
      'mainspring start --no-sandbox --data /var/lib/mainspring',
      'mainspring start --once',
    ],
  })
    .option('--config <file>', 'configuration file; see docs/reference/hub-config.md')
    .option('--data <folder>', 'folder of the database and the master key (default: mainspring-data)')
    .option(
      '--port <number>',
      'port to listen on; 0 takes any free one (default: 4000, or a free one where that is taken)',
      parseWhole(0, 65_535),
    )
    .option('--no-sandbox', 'link accounts of the real providers')
    .option(
      '--once',
      'take a tour through the hub, then end; exit code 1 if a part of it failed. Keeps nothing unless --data is given',
    )
  addNetworkOptions(start)
}
