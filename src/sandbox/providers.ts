import { CliError } from '../errors/index.ts'
import { dropboxProvider } from './dropbox/dropbox-sandbox.ts'
import { leverProvider } from './lever/lever-sandbox.ts'
import { linearProvider } from './linear/linear-provider.ts'
import type { ProviderSandbox, SandboxProvider, SandboxTuning } from './provider-sandbox.ts'
import { clockworkProvider } from './sandbox.ts'
import { workdayProvider } from './workday/workday-sandbox.ts'

/** Every provider that can be emulated: a line here is all that the command line and the hub need to offer it. */
export const sandboxProviders: readonly SandboxProvider[] = [
  clockworkProvider,
  leverProvider,
  dropboxProvider,
  linearProvider,
  workdayProvider,
]

/** The emulator for a connector; undefined where there is none. */
export function findSandboxProvider(connector: string): SandboxProvider | undefined {
  return sandboxProviders.find((provider) => provider.connector === connector)
}

/**
 * Starts the emulator of a connector's provider, at its usual port unless another is named; 0 takes any free one.
 *
 * @throws {CliError} `cli/usage`: there is none for this connector; `sandbox/port-in-use`
 */
export async function startProviderSandbox(
  connector: string,
  { port, ...tuning }: SandboxTuning & { readonly port?: number } = {},
): Promise<ProviderSandbox> {
  const provider = findSandboxProvider(connector)
  if (provider === undefined)
    throw new CliError('cli/usage', {
      message: `There is no sandbox for "${connector}".`,
      hint: `There is one for each of: ${sandboxProviders.map((known) => known.connector).join(', ')}.`,
    })
  return provider.start({ ...tuning, port: port ?? provider.usualPort })
}
