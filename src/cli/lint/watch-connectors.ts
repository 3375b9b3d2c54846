import { statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import type { CommandContext } from '../command-context.ts'
import type { LintPlan } from './check-once.ts'

/** Editors write a file in several steps. */
const settleMs = 80

/** Checks again after each change of a file, until the command is interrupted. */
export async function watchConnectors(
  { console, io: { signal } }: CommandContext,
  { folders }: LintPlan,
  check: () => Promise<void>,
): Promise<number> {
  await console.note('Watching for changes; Ctrl-C ends it.')
  const places = new Set(folders.map((path) => (statSync(path).isDirectory() ? path : dirname(path))))
  let timer: NodeJS.Timeout | undefined
  // One check at a time; a change meanwhile asks for one more.
  let running: Promise<void> = Promise.resolve()
  const again = (_: string, name: string | null): void => {
    if (name !== null && !/\.(?:yaml|json)$/.test(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(check)
    }, settleMs)
  }
  const watchers = [...places].map((folder) => watch(folder, { recursive: true }, again))
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await running
  return 0
}
