import { CliError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { StartCommandOptions } from '../program/start-command.ts'
import { announceHub } from '../start/announce-hub.ts'
import { openHub } from '../start/open-hub.ts'
import { readHubConfig } from '../start/read-hub-config.ts'
import { type StartedSandboxes, startSandboxes } from '../start/start-sandboxes.ts'
import { takeTour } from '../tour/take-tour.ts'
import { tourConnector } from '../tour/tour-connector.ts'
import { untilEnd } from './sandbox.ts'

/** Starts the hub, says how to reach it, and keeps it up; with `--once` takes the tour through it and ends. */
export async function execute(
  context: CommandContext,
  _: readonly unknown[],
  options: StartCommandOptions,
): Promise<number> {
  const { console } = context
  const config = await readHubConfig(context, options)
  const touring = options.once === true
  if (touring && !config.sandbox)
    throw new CliError('cli/usage', {
      message: 'The tour goes through the sandbox, and --no-sandbox leaves it out.',
      hint: 'Leave out one of --once and --no-sandbox.',
    })
  const sandboxes: StartedSandboxes = config.sandbox
    ? await startSandboxes(context, touring ? [tourConnector.key] : undefined)
    : { list: [], close: async () => undefined }
  try {
    const inMemory = touring && !config.dataFolderNamed
    const running = await openHub(context, config, { sandboxes: sandboxes.list, inMemory })
    try {
      if (console.json || !touring) await announceHub(context, running)
      if (touring) return (await takeTour(context, running)) ? 0 : 1
      await untilEnd(context)
      return 0
    } finally {
      await running.hub.close()
    }
  } finally {
    await sandboxes.close()
  }
}
