/** A file of the repository that is made from others. */
export interface Generator {
  /** Path from the root of the repository. */
  readonly path: string
  /** The content the file must have. */
  generate(): string | Promise<string>
}
