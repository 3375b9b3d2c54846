/** What a definition may cost at most. Beyond a limit stands `definition/too-large`. */
export interface LoadLimits {
  /** Bytes of one file. */
  readonly maxFileBytes: number
  /** Files of one connector. */
  readonly maxFiles: number
  /** Pieces of YAML syntax (words, marks, line breaks) in all files together. */
  readonly maxTokens: number
  /** Values of the whole definition, aliases and references written out. */
  readonly maxNodes: number
  /** Maps and lists within each other. */
  readonly maxDepth: number
}

export const defaultLimits: LoadLimits = {
  maxFileBytes: 10 * 1024 * 1024,
  maxFiles: 1000,
  maxTokens: 1_000_000,
  maxNodes: 500_000,
  maxDepth: 100,
}
