import type { EventEmitter } from 'node:events'
import { MainspringError } from '../errors/index.ts'

/**
 * The policy for a failure that nobody caught: it is told without its message, which can hold anything, and the process
 * ends as if it had been asked to, so that what is under way is finished. A process whose state is not known must not
 * go on for long; whoever supervises it starts another.
 *
 * @param end - asks for the end; called once
 */
export function endOnUnhandled(
  source: Pick<EventEmitter, 'on'>,
  write: (line: string) => void,
  end: () => void,
): void {
  let ending = false
  for (const name of ['uncaughtException', 'unhandledRejection'] as const)
    source.on(name, (thrown: unknown) => {
      write(`mainspring: ${describe(name, thrown)}\n`)
      if (ending) return
      ending = true
      end()
    })
}

function describe(name: string, thrown: unknown): string {
  const kind =
    thrown instanceof MainspringError ? thrown.code : thrown instanceof Error ? thrown.name : typeof thrown
  const places = thrown instanceof Error ? placesOf(thrown) : []
  return [`internal/bug: ${name} (${kind}); the process ends.`, ...places].join('\n    ')
}

/** The lines of the stack that name a place: the lines before them repeat the message. */
function placesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at .*(?:\.[cm]?[jt]s|node:[\w/]+):\d+:\d+\)?$/.test(line))
    .slice(0, 10)
    .map((line) => line.trim())
}
