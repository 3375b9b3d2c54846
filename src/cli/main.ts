#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import process from 'node:process'

// Before anything of ours is loaded: a good part of a short command is compiling its modules.
enableCompileCache()
const { main } = await import('./command-line.ts')
const { endOnUnhandled } = await import('./end-on-unhandled.ts')

const interruption = new AbortController()
// Once only: a second Ctrl-C ends the process at once, whatever hangs.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort(name))

endOnUnhandled(
  process,
  (line) => process.stderr.write(line),
  () => {
    process.exitCode = 1
    interruption.abort('SIGTERM')
    // Whatever hangs by then is part of what went wrong.
    setTimeout(() => process.exit(1), 15_000).unref()
  },
)

const code = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  terminal: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
    ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
  },
  env: process.env,
  cwd: process.cwd(),
  signal: interruption.signal,
})
// A failure that nobody caught has set its own.
process.exitCode ??= code
