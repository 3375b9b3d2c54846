/** A function that programs can call by its name. */
export interface ExpressionFunction {
  readonly name: string
  /** Whether its result depends on the time of the call. */
  readonly readsClock: boolean
  /**
   * Takes whatever it is given: arguments that are left out are undefined, and none has more than three.
   *
   * @param now - milliseconds since 1970
   */
  readonly apply: (now: () => number, first?: unknown, second?: unknown, third?: unknown) => unknown
}
