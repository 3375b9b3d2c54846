/** Time as the transport sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. Never goes back. */
  now(): number
  /** Calls back once after `delayMs`; the function it gives takes that back. */
  schedule(callback: () => void, delayMs: number): () => void
}

// Node turns a longer delay into 1 ms.
const longestDelayMs = 2_147_483_647

// Reading the property costs more than reading the clock.
const { timeOrigin } = performance

/** The time of the machine, unmoved by corrections of its wall clock. */
export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, longestDelayMs))
    return () => clearTimeout(timer)
  },
}
