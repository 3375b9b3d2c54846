import type { SandboxProvider } from '../provider-sandbox.ts'
import { type RestSandbox, startRestSandbox } from '../rest/rest-server.ts'
import { DropboxEmulator } from './dropbox-emulator.ts'

export interface DropboxSandboxOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Files in `/Reports`: 30 if left out. */
  readonly files?: number
  readonly clock?: () => Date
}

export type DropboxSandbox = RestSandbox

const dropbox = { connector: 'dropbox', title: 'Dropbox' } as const
const setup = { clientId: 'dropbox-sandbox-client', clientSecret: 'dropbox-sandbox-client-secret' }

/** Starts an emulator of Dropbox's API, content host and authorization server. @throws {CliError} `sandbox/port-in-use` */
export function startDropboxSandbox({ port, files, clock }: DropboxSandboxOptions): Promise<DropboxSandbox> {
  const emulator = new DropboxEmulator({ ...setup, files: files ?? 30, clock: clock ?? (() => new Date()) })
  // The tokens of the first account are the first that the desk gives out.
  const credentials = { accessToken: 'dropbox-access-0001', refreshToken: 'dropbox-refresh-0002' }
  return startRestSandbox({ ...dropbox, credentials, setup }, emulator, { port })
}

export const dropboxProvider: SandboxProvider = { ...dropbox, usualPort: 4102, start: startDropboxSandbox }
