import type { SourceRange } from '../errors/index.ts'
import { limitError } from './expression-failure.ts'
import { expressionLimits } from './limits.ts'

/**
 * Counts the values that one evaluation looks at. An evaluation never overlaps another of the same expression, so
 * one counter an expression is enough, reset at its start.
 */
export class WorkBudget {
  #left: number = expressionLimits.maxVisits
  readonly #range: SourceRange

  /** @param range - what an error points at */
  constructor(range: SourceRange) {
    this.#range = range
  }

  reset(): void {
    this.#left = expressionLimits.maxVisits
  }

  /** @throws {ExpressionError} `expression/limit`, when it is used up */
  spend(visits: number): void {
    this.#left -= visits
    if (this.#left < 0) {
      throw limitError(`The expression looks at more than ${expressionLimits.maxVisits} values.`, this.#range)
    }
  }
}
