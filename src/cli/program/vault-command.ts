import { Argument } from 'commander'
import type { Declare } from './command-spec.ts'
import { addHubPlaceOptions, type HubPlaceOptions } from './hub-place-options.ts'

export interface VaultCommandOptions extends HubPlaceOptions {
  readonly resume?: boolean
}

/** The vault of a hub, from its database. */
export function declareVaultCommand(declare: Declare): void {
  const command = declare({
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
  }).addArgument(new Argument('<task>', 'what to do').choices(['verify', 'rotate', 'finish']))
  addHubPlaceOptions(command).option(
    '--resume',
    'rotate: go on with the key that seals now, and make no new one',
  )
}
