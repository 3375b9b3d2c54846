/** A function that programs can call by its name. */
export interface ExpressionFunction {
  readonly name: string
  /** Whether its result depends on the time of the call. */
  readonly readsClock: boolean
  /**
   * Takes whatever it is given: arguments that are left out are undefined, further ones are ignored.
   *
   * @param now - milliseconds since 1970
   */
  readonly apply: (args: readonly unknown[], now: () => number) => unknown
}
