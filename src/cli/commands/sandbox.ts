import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import type { ProviderSandbox, Sandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { SandboxCommandOptions } from '../program/sandbox-commands.ts'

/** Starts a sandbox, says how to reach it, and keeps it up until the process is asked to end. */
export async function execute(
  context: CommandContext,
  [connector = 'clockwork']: readonly [string?],
  options: SandboxCommandOptions,
): Promise<number> {
  const sandbox =
    connector === 'clockwork'
      ? await startClockwork(context, options)
      : await startOther(context, connector, options)
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

async function startClockwork(context: CommandContext, options: SandboxCommandOptions): Promise<Sandbox> {
  const { startSandbox, parseFault } = await context.rooms.sandbox()
  const { port, seed, firms, people, peopleMeta } = options
  return startSandbox({
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(firms === undefined ? {} : { firms }),
    ...(people === undefined ? {} : { people }),
    ...(peopleMeta === undefined ? {} : { peopleMeta }),
    faults: (options.fault ?? []).map(parseFault),
  })
}

/** @throws {CliError} `cli/usage`: no such sandbox, or an option that only Clockwork's has */
async function startOther(
  { rooms }: CommandContext,
  connector: string,
  options: SandboxCommandOptions,
): Promise<ProviderSandbox> {
  const { startProviderSandbox } = await rooms.sandbox()
  const alien = (['seed', 'firms', 'people', 'peopleMeta', 'fault'] as const).find(
    (name) => options[name] !== undefined,
  )
  if (alien !== undefined)
    throw new CliError('cli/usage', {
      message: `--${alien === 'peopleMeta' ? 'people-meta' : alien} is an option of Clockwork's sandbox alone.`,
      hint: 'Leave it out. Faults of this one are set with POST /__sandbox/faults.',
    })
  return startProviderSandbox(connector, options.port === undefined ? {} : { port: options.port })
}

/** Resolves when the process is asked to end: for a command that stays up, that is a clean end. */
export async function untilEnd({ io, console }: CommandContext): Promise<void> {
  await console.flush()
  if (!io.signal.aborted) await once(io.signal, 'abort')
}

/** For the owner's eyes alone, as a file of real keys should be. */
async function writeCredentials(
  context: CommandContext,
  { setup, credentials }: ProviderSandbox,
  path: string,
): Promise<void> {
  const text = `${JSON.stringify({ ...setup, ...credentials }, undefined, 2)}\n`
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
  sandbox: ProviderSandbox | Sandbox,
  { credentialsFile }: SandboxCommandOptions,
): Promise<void> {
  const { connector, title, origin, setup, credentials } = sandbox
  const firms = 'firms' in sandbox ? sandbox.firms : undefined
  if (console.json)
    return console.printJson(
      firms === undefined ? { connector, origin, setup, credentials } : { origin, firms },
    )
  const keys = (firms ?? [{ ...setup, ...credentials }]).map((account) =>
    Object.entries(account)
      .map(([key, value]) => `  ${key.padEnd(16)}${value}`)
      .join('\n'),
  )
  const action = connector === 'clockwork' ? 'run clockwork_list_people' : `mcp ${connector}`
  const example =
    credentialsFile === undefined
      ? `mainspring ${action} --sandbox`
      : `mainspring ${action} --origin ${origin} --credentials ${credentialsFile}`
  await console.print(
    [
      `${title} sandbox at ${console.style('bold', origin)}\n`,
      keys.join('\n\n'),
      `\nTry: ${example}`,
      'Ctrl-C ends it.\n',
    ].join('\n'),
  )
}
