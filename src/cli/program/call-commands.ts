import { type Command, Option } from 'commander'
import { tourConnector } from '../tour/tour-connector.ts'
import type { Declare } from './command-spec.ts'
import {
  collectInput,
  collectPort,
  collectText,
  type NamedText,
  parseDuration,
  parseOrigin,
  parseWhole,
} from './option-values.ts'

export const outputFormats = ['json', 'ndjson', 'table', 'csv'] as const
export type OutputFormat = (typeof outputFormats)[number]

export const requestFormats = ['http', 'curl', 'har', 'json'] as const
export type RequestFormat = (typeof requestFormats)[number]

/** Whose data a call is about, and what it may do there. */
export interface TargetOptions {
  readonly connectors?: string
  readonly json?: boolean
  readonly credentials?: string
  readonly authentication?: string
  readonly environment?: string
  readonly origin?: string
  readonly sandbox?: boolean
  readonly allowWrites?: boolean
  readonly preview?: boolean
  readonly allowNetwork?: readonly string[]
  readonly allowPort?: readonly number[]
}

/** Options that `run` and `explain` share. */
export interface CallOptions extends TargetOptions {
  readonly input?: readonly NamedText[]
  readonly inputs?: string
}

export interface RunCommandOptions extends CallOptions {
  /** Milliseconds. */
  readonly timeout?: number
  readonly all?: boolean
  /** Rows. */
  readonly limit?: number
  readonly out?: OutputFormat
  readonly outFile?: string
  readonly trace?: boolean
  /** The token of a refusal that asked for a confirmation. */
  readonly confirm?: string
}

export interface ExplainCommandOptions extends CallOptions {
  readonly as?: RequestFormat
}

const variable = `MAINSPRING_${tourConnector.key.toUpperCase()}_API_KEY`
const action = `full name of an action, such as ${tourConnector.list}`

/** Calling an action, and showing what a call would send. */
export function declareCallCommands(declare: Declare): void {
  const run = declare({
    usage: 'run <action>',
    summary: 'run an action',
    description: `Run an action and print its data. Credentials come from a file, from environment variables such as ${variable}, or from a hidden prompt; never from an argument.`,
    args: { action },
    examples: [
      `mainspring run ${tourConnector.list} --sandbox --input page_size=5`,
      `mainspring run ${tourConnector.create} --credentials acme.json --input name="Ines Okafor"`,
      `mainspring run ${tourConnector.listAll} --sandbox --all --out ndjson`,
      `echo '{"query": "okafor"}' | mainspring run ${tourConnector.search} --sandbox --inputs -`,
    ],
  })
  addCallOptions(run)
  run
    .option(
      '--timeout <time>',
      'for the whole call, or each page of a listing: 30000, 500ms, 30s',
      parseDuration,
    )
    .option('--all', 'page through to the end')
    .option('--limit <rows>', 'page through until there are this many rows', parseWhole(1))
    .addOption(
      new Option(
        '--out <format>',
        'how to print the data (default: table for rows on a terminal, else json)',
      ).choices(outputFormats),
    )
    .option('--out-file <path>', 'put the file that the action fetches here, without holding it')
    .option('--trace', 'tell on standard error what happens, as it happens')
    .option(
      '--confirm <token>',
      'confirm a call that was refused first; MAINSPRING_CONFIRM=removals or writes asks for it',
    )

  const explain = declare({
    usage: 'explain <action>',
    summary: 'show the exact requests of an action without sending them',
    description:
      'Show the exact requests that a run would send, secrets masked, each part with the line of the definition it comes from. Nothing is sent. Credentials may be missing; they show as <name>.',
    args: { action },
    examples: [
      `mainspring explain ${tourConnector.list} --input page_size=5`,
      `mainspring explain ${tourConnector.create} --input name="Ines Okafor" --as curl`,
    ],
  })
  addCallOptions(explain)
  explain.addOption(
    new Option('--as <format>', 'how to show the requests (default: http, or json with --json)').choices(
      requestFormats,
    ),
  )
}

/** Options of a call: its inputs, and where it goes. */
export function addCallOptions(command: Command): void {
  command
    .option(
      '--input <name=value>',
      'an input, in its declared type; lists and objects as JSON; of an upload, @path names a file (repeatable)',
      collectInput,
    )
    .option('--inputs <file>', 'all inputs as one JSON object; - reads standard input')
  addTargetOptions(command)
}

/** Options that say where calls go, with whose credentials, and what they may do. */
export function addTargetOptions(command: Command): void {
  command
    .option('--credentials <file>', 'a flat JSON object with the fields of the connector')
    .option('--authentication <key>', 'the way to authenticate (default: the first of the connector)')
    .option('--environment <key>', 'the environment of the provider (default: production)')
    .addOption(
      new Option('--origin <url>', 'send to this scheme, host and port instead; loopback only').argParser(
        parseOrigin,
      ),
    )
    .addOption(
      new Option('--sandbox', 'send to a sandbox on this machine, with its own credentials').conflicts(
        'origin',
      ),
    )
    .option('--allow-writes', 'let the passthrough action use methods that write')
    .option('--preview', 'let actions run that rest on an unconfirmed assumption')
  addNetworkOptions(command)
}

/** Options that say what may be reached beside the public internet. */
export function addNetworkOptions(command: Command): void {
  command
    .option(
      '--allow-network <network>',
      'let requests reach this network, address or host outside the public internet: 10.20.0.0/16, ats.corp.example (repeatable)',
      collectText,
    )
    .option(
      '--allow-port <port>',
      'let requests go to this port beside 80, 443 and those that definitions write (repeatable)',
      collectPort,
    )
}
