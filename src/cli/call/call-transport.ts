import type { Transport } from '../../engine/index.ts'
import { CliError, InputError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { TargetOptions } from '../program/call-commands.ts'

/** What carries the calls of a command. */
export interface CallTransport {
  /** Undefined where nothing is allowed beside the public internet: the shared one does. */
  readonly transport?: Transport
  close(): void
}

/** @throws {CliError} `cli/usage`: a network that is none */
export async function openCallTransport(
  { rooms }: CommandContext,
  { allowNetwork, allowPort }: TargetOptions,
): Promise<CallTransport> {
  if (allowNetwork === undefined && allowPort === undefined) return { close: () => undefined }
  const { createTransport } = await rooms.transport()
  try {
    const network = { allowNetworks: allowNetwork, allowPorts: allowPort }
    const transport = createTransport({ network })
    return { transport, close: () => transport.close() }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new CliError('cli/usage', {
      message: `--allow-network: ${error.message}`,
      hint: 'Give 10.20.0.0/16, fd00::/8, one address, a name such as ats.corp.example, or *.corp.example.',
    })
  }
}
