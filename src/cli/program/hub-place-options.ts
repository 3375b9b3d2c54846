import type { Command } from 'commander'

/** Which hub a command looks after. */
export interface HubPlaceOptions {
  readonly config?: string
  readonly data?: string
}

export function addHubPlaceOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file of the hub')
    .option('--data <folder>', 'data folder of the hub (default: mainspring-data)')
}
