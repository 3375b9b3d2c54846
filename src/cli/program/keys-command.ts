import { Argument, Option } from 'commander'
import type { Declare } from './command-spec.ts'
import { addHubPlaceOptions, type HubPlaceOptions } from './hub-place-options.ts'
import { parseDuration } from './option-values.ts'

export interface KeysCommandOptions extends HubPlaceOptions {
  readonly project?: string
  readonly name?: string
  readonly scopes?: readonly ('read' | 'write' | 'admin')[]
  readonly account?: string
  /** Milliseconds. */
  readonly grace?: number
}

/** The API keys of a hub, from its database. */
export function declareKeysCommand(declare: Declare): void {
  const command = declare({
    usage: 'keys',
    summary: 'list, create, rotate or revoke the API keys of a hub',
    description: [
      'list shows the keys in force, the last used first; never a key itself.',
      'create and rotate print the new key on standard output, this one time: the hub keeps a fingerprint.',
      'rotate puts a new text in place of a key, whose id, scopes and policy stay; with --grace the old text works for a while beside it. revoke ends a key at once.',
      'All of it is written to the audit, and counts for hubs that serve within a second.',
    ].join('\n'),
    examples: [
      'mainspring keys list',
      'mainspring keys create --name "Nightly import" --scopes read write',
      'mainspring keys rotate key_k3x7mq2vbd5nw6tz4hjy9rpc --grace 60m',
      'mainspring keys revoke key_k3x7mq2vbd5nw6tz4hjy9rpc',
    ],
  })
    .addArgument(new Argument('<task>', 'what to do').choices(['list', 'create', 'rotate', 'revoke']))
    .argument('[key]', 'rotate, revoke: id of the key')
  addHubPlaceOptions(command)
    .option('--project <id>', 'the project of the keys (default: the first one of a hub)')
    .option('--name <text>', 'create: what the key is for')
    .addOption(
      new Option('--scopes <scopes...>', 'create: what it may do (default: read write)').choices([
        'read',
        'write',
        'admin',
      ]),
    )
    .option('--account <id>', 'create: bind it to one account')
    .option(
      '--grace <time>',
      'rotate: how long the old text is taken as well, such as 60m; not at all by default',
      parseDuration,
    )
}
