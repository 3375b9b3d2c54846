import type { SandboxProvider } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'

/** A sandbox that listens already. */
export interface FoundSandbox {
  readonly connector: string
  readonly origin: string
  /** Of its first account. */
  readonly credentials: Credentials
}

export function usualOrigin({ usualPort }: SandboxProvider): string {
  return `http://127.0.0.1:${usualPort}`
}

/** The sandbox at its usual port, if what listens there says that it is this provider's. */
export async function findSandbox(
  { io, rooms }: CommandContext,
  provider: SandboxProvider,
): Promise<FoundSandbox | undefined> {
  const origin = usualOrigin(provider)
  const info = await rooms.readSandboxInfo(`${origin}/__sandbox/info`, io.signal)
  if (typeof info !== 'object' || info === null) return undefined
  const { sandbox: connector, credentials, setup } = info as Readonly<Record<string, unknown>>
  if (connector !== provider.connector || !isRecordOfTexts(credentials)) return undefined
  return {
    connector: provider.connector,
    origin,
    credentials: { ...(isRecordOfTexts(setup) ? setup : {}), ...credentials },
  }
}

/** All that listen at their usual ports. */
export async function findSandboxes(context: CommandContext): Promise<readonly FoundSandbox[]> {
  const { sandboxProviders } = await context.rooms.sandbox()
  const found = await Promise.all(sandboxProviders.map((provider) => findSandbox(context, provider)))
  return found.filter((sandbox) => sandbox !== undefined)
}

function isRecordOfTexts(value: unknown): value is Credentials {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((inner) => typeof inner === 'string')
  )
}
