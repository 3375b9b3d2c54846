import { addCallOptions, type CallOptions } from './call-commands.ts'
import type { Declare } from './command-spec.ts'
import { parseDuration } from './option-values.ts'

export interface SyncCommandOptions extends CallOptions {
  readonly state?: string
  /** Milliseconds. */
  readonly timeout?: number
  readonly trace?: boolean
}

/** Reading what is new, again and again. */
export function declareSyncCommand(declare: Declare): void {
  const sync = declare({
    usage: 'sync <action>',
    summary: 'print the rows that are new or changed since the last time',
    description:
      'Print the rows of an action as NDJSON: all of them the first time, and later what the provider says has changed. How far it came is kept in the state file, which is written only after the rows it covers; stop it at any point and run it again. Rows may come twice, none is lost.',
    args: { action: 'full name of an action that declares dataSync' },
    examples: [
      'mainspring sync acme_list_people --state people.json >> people.ndjson',
      'mainspring sync acme_list_people --state people.json --input team=7 --credentials acme.json',
    ],
  })
  addCallOptions(sync)
  sync
    .option('--state <file>', 'where the state is kept; made at the first sync (default: none, all rows)')
    .option('--timeout <time>', 'for each page: 30000, 500ms, 30s', parseDuration)
    .option('--trace', 'tell on standard error what happens, as it happens')
}
