import { styleText } from 'node:util'
import type { CliIo } from '../cli-io.ts'
import { createSecretMask, type SecretMask } from './secret-mask.ts'
import { createTextWriter, type TextWriter } from './text-writer.ts'

type Style = Parameters<typeof styleText>[0]
type StreamName = 'stdout' | 'stderr'

/** Everything a command says goes through here: the one place where secrets are hidden and colours are decided. */
export interface Console {
  /** Whether the caller asked for output that a program reads. */
  readonly json: boolean
  readonly mask: SecretMask
  /** Width to lay out for; 100 where no terminal says otherwise. */
  readonly columns: number
  isTerminal(stream: StreamName): boolean
  /** A terminal that wants colours. */
  isColoured(stream: StreamName): boolean
  /** Data, on standard output. Goes in the reader's pace. */
  print(text: string): Promise<void>
  /** A value as JSON and a line feed on standard output: indented on a terminal, one line otherwise. */
  printJson(value: unknown): Promise<void>
  /** A remark for a person, on standard error; left out with `--json`. */
  note(text: string): Promise<void>
  /** A line for a program, on standard error. */
  report(value: unknown): Promise<void>
  /** Text on standard error as it stands. */
  printError(text: string): Promise<void>
  /** Colours only on a terminal that wants them. */
  style(style: Style, text: string, stream?: StreamName): string
  flush(): Promise<void>
}

export function createConsole(io: CliIo, json: boolean): Console {
  const out = createTextWriter(io.stdout)
  const err = createTextWriter(io.stderr)
  const mask = createSecretMask()
  const noColour = (io.env['NO_COLOR'] ?? '') !== '' || io.env['TERM'] === 'dumb'

  const isColoured = (stream: StreamName) => io.terminal[stream] && !noColour
  const printError = (text: string) => writeQuietly(err, mask.text(text))

  return {
    json,
    mask,
    columns: io.terminal.columns ?? 100,
    isTerminal: (stream) => io.terminal[stream],
    isColoured,
    print: (text) => out.write(mask.text(text)),
    printJson: (value) => out.write(`${mask.json(value, io.terminal.stdout ? 2 : undefined)}\n`),
    note: async (text) => {
      if (!json) await printError(`${text}\n`)
    },
    report: (value) => writeQuietly(err, `${mask.json(value)}\n`),
    printError,
    style(style, text, stream = 'stdout') {
      if (!isColoured(stream)) return text
      return styleText(style, text, { validateStream: false })
    },
    async flush() {
      await err.flush().catch(() => undefined)
      await out.flush()
    },
  }
}

/** A closed standard error ends nothing: the data still has its reader. */
async function writeQuietly(writer: TextWriter, text: string): Promise<void> {
  await writer.write(text).catch(() => undefined)
  await writer.flush().catch(() => undefined)
}
