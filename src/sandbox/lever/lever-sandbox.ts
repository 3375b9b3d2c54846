import type { SandboxProvider } from '../provider-sandbox.ts'
import { type RestSandbox, startRestSandbox } from '../rest/rest-server.ts'
import { LeverEmulator } from './lever-emulator.ts'

export interface LeverSandboxOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** 230 if left out. */
  readonly opportunities?: number
  readonly clock?: () => Date
}

export type LeverSandbox = RestSandbox

const lever = { connector: 'lever', title: 'Lever' } as const
const setup = { clientId: 'lever-sandbox-client', clientSecret: 'lever-sandbox-client-secret' }

/** Starts an emulator of Lever's API and authorization server. @throws {CliError} `sandbox/port-in-use` */
export function startLeverSandbox({
  port,
  opportunities,
  clock,
}: LeverSandboxOptions): Promise<LeverSandbox> {
  const emulator = new LeverEmulator({
    ...setup,
    opportunities: opportunities ?? 230,
    clock: clock ?? (() => new Date()),
  })
  // The tokens of the first account are the first that the desk gives out.
  const credentials = { accessToken: 'lever-access-0001', refreshToken: 'lever-refresh-0002' }
  return startRestSandbox({ ...lever, credentials, setup }, emulator, { port })
}

export const leverProvider: SandboxProvider = { ...lever, usualPort: 4101, start: startLeverSandbox }
