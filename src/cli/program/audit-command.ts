import { Argument } from 'commander'
import type { Declare } from './command-spec.ts'
import { addHubPlaceOptions, type HubPlaceOptions } from './hub-place-options.ts'

export interface AuditCommandOptions extends HubPlaceOptions {
  readonly head?: string
}

/** The audit of a hub, from its database. */
export function declareAuditCommand(declare: Declare): void {
  const command = declare({
    usage: 'audit',
    summary: 'verify who did what at a hub',
    description:
      'Verify the audit of a hub from its database: each entry holds the hash of the one before, so that one that was changed, taken out or put in is found. Prints the last hash; note it elsewhere and give it as --head later, to learn whether the end was cut off. Exit code 1 where the chain is broken. Works beside a running hub.',
    examples: ['mainspring audit verify', 'mainspring audit verify --data /var/lib/mainspring --json'],
  }).addArgument(new Argument('<task>', 'what to do').choices(['verify']))
  addHubPlaceOptions(command).option('--head <hash>', 'the hash of an entry that was noted before')
}
