import { InputError, type InputProblem } from '../errors/index.ts'
import type { RunOptions } from './run-options.ts'

/**
 * Refuses bounds that are no numbers: a timer would take them for no time at all, and a comparison for no bound.
 *
 * @throws {InputError} naming every one
 */
export function checkRunOptions({ timeoutMs, limits }: RunOptions): void {
  if (timeoutMs === undefined && limits === undefined) return
  const problems: InputProblem[] = []
  const check = (name: string, value: unknown, least: number) => {
    if (value === undefined || (typeof value === 'number' && value >= least)) return
    const bound = Number.isFinite(least) ? ` of at least ${least}` : ''
    const message = `Option "${name}" must be a number${bound}.`
    problems.push({ code: 'input/invalid', name, message })
  }
  // Time that is over already is a timeout, not a mistake.
  check('timeoutMs', timeoutMs, Number.NEGATIVE_INFINITY)
  check('limits.maxBytes', limits?.maxBytes, 0)
  check('limits.maxAttempts', limits?.maxAttempts, 1)
  check('limits.maxRetryAfterMs', limits?.maxRetryAfterMs, 0)
  if (problems.length > 0) throw new InputError(problems)
}
