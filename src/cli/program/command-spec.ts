import type { Command } from 'commander'

/** What every command says of itself. */
export interface CommandSpec {
  /** Name and arguments, as commander reads them. */
  readonly usage: string
  readonly summary: string
  readonly description: string
  readonly args?: Readonly<Record<string, string>>
  readonly examples: readonly string[]
}

/** Adds a command to the program; options are added to what it returns. */
export type Declare = (spec: CommandSpec) => Command
