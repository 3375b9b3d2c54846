import type fc from 'fast-check'

/** Something that takes input from outside, and must answer any of it with a value or with an error of ours. */
export interface FuzzSubject {
  readonly name: string
  /** Of all cases, from 0 to 1. */
  readonly share: number
  /**
   * Makes the cases. The property throws where the subject does what it must not: an error without a code, a hang, a
   * secret told, a prototype changed.
   */
  open(): Promise<{
    readonly property: fc.IRawProperty<unknown>
    close?(): Promise<void>
  }>
}

/** Stands for every secret that a subject is given. */
export const fuzzCanary = 'canary-5d81c2'
