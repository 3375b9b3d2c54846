import type { SandboxProvider } from '../provider-sandbox.ts'
import { type RestSandbox, startRestSandbox } from '../rest/rest-server.ts'
import { WorkdayEmulator, workdayAccount } from './workday-emulator.ts'

/** A running emulator of Workday's web services, on 127.0.0.1 alone. */
export type WorkdaySandbox = RestSandbox

const title = 'Workday'
const connector = 'workday'

/** Starts it. @throws {CliError} `sandbox/port-in-use` */
export function startWorkdaySandbox({ port }: { readonly port: number }): Promise<WorkdaySandbox> {
  const credentials = { host: 'services1.myworkday.com', ...workdayAccount }
  return startRestSandbox({ connector, title, credentials, setup: {} }, new WorkdayEmulator(), { port })
}

export const workdayProvider: SandboxProvider = {
  connector,
  title,
  usualPort: 4104,
  start: startWorkdaySandbox,
}
