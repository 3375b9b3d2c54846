import type { Data } from '../own-property.ts'

/** What a program or a part of it comes to; `row` is what a leading dot reads, the root outside of filters. */
export type Evaluate = (root: Data, row: unknown) => unknown

/** Thrown within a program and caught at its edge. */
export const failure = new Error('An expression failed at run time.')

/** Always fails: a place that was left empty, or a function that does not exist. */
export const fail: Evaluate = () => {
  throw failure
}
