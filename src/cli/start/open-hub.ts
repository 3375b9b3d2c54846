import { MainspringError } from '../../errors/index.ts'
import type { Hub, HubConfig } from '../../hub/index.ts'
import type { ProviderSandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import { hubOptionsOf } from './hub-options.ts'

/** A hub that listens, and all that its operator may be told this one time. */
export interface RunningHub {
  readonly hub: Hub
  readonly config: HubConfig
  readonly url: string
  /** Undefined where the operator has to know one already: keys are stored as hashes. */
  readonly apiKey: string | undefined
  /** Signs in to the dashboard, once. */
  readonly loginUrl: string
  /** Empty where none was wanted. */
  readonly sandboxes: readonly ProviderSandbox[]
}

/** Opens the hub and has it listen. */
export async function openHub(
  context: CommandContext,
  config: HubConfig,
  { sandboxes, inMemory }: { readonly sandboxes: readonly ProviderSandbox[]; readonly inMemory: boolean },
): Promise<RunningHub> {
  const { console, io, rooms } = context
  const { createHub, defaultProject, usualPort } = await rooms.hub()
  const { dataFolder, ...options } = hubOptionsOf(config, context.connectorsFolder, sandboxes)
  const hub = await createHub({
    ...options,
    ...(inMemory || dataFolder === undefined ? {} : { dataFolder }),
    logStream: { write: (line) => void console.printError(line) },
  })
  try {
    await setUpSandboxes(hub, defaultProject, sandboxes)
    await listenSomewhere(context, hub, config, usualPort)
    // A program asks for a key at every start; a person keeps the first.
    const temporary =
      console.json && config.apiKey === undefined && hub.firstApiKey === undefined
        ? hub.services.keys.createTemporary(defaultProject, 'Until the end of this process')
        : undefined
    const token = await hub.services.login.createLinkToken(defaultProject)
    if (io.signal.aborted) await console.flush()
    return {
      hub,
      config,
      url: hub.url,
      apiKey: config.apiKey ?? hub.firstApiKey ?? temporary,
      loginUrl: `${hub.url}/login?token=${token}`,
      sandboxes,
    }
  } catch (error) {
    await hub.close()
    throw error
  }
}

async function listenSomewhere(
  { console }: CommandContext,
  hub: Hub,
  { host, port }: HubConfig,
  usualPort: number,
): Promise<void> {
  try {
    await hub.listen({ host, port: port ?? usualPort })
  } catch (error) {
    const taken = error instanceof MainspringError && error.code === 'hub/port-in-use'
    // A port that somebody named is meant.
    if (!taken || port !== undefined) throw error
    await console.note(`${error.message} Taking a free one.`)
    await hub.listen({ host, port: 0 })
  }
}

/** Registers the client that a sandbox knows, as an operator does at a real provider. */
async function setUpSandboxes(
  hub: Hub,
  project: string,
  sandboxes: readonly ProviderSandbox[],
): Promise<void> {
  const { integrations } = hub.services
  const byOrigin = new Map(sandboxes.map((sandbox) => [sandbox.origin, sandbox]))
  const offered = await Promise.all(
    [...new Set(sandboxes.map(({ connector }) => connector))].map((key) =>
      integrations.ofConnector(project, key),
    ),
  )
  for (const { id, origin, method } of offered.flat()) {
    const { setup = {} } = byOrigin.get(origin ?? '') ?? {}
    const asked = Object.fromEntries(
      method.setupFields.flatMap(({ key }) => (setup[key] === undefined ? [] : [[key, setup[key]]])),
    )
    if (Object.keys(asked).length > 0) await integrations.saveSetup(project, id, asked, { kind: 'system' })
  }
}
