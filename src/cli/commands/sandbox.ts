import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import type { ProviderSandbox, SandboxTuning } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { SandboxCommandOptions } from '../program/sandbox-commands.ts'
import { tourConnector } from '../tour/tour-connector.ts'

/** Starts a sandbox, says how to reach it, and keeps it up until the process is asked to end. */
export async function execute(
  context: CommandContext,
  [connector = tourConnector.key]: readonly [string?],
  options: SandboxCommandOptions,
): Promise<number> {
  const sandbox = await startTuned(context, connector, options)
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

/** @throws {CliError} `cli/usage`: no such sandbox, or an option that this one has not */
async function startTuned(
  { rooms }: CommandContext,
  connector: string,
  options: SandboxCommandOptions,
): Promise<ProviderSandbox> {
  const { startProviderSandbox, findSandboxProvider, parseFault } = await rooms.sandbox()
  const { port, seed, firms, people, peopleMeta, fault } = options
  const tuning = { seed, firms, people, peopleMeta, faults: fault?.map(parseFault) }
  const given = Object.entries(tuning).filter(([, value]) => value !== undefined)
  const provider = findSandboxProvider(connector)
  const [alien] = given.filter(([name]) => provider?.tuning?.includes(name as keyof SandboxTuning) !== true)
  if (provider !== undefined && alien !== undefined)
    throw new CliError('cli/usage', {
      message: `--${flagOf(alien[0])} is no option of the sandbox of ${provider.title}.`,
      hint: 'Leave it out. Faults of this one are set with POST /__sandbox/faults.',
    })
  return startProviderSandbox(connector, {
    ...Object.fromEntries(given),
    ...(port === undefined ? {} : { port }),
  })
}

function flagOf(name: string): string {
  return name === 'faults' ? 'fault' : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
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
  sandbox: ProviderSandbox,
  { credentialsFile }: SandboxCommandOptions,
): Promise<void> {
  const { connector, title, origin, setup, credentials } = sandbox
  const { firms } = sandbox
  if (console.json)
    return console.printJson(
      firms === undefined ? { connector, origin, setup, credentials } : { origin, firms },
    )
  const keys = (firms ?? [{ ...setup, ...credentials }]).map((account) =>
    Object.entries(account)
      .map(([key, value]) => `  ${key.padEnd(16)}${value}`)
      .join('\n'),
  )
  const action = connector === tourConnector.key ? `run ${tourConnector.list}` : `mcp ${connector}`
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
