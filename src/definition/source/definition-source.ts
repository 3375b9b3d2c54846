/** Where the files of a connector come from. */
export interface DefinitionSource {
  /** Name of the connector file, as `read` takes it. */
  readonly root: string
  /** Content of a file; undefined where it does not exist; a problem where it cannot be had. */
  read(name: string): string | Uint8Array | FileProblem | undefined
  /** Names of the files there are, for suggestions. */
  readonly names?: readonly string[]
  /** How findings name a file; its own name where left out. */
  display?(name: string): string
}

/** Why a file that exists is not read: the rest of a sentence that starts with its name. */
export interface FileProblem {
  readonly code: 'definition/unreadable' | 'definition/too-large' | 'definition/reference-invalid'
  readonly problem: string
}
