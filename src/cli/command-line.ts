import { CommanderError } from 'commander'
import { CliError } from '../errors/index.ts'
import { Interrupted } from './call/interrupted.ts'
import type { CliIo } from './cli-io.ts'
import { type CommandContext, type CommandHandler, createContext } from './command-context.ts'
import { createConsole } from './console/console.ts'
import { asMainspringError, exitCodeOf, exitCodes, reportError } from './console/error-report.ts'
import { OutputClosed } from './console/text-writer.ts'
import { buildProgram } from './program/program.ts'

const handlers: Readonly<Record<string, () => Promise<{ readonly execute: CommandHandler }>>> = {
  connectors: () => import('./commands/connectors.ts'),
  actions: () => import('./commands/actions.ts'),
  describe: () => import('./commands/describe.ts'),
  run: () => import('./commands/run.ts'),
  explain: () => import('./commands/explain.ts'),
  init: () => import('./commands/init.ts'),
  sync: () => import('./commands/sync.ts'),
  lint: () => import('./commands/lint.ts'),
  catalog: () => import('./commands/catalog.ts'),
  client: () => import('./commands/client.ts'),
  export: () => import('./commands/export.ts'),
  diff: () => import('./commands/diff.ts'),
  mcp: () => import('./commands/mcp.ts'),
  audit: () => import('./commands/audit.ts'),
  keys: () => import('./commands/keys.ts'),
  vault: () => import('./commands/vault.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
  start: () => import('./commands/start.ts'),
}

/**
 * The command line as a function: reads and writes through `io` alone and never ends the process.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code: 0 done, 1 the run failed, 2 wrong use, 130 after Ctrl-C, 143 after a request to end
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const context = createContext(io, createConsole(io, asksForJson(argv)))
  const code = await settle(context, () => parseAndRun(argv, context))
  return (await settle(context, () => context.console.flush())) ?? code ?? exitCodes.done
}

/** Runs the work; what it throws is reported and becomes an exit code. */
async function settle(
  context: CommandContext,
  work: () => Promise<number> | Promise<void>,
): Promise<number | undefined> {
  try {
    const code = await work()
    return typeof code === 'number' ? code : undefined
  } catch (thrown) {
    if (thrown instanceof OutputClosed) return exitCodes.done
    if (thrown instanceof Interrupted) return interruptedCode(context.io.signal) ?? exitCodes.SIGINT
    const error = asMainspringError(thrown)
    // Ctrl-C is no news to who pressed it; what an interrupted write may have done is.
    if (error.code !== 'call/aborted' || !context.io.signal.aborted) {
      await reportError(context, error)
    }
    return interruptedCode(context.io.signal) ?? exitCodeOf(error)
  }
}

async function parseAndRun(argv: readonly string[], context: CommandContext): Promise<number> {
  let code: number = exitCodes.done
  let printed = ''
  const program = buildProgram(context.version, async (command, args, options) => {
    const { execute } = (await handlers[command]?.()) ?? missingHandler(command)
    const given = await execute(context.with(options), args as never, options as never)
    if (typeof given === 'number') code = given
  })
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text
      },
      writeErr: (text) => {
        printed += text
      },
      outputError: () => undefined,
      getOutHelpWidth: () => context.console.columns,
      getErrHelpWidth: () => context.console.columns,
    })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    if (thrown.code === 'commander.version' && context.console.json) {
      await context.console.printJson({ version: context.version })
    } else if (thrown.exitCode === 0) {
      await context.console.print(printed)
    } else if (thrown.code === 'commander.help') {
      await context.console.printError(printed)
      return exitCodes.usage
    } else {
      throw usageError(thrown, argv)
    }
  }
  return code
}

/** Commander's sentence and suggestion, without the value that somebody gave to an option: it may be a key. */
function usageError(error: CommanderError, argv: readonly string[]): CliError {
  const [sentence = '', suggestion] = error.message.replace(/^error: /, '').split(/\n(?=\(Did you mean)/)
  const message = sentence
    .replace(/^(unknown option '[^=]*)=.*'/s, "$1'")
    .replace(/ argument '.*' is invalid\./s, ' has a bad value.')
  const command = argv.find((argument) => Object.hasOwn(handlers, argument))
  const help = `Run \`mainspring ${command === undefined ? '' : `${command} `}--help\`.`
  const hints = [suggestion?.replace(/^\((.*)\)$/, '$1'), credentialHint(message), help]
  return new CliError('cli/usage', {
    message: endSentence(message),
    hint: hints.filter((hint) => hint !== undefined).join(' '),
  })
}

function credentialHint(message: string): string | undefined {
  if (!/^unknown option '--?[\w-]*(key|secret|token|password|credential)/i.test(message)) return undefined
  return 'Credentials never come as arguments: use --credentials <file>, environment variables or the prompt.'
}

function endSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`
}

function interruptedCode(signal: AbortSignal): number | undefined {
  if (!signal.aborted) return undefined
  return signal.reason === 'SIGTERM' ? exitCodes.SIGTERM : exitCodes.SIGINT
}

/** Known before parsing, since an error of parsing has to be told in the right form too. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? undefined : end).includes('--json')
}

function missingHandler(command: string): never {
  throw new Error(`No handler for the command ${command}`)
}
