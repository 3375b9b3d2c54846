import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TokenHubSetting } from './token-hub.ts'

const entry = fileURLToPath(new URL('./token-process.ts', import.meta.url))
const children = new Set<ChildProcess>()

export interface SpawnedHub {
  readonly url: string
  /** The signal that has ended it. */
  readonly killed: Promise<string | null>
  kill(): void
}

/** A hub in a process of its own, to be killed. */
export async function spawnTokenHub(setting: TokenHubSetting): Promise<SpawnedHub> {
  const child = fork(entry, [JSON.stringify(setting)], { execArgv: [], stdio: 'ignore' })
  children.add(child)
  const killed = once(child, 'exit').then(([, signal]) => {
    children.delete(child)
    return signal as string | null
  })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return { url, killed, kill: () => child.kill('SIGKILL') }
}

/** For the end of a test: whatever still runs. */
export function killSpawnedHubs(): void {
  for (const child of children) child.kill('SIGKILL')
}
