import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'
import { collectText, parseWhole } from './option-values.ts'

export interface SandboxCommandOptions {
  readonly json?: boolean
  readonly port?: number
  readonly seed?: number
  readonly firms?: number
  readonly people?: number
  readonly fault?: readonly string[]
  readonly peopleMeta?: boolean
  readonly credentialsFile?: string
}

/** The provider on this machine. */
export function declareSandboxCommands(declare: Declare): void {
  declare({
    usage: 'sandbox [connector]',
    summary: 'start the sandbox of a connector on this machine',
    description: `Start an emulator of a provider on 127.0.0.1, print its accounts and keys, and stay up until Ctrl-C. Its data is invented, and the same for the same seed. Seed, firms, people and faults are options of ${tourConnector.title}’s sandbox.`,
    args: { connector: `key of a connector with a sandbox, such as lever (default: ${tourConnector.key})` },
    examples: [
      'mainspring sandbox',
      'mainspring sandbox lever',
      'mainspring sandbox --port 0 --people 5000 --seed 7',
      'mainspring sandbox --credentials-file firm.json',
    ],
  })
    .option(
      '--port <number>',
      'port to listen on; 0 takes any free one (default: the usual one of this sandbox)',
      parseWhole(0, 65_535),
    )
    .option('--seed <number>', 'seed of the data', parseWhole(0))
    .option('--firms <count>', 'number of firms', parseWhole(1))
    .option('--people <count>', 'number of people of each firm', parseWhole(0))
    .option(
      '--fault <fault>',
      'something that goes wrong, such as rate-limit@/people:times=2 (repeatable)',
      collectText,
    )
    .option('--people-meta', 'lists of people declare their total')
    .option('--credentials-file <file>', 'write the credentials of the first account, for --credentials')
}
