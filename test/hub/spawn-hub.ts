import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { HubOptions } from '../../src/hub/index.ts'

const entry = fileURLToPath(new URL('./hub-process.ts', import.meta.url))

export interface SpawnedHub {
  readonly child: ChildProcess
  /** Where it listens; undefined where it ended before it did. */
  readonly url: Promise<string | undefined>
  /** Ends it as the kernel does: nothing of it runs any more. */
  kill(): Promise<void>
}

/** Starts a hub in a process of its own. */
export function spawnHub(
  options: Omit<HubOptions, 'connectors'> & { readonly connectors: string },
  { execArgv = [] }: { readonly execArgv?: readonly string[] } = {},
): SpawnedHub {
  const child = fork(entry, [JSON.stringify(options)], { execArgv: [...execArgv], stdio: 'ignore' })
  const exit = once(child, 'exit')
  const message = once(child, 'message') as Promise<[{ readonly url: string }]>
  return {
    child,
    url: Promise.race([message.then(([{ url }]) => url), exit.then(() => undefined)]),
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
