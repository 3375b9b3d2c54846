import type { Data } from '../own-property.ts'
import { describeRead, type ExpressionRead, keyStep } from '../read.ts'
import type { SourceText } from '../source-text.ts'
import { compileIncrementalPath, matchesMany, readIncrementalKeys } from './compile-incremental-path.ts'
import { compilePath } from './compile-path.ts'
import { describePath } from './describe-path.ts'
import { checkPathText, parsePath } from './parse-path.ts'
import { PathFailure } from './path-failure.ts'

/** A path, and what it reads. */
export interface CompiledPath {
  readonly reads: readonly ExpressionRead[]
  /** @throws {ExpressionError} `expression/evaluation`, or `expression/limit` */
  readonly evaluate: (root: Data) => unknown
}

/**
 * A path that starts with `$`, with both ends trimmed.
 *
 * @throws {ExpressionError} `expression/syntax`, or `expression/limit`
 */
export function compilePathText(source: SourceText): CompiledPath {
  checkPathText(source)
  const segments = parsePath(source)
  return { reads: describePath(segments, source), evaluate: compilePath(segments, source) }
}

/**
 * The same in the stricter reading, where leaving the data is a {@link PathFailure}: keys one after the other, with
 * spaces and any signs in them; only what can match more than once is read as above.
 *
 * @throws {ExpressionError} `expression/syntax`, or `expression/limit`
 */
export function compileIncrementalPathText(source: SourceText): CompiledPath {
  const range = source.rangeOf(0, source.text.length)
  if (!matchesMany(source.text)) {
    const keys = readIncrementalKeys(source)
    const steps = keys.map(({ key }) => keyStep(key))
    return { reads: [describeRead(steps, range)], evaluate: compileIncrementalPath(keys, source) }
  }
  const { reads, evaluate } = compilePathText(source)
  return {
    reads,
    evaluate: (root) => {
      const value = evaluate(root)
      if (value !== undefined) return value
      throw new PathFailure('The path matches nothing in the data.', { reason: 'empty-result' }, range)
    },
  }
}
