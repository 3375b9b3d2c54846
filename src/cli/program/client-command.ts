import { Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'

export interface ClientCommandOptions {
  readonly connectors?: string
  readonly target?: 'hub' | 'engine'
  readonly out?: string
}

/** Calling actions from TypeScript with their inputs checked by the compiler. */
export function declareClientCommand(declare: Declare): void {
  declare({
    usage: 'client <connector...>',
    summary: 'write a typed TypeScript client',
    description:
      'Write one TypeScript module with a method for every action of the connectors: inputs, and results where the definition tells them. It calls a hub over HTTP and needs no package, or runs the engine in its own process.',
    args: { connector: `keys of connectors, such as ${tourConnector.key}` },
    examples: [
      `mainspring client ${tourConnector.key} --out src/${tourConnector.key}.ts`,
      `mainspring client ${tourConnector.key} --target engine`,
    ],
  })
    .addOption(
      new Option('--target <target>', 'what the client talks to').choices(['hub', 'engine']).default('hub'),
    )
    .option('--out <file>', 'the file to write, in place of an older one (default: standard output)')
}
