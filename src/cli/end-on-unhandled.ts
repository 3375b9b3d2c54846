import type { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { isAbsolute } from 'node:path'
import { errorCatalogue, MainspringError } from '../errors/index.ts'

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

/** Names of code alone, since all that a failure carries with it can hold anything; whatever it is, it is told of. */
function describe(name: string, thrown: unknown): string {
  try {
    return [`internal/bug: ${name} (${kindOf(thrown)}); the process ends.`, ...placesOf(thrown)].join(
      '\n    ',
    )
  } catch {
    return `internal/bug: ${name}; the process ends.`
  }
}

function kindOf(thrown: unknown): string {
  if (thrown instanceof MainspringError && Object.hasOwn(errorCatalogue, thrown.code)) return thrown.code
  if (!(thrown instanceof Error)) return typeof thrown
  // The name of an error may be set to anything; the name of its class is written in the code.
  return Object.getPrototypeOf(thrown).constructor.name
}

/** The places in the stack: files that are there, and modules of Node. A line of the message may look like one. */
function placesOf(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return []
  return String(thrown.stack)
    .split('\n')
    .flatMap((line) => {
      const [, file = '', at] = /^\s+at (?:async )?(?:.*? \()?(.+?)(:\d+:\d+)\)?$/.exec(line) ?? []
      return isKnownFile(file) ? [`at ${file}${at}`] : []
    })
    .slice(0, 10)
}

function isKnownFile(file: string): boolean {
  if (file.startsWith('node:')) return isBuiltin(file) || /^node:internal(?:\/[a-z_]{1,30}){1,5}$/.test(file)
  return (file.startsWith('file:') && existsSync(new URL(file))) || (isAbsolute(file) && existsSync(file))
}
