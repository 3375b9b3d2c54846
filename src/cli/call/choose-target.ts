import { CliError } from '../../errors/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { SandboxProvider } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { TargetOptions } from '../program/call-commands.ts'
import type { Credentials } from './credentials.ts'
import { findSandbox, usualOrigin } from './find-sandbox.ts'

/** Where a call goes. */
export interface Target {
  readonly origin?: string
  /** Of the sandbox's first account. */
  readonly credentials?: Credentials
  /** Ends what was started for this call. */
  close(): Promise<void>
}

const nothingToClose = async () => undefined

/** The target of a run: with `--sandbox` the one that listens already, or one started for this run. */
export async function chooseTarget(
  context: CommandContext,
  connector: ConnectorPlan,
  options: TargetOptions,
): Promise<Target> {
  if (!options.sandbox) return originTarget(options)
  const { startProviderSandbox } = await context.rooms.sandbox()
  const running = await findSandbox(context, await providerOf(context, connector))
  if (running !== undefined) {
    await context.console.note(`Using the sandbox at ${running.origin}.`)
    return { ...running, close: nothingToClose }
  }
  const sandbox = await startProviderSandbox(connector.key, { port: 0 })
  await context.console.note(`Using a sandbox started for this run at ${sandbox.origin}.`)
  const credentials = { ...sandbox.setup, ...sandbox.credentials }
  return { origin: sandbox.origin, credentials, close: () => sandbox.close() }
}

/** The target of an explanation: nothing is started, since nothing is sent. */
export async function describeTarget(
  context: CommandContext,
  connector: ConnectorPlan,
  options: TargetOptions,
): Promise<Target> {
  if (!options.sandbox) return originTarget(options)
  const provider = await providerOf(context, connector)
  const running = await findSandbox(context, provider)
  if (running !== undefined) return { ...running, close: nothingToClose }
  const origin = usualOrigin(provider)
  const start = `mainspring sandbox ${connector.key}`
  await context.console.note(`No sandbox listens at ${origin} now; \`${start}\` starts one there.`)
  return { origin, close: nothingToClose }
}

function originTarget({ origin }: TargetOptions): Target {
  return { ...(origin === undefined ? {} : { origin }), close: nothingToClose }
}

/** @throws {CliError} `cli/usage`: the provider is not emulated */
async function providerOf(
  { rooms }: CommandContext,
  { key, title }: ConnectorPlan,
): Promise<SandboxProvider> {
  const { findSandboxProvider, sandboxProviders } = await rooms.sandbox()
  const provider = findSandboxProvider(key)
  if (provider !== undefined) return provider
  const known = sandboxProviders.map(({ connector }) => connector).join(', ')
  throw new CliError('cli/usage', {
    message: `There is no sandbox for ${title}.`,
    hint: `There is one for each of: ${known}. Use --origin for a server of your own on this machine.`,
  })
}
