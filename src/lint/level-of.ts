import type { Severity } from '../errors/index.ts'

/** The level of a code in a file; undefined where nothing but the code's own is wanted. */
export type LevelOf = (code: string, file: string) => Severity | 'off' | undefined
