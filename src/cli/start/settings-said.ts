import type { HubConfig } from '../../hub/index.ts'

/** Settings that have a value. */
export type Said<Key extends keyof HubConfig> = { readonly [K in Key]?: Exclude<HubConfig[K], undefined> }

/** Of these settings, those that the operator has said. */
export function settingsSaid<Key extends keyof HubConfig>(
  config: HubConfig,
  keys: readonly Key[],
): Said<Key> {
  return Object.fromEntries(
    keys.filter((key) => config[key] !== undefined).map((key) => [key, config[key]]),
  ) as Said<Key>
}
