import { Command, type OptionValues } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import { declareAuditCommand } from './audit-command.ts'
import { declareCallCommands } from './call-commands.ts'
import { declareCatalogCommand } from './catalog-command.ts'
import { declareClientCommand } from './client-command.ts'
import type { Declare } from './command-spec.ts'
import { declareDiffCommand } from './diff-command.ts'
import { declareExportCommand } from './export-command.ts'
import { declareInitCommand } from './init-command.ts'
import { declareKeysCommand } from './keys-command.ts'
import { declareLintCommand } from './lint-command.ts'
import { declareListCommands } from './list-commands.ts'
import { declareMcpCommand } from './mcp-command.ts'
import { declareSandboxCommands } from './sandbox-commands.ts'
import { declareStartCommand } from './start-command.ts'
import { declareSyncCommand } from './sync-command.ts'
import { declareVaultCommand } from './vault-command.ts'

/** Carries out the command of this name. */
export type Dispatch = (command: string, args: readonly unknown[], options: OptionValues) => Promise<void>

export const programExamples = [
  'mainspring start',
  `mainspring actions ${tourConnector.key}`,
  `mainspring run ${tourConnector.list} --sandbox --input page_size=5`,
]

/**
 * The whole interface: every command with its arguments, options and examples, and no behaviour. The reference page
 * is generated from it.
 */
export function buildProgram(version: string, dispatch: Dispatch): Command {
  const program = new Command('mainspring')
    .description('Run connectors: list their actions, explain what they send, and call them.')
    .version(version, '-V, --version', 'print the version')
    .option(
      '--connectors <folder>',
      'a folder of connectors or of one connector, or an index of one (default: those of the package)',
    )
    .option('--json', 'output that programs read; an error is one line of JSON on standard error')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', () => examplesText(programExamples))
    .addHelpText('afterAll', exitCodesText)

  const declare: Declare = (spec) => {
    const command = program.command(spec.usage).summary(spec.summary).description(spec.description)
    for (const [name, text] of Object.entries(spec.args ?? {})) setArgumentText(command, name, text)
    command.addHelpText('after', () => examplesText(spec.examples))
    command.action((...given: unknown[]) =>
      dispatch(command.name(), given.slice(0, -2), command.optsWithGlobals()),
    )
    examplesOf.set(command, spec.examples)
    return command
  }
  declareListCommands(declare)
  declareCallCommands(declare)
  declareInitCommand(declare)
  declareSyncCommand(declare)
  declareLintCommand(declare)
  declareDiffCommand(declare)
  declareExportCommand(declare)
  declareClientCommand(declare)
  declareMcpCommand(declare)
  declareCatalogCommand(declare)
  declareSandboxCommands(declare)
  declareStartCommand(declare)
  declareAuditCommand(declare)
  declareVaultCommand(declare)
  declareKeysCommand(declare)
  return program
}

const examplesOf = new WeakMap<Command, readonly string[]>()

/** The examples a command was declared with, for the reference page. */
export function commandExamples(command: Command): readonly string[] {
  return examplesOf.get(command) ?? []
}

function setArgumentText(command: Command, name: string, text: string): void {
  const argument = command.registeredArguments.find((candidate) => candidate.name() === name)
  if (argument !== undefined) argument.description = text
}

function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`
}

const exitCodesText = `
Exit codes:
  0  done
  1  the run failed: unknown action, refused input, an error of the provider
  2  wrong use: unknown command or option, bad value of an option
`
