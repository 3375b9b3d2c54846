import type { DifferenceCode } from './differences.ts'

/** Where one request is not what the original would send. */
export interface RequestNote {
  /** A section of the page of differences. */
  readonly difference: DifferenceCode
  readonly message: string
}

/** Takes notes while a request is built for an explanation; a run takes none. */
export type NoteDifference = (difference: DifferenceCode, message: string) => void
