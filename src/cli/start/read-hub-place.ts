import type { HubConfig } from '../../hub/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { HubPlaceOptions } from '../program/hub-place-options.ts'
import { readHubConfig } from './read-hub-config.ts'
import { type Said, settingsSaid } from './settings-said.ts'

const said = ['databaseUrl', 'masterKey', 'masterKeyFile', 'masterKeyCommand'] as const

/** Where a hub has its data and its master keys, for commands that look after it without serving. */
export type HubPlace = Pick<HubConfig, 'dataFolder'> & Said<(typeof said)[number]>

export async function readHubPlace(
  context: CommandContext,
  { config: file, data }: HubPlaceOptions,
): Promise<HubPlace> {
  const config = await readHubConfig(context, { config: file, data })
  return { dataFolder: config.dataFolder, ...settingsSaid(config, said) }
}
