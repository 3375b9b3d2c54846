import type { Readable, Writable } from 'node:stream'
import type { Rooms } from './rooms.ts'

/** The world as a command sees it. Nothing else reads the environment, prints, or asks. */
export interface CliIo {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** Which of the three a person sits at. */
  readonly terminal: TerminalFacts
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths start here, and places in files are shown from here. */
  readonly cwd: string
  /** Raised by Ctrl-C or a request to end; its reason is the name of the signal. */
  readonly signal: AbortSignal
  /** The other rooms; the real ones by default. */
  readonly rooms?: Partial<Rooms>
}

export interface TerminalFacts {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** Width of the terminal in columns, where there is one. */
  readonly columns?: number
}
