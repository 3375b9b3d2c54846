import { CliError } from '../../errors/index.ts'
import type { ProviderSandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'

export interface StartedSandboxes {
  readonly list: readonly ProviderSandbox[]
  close(): Promise<void>
}

/**
 * Starts a sandbox for each connector of the catalog that has one: at its usual port, where `--sandbox` looks, or at any
 * free one where that is taken.
 *
 * @param only - keys of connectors; all by default
 */
export async function startSandboxes(
  context: CommandContext,
  only?: readonly string[],
): Promise<StartedSandboxes> {
  const { sandboxProviders } = await context.rooms.sandbox()
  const known = new Set((await (await context.openCatalog()).list()).map(({ key }) => key))
  const list: ProviderSandbox[] = []
  const close = async () => void (await Promise.all(list.map((sandbox) => sandbox.close())))
  try {
    for (const { connector } of sandboxProviders)
      if (known.has(connector) && only?.includes(connector) !== false)
        list.push(await startSomewhere(context, connector))
  } catch (error) {
    await close()
    throw error
  }
  return { list, close }
}

async function startSomewhere(
  { rooms, console }: CommandContext,
  connector: string,
): Promise<ProviderSandbox> {
  const { startProviderSandbox } = await rooms.sandbox()
  try {
    return await startProviderSandbox(connector)
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'sandbox/port-in-use') throw error
    await console.note(`${error.message} Taking a free one.`)
    return startProviderSandbox(connector, { port: 0 })
  }
}
