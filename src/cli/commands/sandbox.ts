import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { SandboxCommandOptions } from '../program/sandbox-commands.ts'

/** Starts a sandbox, says how to reach it, and keeps it up until the process is asked to end. */
export async function execute(
  context: CommandContext,
  _: readonly unknown[],
  options: SandboxCommandOptions,
): Promise<number> {
  const { startSandbox, parseFault } = await context.rooms.sandbox()
  const { port, seed, firms, people, peopleMeta } = options
  const sandbox = await startSandbox({
    port,
    ...(seed === undefined ? {} : { seed }),
    ...(firms === undefined ? {} : { firms }),
    ...(people === undefined ? {} : { people }),
    ...(peopleMeta === undefined ? {} : { peopleMeta }),
    faults: (options.fault ?? []).map(parseFault),
  })
  try {
    if (options.credentialsFile !== undefined)
      await writeCredentials(context, sandbox, options.credentialsFile)
    await announce(context, sandbox, options)
    await untilEnd(context)
  } finally {
    await sandbox.close()
  }
  return 0
}

/** Resolves when the process is asked to end: for a command that stays up, that is a clean end. */
export async function untilEnd({ io, console }: CommandContext): Promise<void> {
  await console.flush()
  if (!io.signal.aborted) await once(io.signal, 'abort')
}

/** For the owner's eyes alone, as a file of real keys should be. */
async function writeCredentials(context: CommandContext, { firms }: Sandbox, path: string): Promise<void> {
  const [first] = firms
  const text = `${JSON.stringify(first, undefined, 2)}\n`
  const file = context.resolvePath(path)
  try {
    await writeFile(file, text, { mode: 0o600 })
    // A file that was there already keeps its rights otherwise.
    await chmod(file, 0o600)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new CliError('cli/file', { message: `--credentials-file: ${path} cannot be written (${reason}).` })
  }
}

async function announce(
  { console }: CommandContext,
  { origin, firms }: Sandbox,
  { credentialsFile }: SandboxCommandOptions,
): Promise<void> {
  if (console.json) return console.printJson({ origin, firms })
  const keys = firms.map((firm) =>
    Object.entries(firm)
      .map(([key, value]) => `  ${key.padEnd(16)}${value}`)
      .join('\n'),
  )
  const example =
    credentialsFile === undefined
      ? 'mainspring run clockwork_list_people --sandbox'
      : `mainspring run clockwork_list_people --origin ${origin} --credentials ${credentialsFile}`
  await console.print(
    [
      `Clockwork sandbox at ${console.style('bold', origin)}\n`,
      keys.join('\n\n'),
      `\nTry: ${example}`,
      'Ctrl-C ends it.\n',
    ].join('\n'),
  )
}
