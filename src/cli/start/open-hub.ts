import { CliError, MainspringError } from '../../errors/index.ts'
import type { Hub, HubConfig, IntegrationSetting } from '../../hub/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'

/** A hub that listens, and all that its operator may be told this one time. */
export interface RunningHub {
  readonly hub: Hub
  readonly config: HubConfig
  readonly url: string
  /** Undefined where the operator has to know one already: keys are stored as hashes. */
  readonly apiKey: string | undefined
  /** Signs in to the dashboard, once. */
  readonly loginUrl: string
  readonly sandbox: Sandbox | undefined
}

/** Opens the hub and has it listen. */
export async function openHub(
  context: CommandContext,
  config: HubConfig,
  { sandbox, inMemory }: { readonly sandbox: Sandbox | undefined; readonly inMemory: boolean },
): Promise<RunningHub> {
  const { console, io, rooms } = context
  const { createHub, defaultProject, usualPort } = await rooms.hub()
  const hub = await createHub({
    connectors: config.connectors ?? context.connectorsFolder,
    integrations: integrationsOf(config, sandbox),
    trustProxy: config.trustProxy,
    ...(inMemory ? {} : { dataFolder: config.dataFolder }),
    ...pick(config, [
      'databaseUrl',
      'masterKey',
      'masterKeyFile',
      'baseUrl',
      'apiKey',
      'logLevel',
      'requestsPerMinute',
      'requestLog',
      'allowNetworks',
      'allowPorts',
    ]),
    logStream: { write: (line) => void console.printError(line) },
  })
  try {
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
      sandbox,
    }
  } catch (error) {
    await hub.close()
    throw error
  }
}

/** At the port of Clockwork's sandbox, where `--sandbox` looks; at any free one where that is taken. */
export async function startSandboxSomewhere({ rooms, console }: CommandContext): Promise<Sandbox> {
  const { startSandbox } = await rooms.sandbox()
  try {
    return await startSandbox({})
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'sandbox/port-in-use') throw error
    await console.note(`${error.message} Taking a free one.`)
    return startSandbox({ port: 0 })
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

/** While the sandbox runs, Clockwork means the sandbox, unless the configuration speaks of Clockwork itself. */
function integrationsOf(
  { integrations }: HubConfig,
  sandbox: Sandbox | undefined,
): readonly IntegrationSetting[] {
  const set = integrations.map((setting) =>
    setting.origin === 'sandbox' && sandbox !== undefined ? { ...setting, origin: sandbox.origin } : setting,
  )
  if (sandbox === undefined || set.some(({ connector }) => connector === 'clockwork')) return set
  return [...set, { connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }]
}

function pick<T extends object, Key extends keyof T>(record: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(
    keys.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]),
  ) as Pick<T, Key>
}
