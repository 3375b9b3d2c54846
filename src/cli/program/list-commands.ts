import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'

/** What there is to call: connectors, actions, one action in full. */
export function declareListCommands(declare: Declare): void {
  declare({
    usage: 'connectors',
    summary: 'list the connectors',
    description: 'List the connectors with their version and number of actions.',
    examples: ['mainspring connectors', 'mainspring connectors --json'],
  })

  declare({
    usage: 'actions [connector]',
    summary: 'list the actions of one or all connectors',
    description: 'List the actions: what each does, whether it writes, and how well it is known.',
    args: { connector: `key of a connector, such as ${tourConnector.key}` },
    examples: [
      'mainspring actions',
      `mainspring actions ${tourConnector.key}`,
      'mainspring actions --search "phone number"',
    ],
  }).option('--search <text>', 'only actions that hold every word, best first')

  declare({
    usage: 'describe <action>',
    summary: 'show one action: inputs, evidence, an example call',
    description:
      'Show one action in full: its inputs as a table, stage, evidence, paging, effect, an example call.',
    args: { action: `full name of an action, such as ${tourConnector.list}` },
    examples: [
      `mainspring describe ${tourConnector.create}`,
      `mainspring describe ${tourConnector.list} --json`,
    ],
  })
}
