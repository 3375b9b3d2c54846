import { Argument } from 'commander'
import type { Declare } from './command-spec.ts'

export interface VaultCommandOptions {
  readonly config?: string
  readonly data?: string
  readonly resume?: boolean
}

/** The vault of a hub, from its database. */
export function declareVaultCommand(declare: Declare): void {
  declare({
    usage: 'vault',
    summary: 'verify the vault of a hub, or change its master key',
    description: [
      'verify opens every record with the keys at hand and reports those that do not open; exit code 1 where there are some.',
      'rotate puts a new master key in front of the key file and seals every record with it. finish drops the former key, once nothing needs it any more.',
      'All of it works beside hubs that serve: they take up a new key within 20 seconds.',
    ].join('\n'),
    examples: [
      'mainspring vault verify --data /var/lib/mainspring',
      'mainspring vault rotate',
      'mainspring vault rotate --resume',
      'mainspring vault finish',
    ],
  })
    .addArgument(new Argument('<task>', 'what to do').choices(['verify', 'rotate', 'finish']))
    .option('--config <file>', 'configuration file of the hub')
    .option('--data <folder>', 'data folder of the hub (default: mainspring-data)')
    .option('--resume', 'rotate: go on with the key that seals now, and make no new one')
}
