import { Option } from 'commander'
import type { Declare } from './command-spec.ts'

export interface InitCommandOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly title?: string
  readonly baseUrl?: string
  readonly auth?: 'bearer' | 'basic' | 'header' | 'none'
  readonly docs?: string
  readonly folder?: string
}

/** Beginning a connector. */
export function declareInitCommand(declare: Declare): void {
  declare({
    usage: 'init <key>',
    summary: 'begin a connector that lints clean',
    description:
      'Write the files of a new connector with one action, ready to be changed. What is not given is asked for at a terminal.',
    args: { key: 'small letters and digits, such as acme; it begins the name of every action' },
    examples: [
      'mainspring init acme',
      'mainspring init acme --title "Acme ATS" --base-url https://api.acme.example/v1 --auth bearer',
    ],
  })
    .option('--title <text>', 'name of the provider, for people')
    .option('--base-url <url>', 'address that every path begins with')
    .addOption(
      new Option('--auth <kind>', 'how requests say who calls; header: a key in a header of its own').choices(
        ['bearer', 'basic', 'header', 'none'],
      ),
    )
    .option('--docs <url>', 'where the provider documents its API')
    .option('--folder <folder>', 'where its folder is made', 'connectors')
}
