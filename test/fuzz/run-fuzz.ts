import fc from 'fast-check'
import type { FuzzSubject } from './fuzz-subject.ts'

export interface FuzzReport {
  readonly cases: number
  readonly seconds: number
  /** Longest time of one case, in milliseconds. */
  readonly slowestMs: number
  /** The smallest failing case, with what gives it again. */
  readonly failure?: string
}

/** Tries a subject with many cases; the first that fails is made smaller. */
export async function runFuzz(subject: FuzzSubject, cases: number, seed: number): Promise<FuzzReport> {
  const { property, close } = await subject.open()
  let slowestMs = 0
  let startedMs = 0
  const startedAt = performance.now()
  const timed = property as fc.IAsyncPropertyWithHooks<[unknown]>
  timed.beforeEach(() => {
    startedMs = performance.now()
  })
  timed.afterEach(() => {
    slowestMs = Math.max(slowestMs, performance.now() - startedMs)
  })
  try {
    const details = await fc.check(timed, { numRuns: cases, seed })
    return {
      cases: details.numRuns,
      seconds: (performance.now() - startedAt) / 1000,
      slowestMs,
      ...(details.failed ? { failure: failureText(details, seed) } : {}),
    }
  } finally {
    await close?.()
  }
}

function failureText(
  { counterexample, counterexamplePath, errorInstance }: fc.RunDetails<[unknown]>,
  seed: number,
): string {
  const error = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance)
  return `seed ${seed}, path ${counterexamplePath}\n${fc.stringify(counterexample)}\n${error}`
}
