/** A complete answer, ready to be read. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case, several values of a name joined by a comma; secrets masked. */
  readonly headers: Readonly<Record<string, string>>
  /** Decompressed and decoded; secrets masked, unless the caller keeps them. Empty where there is no body. */
  readonly text: string
  /** Where the answer came from, redirects followed; secrets masked. */
  readonly url: string
  /** Attempts made, the first one counted. */
  readonly attempts: number
  /** Bytes of the body, where a sink took it; `text` is empty then. */
  readonly delivered?: number
}
