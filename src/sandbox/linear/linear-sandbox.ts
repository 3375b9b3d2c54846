import { type RestSandbox, startRestSandbox } from '../rest/rest-server.ts'
import { LinearEmulator, linearApiKey } from './linear-emulator.ts'

/** A running emulator of Linear, on 127.0.0.1 alone. */
export type LinearSandbox = RestSandbox

const title = 'Linear'
const connector = 'linear'

/** Starts it. @throws {CliError} `sandbox/port-in-use` */
export function startLinearSandbox({ port }: { readonly port: number }): Promise<LinearSandbox> {
  const emulator = new LinearEmulator()
  const { clientId, clientSecret } = emulator.desk.settings
  const about = { connector, title, credentials: { apiKey: linearApiKey }, setup: { clientId, clientSecret } }
  return startRestSandbox(about, emulator, { port })
}
