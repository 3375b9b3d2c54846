import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { CliIo, TerminalFacts } from '../../src/cli/cli-io.ts'
import { main } from '../../src/cli/command-line.ts'

/** The folder of the repository: commands of a test run there unless they say otherwise. */
export const repository = fileURLToPath(new URL('../../', import.meta.url))

export interface CliRun {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

export interface CliWorld {
  readonly stdin?: string
  readonly env?: CliIo['env']
  readonly cwd?: string
  readonly terminal?: Partial<TerminalFacts>
  readonly signal?: AbortSignal
  readonly rooms?: CliIo['rooms']
  /** Sees all of standard output so far, whenever there is more of it. */
  readonly onOutput?: (text: string) => void
}

/** Runs the command line in this process; nothing of the real environment is seen. */
export async function runCli(args: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const stdout = captured(world.onOutput)
  const stderr = captured()
  const exit = await main(args, {
    stdin: Readable.from([world.stdin ?? '']),
    stdout: stdout.stream,
    stderr: stderr.stream,
    terminal: { stdin: false, stdout: false, stderr: false, ...world.terminal },
    env: world.env ?? {},
    cwd: world.cwd ?? repository,
    signal: world.signal ?? new AbortController().signal,
    rooms: { readSandboxInfo: async () => undefined, sandbox: sandboxAtAnyPort, ...world.rooms },
  })
  return { stdout: stdout.text(), stderr: stderr.text(), exit }
}

/** Tests run side by side: none may take the usual port, or find another's sandbox there. */
async function sandboxAtAnyPort() {
  const room = await import('../../src/sandbox/index.ts')
  const startSandbox: typeof room.startSandbox = (options) => room.startSandbox({ ...options, port: 0 })
  const startProviderSandbox: typeof room.startProviderSandbox = (connector) =>
    room.startProviderSandbox(connector, { port: 0 })
  return { ...room, startSandbox, startProviderSandbox }
}

function captured(onOutput: CliWorld['onOutput'] = () => undefined): {
  readonly stream: Writable
  text(): string
} {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      onOutput(Buffer.concat(chunks).toString())
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}
