import { readFile } from 'node:fs/promises'
import type { HubConfig, readConfig } from '../../hub/index.ts'
import type { CommandContext } from '../command-context.ts'

type Flags = Parameters<typeof readConfig>[0]['flags']

/** The configuration of a hub: options of the command, the environment, the file, in this order. */
export async function readHubConfig({ io, rooms }: CommandContext, flags: Flags): Promise<HubConfig> {
  const room = await rooms.hub()
  return room.readConfig({ flags, env: io.env, cwd: io.cwd, readFile: (path) => readFile(path, 'utf8') })
}
