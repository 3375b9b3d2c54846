import { Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import { addTargetOptions, type TargetOptions } from './call-commands.ts'
import type { Declare } from './command-spec.ts'

export interface McpCommandOptions extends TargetOptions {
  readonly readOnly?: boolean
  readonly only?: readonly string[]
  readonly confirm?: 'none' | 'removals' | 'writes'
  readonly toolMode?: 'individual' | 'search_execute'
  readonly paramStyle?: 'nested' | 'flat_prefixed' | 'flat_smart'
  readonly account?: string
  readonly config?: string
  readonly data?: string
}

/** Actions as tools of an AI agent. */
export function declareMcpCommand(declare: Declare): void {
  const command = declare({
    usage: 'mcp [connector]',
    summary: 'serve the actions of a connector, or of a linked account, to an AI agent',
    description:
      'Serve the actions of a connector as MCP tools over standard input and output, for a client that starts this command. Credentials come from a file or the environment. Preview actions are left out unless --preview is given, and the passthrough only reads unless --allow-writes is. With --account it serves an account that is linked at the hub of this machine: its stored credentials, and the policies of the hub for agents.',
    args: { connector: `key of a connector, such as ${tourConnector.key}; left out with --account` },
    examples: [
      `mainspring mcp ${tourConnector.key} --credentials acme.json`,
      `mainspring mcp ${tourConnector.key} --sandbox --read-only`,
      `mainspring mcp ${tourConnector.key} --sandbox --tool-mode search_execute`,
      'mainspring mcp --account acc_… --data /var/lib/mainspring',
    ],
  })
  addTargetOptions(command)
  command
    .option('--read-only', 'offer only actions that read')
    .option('--only <actions...>', 'offer only these actions, such as list_people')
    .option('--account <id>', 'serve this account, linked at the hub whose data is on this machine')
    .option('--config <file>', 'with --account: the configuration file of the hub')
    .option('--data <folder>', 'with --account: the data folder of the hub (default: mainspring-data)')
    .addOption(
      new Option('--confirm <calls>', 'calls that the agent makes twice, the second time with a token')
        .choices(['none', 'removals', 'writes'])
        .default('removals'),
    )
    .addOption(
      new Option('--tool-mode <mode>', 'a tool for each action, or two that search and run them')
        .choices(['individual', 'search_execute'])
        .default('individual'),
    )
    .addOption(
      new Option('--param-style <style>', 'how parameters are laid out: by request part, prefixed, or plain')
        .choices(['nested', 'flat_prefixed', 'flat_smart'])
        .default('flat_smart'),
    )
}
