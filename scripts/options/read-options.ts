import { parseArgs } from 'node:util'

/** One option of a script: what it says, and what it is without being given. */
export interface ScriptOption {
  readonly says: string
  readonly default?: string
  /** A whole number of at least this. */
  readonly least?: number
  readonly choices?: readonly string[]
}

/** What a script does, for its help. */
export interface ScriptUsage {
  /** As it is typed: `npm run chaos --`. */
  readonly command: string
  readonly about: string
  readonly options: Readonly<Record<string, ScriptOption>>
}

/**
 * The options of a script. Prints its help where that is asked for, and ends the process; with exit code 2 and a
 * sentence where an option cannot be.
 */
export function readOptions(
  usage: ScriptUsage,
  args = process.argv.slice(2),
): Readonly<Record<string, string | undefined>> {
  const names = Object.keys(usage.options)
  const given: Record<string, string | undefined> = {}
  let wantsHelp = false
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  })
  for (const token of tokens) {
    if (token.kind === 'positional') refuse(usage, `"${token.value}" is no option.`)
    if (token.kind !== 'option') continue
    if (token.rawName === '--help' || token.rawName === '-h') wantsHelp = true
    else if (!names.includes(token.name)) refuse(usage, `There is no option ${token.rawName}.`)
    else given[token.name] = token.value ?? ''
  }
  if (wantsHelp) {
    process.stdout.write(helpOf(usage))
    process.exit(0)
  }
  for (const [name, option] of Object.entries(usage.options)) {
    const value = given[name]
    if (value === undefined) given[name] = option.default
    else if (option.least !== undefined && !(/^\d+$/.test(value) && Number(value) >= option.least))
      refuse(usage, `--${name} takes a whole number of at least ${option.least}, not "${value}".`)
    else if (option.choices !== undefined && !option.choices.includes(value))
      refuse(usage, `--${name} is one of ${option.choices.join(', ')}, not "${value}".`)
  }
  return given
}

function helpOf({ command, about, options }: ScriptUsage): string {
  const lines = Object.entries(options).map(([name, { says, default: usual, choices }]) => {
    const more = [
      ...(choices === undefined ? [] : [`One of ${choices.join(', ')}.`]),
      ...(usual === undefined ? [] : [`Default: ${usual}.`]),
    ]
    return `  --${name.padEnd(12)} ${[says, ...more].join(' ')}\n`
  })
  return `${about}\n\nUsage: ${command} [options]\n\n${lines.join('')}  --${'help'.padEnd(12)} Show this.\n`
}

function refuse({ command }: ScriptUsage, message: string): never {
  process.stderr.write(`${message} See ${command} --help.\n`)
  process.exit(2)
}
