import type { KeyRing } from './key-ring.ts'

/** Where keys come from may be asked again, but not more often than this. */
const restMs = 1_000
/** A hub takes up keys that were added within this time, so that it soon seals with the new one. */
export const reloadEveryMs = 20_000

/** Keys that follow their file, or their command, while the hub serves. */
export interface ReloadingKeyRing extends KeyRing {
  reload(): Promise<void>
  close(): void
}

/**
 * @param load - gives the keys as they are now; where it fails, those at hand stay in use
 * @param first - what it gave at the start
 */
export function followKeys(first: KeyRing, load: () => Promise<KeyRing>): ReloadingKeyRing {
  let ring = first
  let loadedAt = performance.now()
  let loading: Promise<void> | undefined
  const reload = () => {
    if (performance.now() - loadedAt < restMs) return loading ?? Promise.resolve()
    loadedAt = performance.now()
    loading ??= load()
      .then((next) => {
        ring = next
      })
      .catch(() => undefined)
      .finally(() => {
        loading = undefined
      })
    return loading
  }
  const timer = setInterval(() => void reload(), reloadEveryMs).unref()
  return {
    get current() {
      return ring.current
    },
    find: (id) => ring.find(id),
    reload,
    close: () => clearInterval(timer),
  }
}
