import { ExpressionError, type SourceRange } from '../../errors/index.ts'

/** Why a path that is walked key by key found nothing. */
export interface PathFailureDetails {
  readonly reason: 'key-not-found' | 'invalid-array-index' | 'parent-not-an-object' | 'empty-result'
  /** The key that was looked for; left out where it is no index at all. */
  readonly key?: string
  /** The path up to where the key was looked for, with its `$`. */
  readonly at?: string
  /** The keys that are there instead. */
  readonly available?: readonly string[]
}

/** With `incrementalPath`: the place where a path leaves the data. Code `expression/evaluation`. */
export class PathFailure extends ExpressionError {
  readonly failure: PathFailureDetails

  constructor(message: string, failure: PathFailureDetails, range: SourceRange) {
    super('expression/evaluation', { message }, range)
    this.failure = failure
  }
}
