import type { CommandContext } from '../command-context.ts'
import type { TargetOptions } from '../program/call-commands.ts'
import type { Credentials } from './credentials.ts'

/** Where `mainspring sandbox` listens unless told otherwise. */
export const sandboxOrigin = 'http://127.0.0.1:4100'

/** Where a call goes. */
export interface Target {
  readonly origin?: string
  /** Of the sandbox's first firm. */
  readonly credentials?: Credentials
  /** Ends what was started for this call. */
  close(): Promise<void>
}

const nothingToClose = async () => undefined

/** The target of a run: with `--sandbox` the one that listens already, or one started for this run. */
export async function chooseTarget(context: CommandContext, options: TargetOptions): Promise<Target> {
  if (!options.sandbox) return originTarget(options)
  const running = await findSandbox(context)
  if (running !== undefined) {
    await context.console.note(`Using the sandbox at ${running.origin}.`)
    return { ...running, close: nothingToClose }
  }
  const { startSandbox } = await context.rooms.sandbox()
  const sandbox = await startSandbox({ port: 0 })
  await context.console.note(`Using a sandbox started for this run at ${sandbox.origin}.`)
  return { origin: sandbox.origin, ...credentialsOf(sandbox.firms), close: () => sandbox.close() }
}

/** The target of an explanation: nothing is started, since nothing is sent. */
export async function describeTarget(context: CommandContext, options: TargetOptions): Promise<Target> {
  if (!options.sandbox) return originTarget(options)
  const running = await findSandbox(context)
  if (running !== undefined) return { ...running, close: nothingToClose }
  await context.console.note(
    `No sandbox listens at ${sandboxOrigin} now; \`mainspring sandbox\` starts one there.`,
  )
  return { origin: sandboxOrigin, close: nothingToClose }
}

function originTarget({ origin }: TargetOptions): Target {
  return { ...(origin === undefined ? {} : { origin }), close: nothingToClose }
}

interface SandboxFirm {
  readonly firmName: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly firmServiceKey: string
}

/** The sandbox at its usual port, if what listens there says that it is one. */
async function findSandbox({ io, rooms }: CommandContext): Promise<Omit<Target, 'close'> | undefined> {
  const info = await rooms.readSandboxInfo(`${sandboxOrigin}/__sandbox/info`, io.signal)
  const firms = sandboxFirms(info)
  return firms && { origin: sandboxOrigin, ...credentialsOf(firms) }
}

function sandboxFirms(info: unknown): readonly SandboxFirm[] | undefined {
  if (typeof info !== 'object' || info === null || !('sandbox' in info) || !('firms' in info))
    return undefined
  return Array.isArray(info.firms) ? (info.firms as readonly SandboxFirm[]) : undefined
}

function credentialsOf(firms: readonly SandboxFirm[]): { readonly credentials?: Credentials } {
  const [first] = firms
  if (first === undefined) return {}
  const { firmName, apiKey, apiSecret, firmServiceKey } = first
  return { credentials: { firmName, apiKey, apiSecret, firmServiceKey } }
}
