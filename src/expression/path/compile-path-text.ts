import { describeRead, type ExpressionRead, keyStep } from '../read.ts'
import type { SourceText } from '../source-text.ts'
import { compileIncrementalPath, matchesMany, readIncrementalKeys } from './compile-incremental-path.ts'
import { compilePath } from './compile-path.ts'
import { describePath } from './describe-path.ts'
import { checkPathText, parsePath } from './parse-path.ts'
import { PathFailure } from './path-failure.ts'
import { rootsOfPath } from './roots-of-path.ts'

/** A path, and what it reads. */
export interface CompiledPath {
  readonly reads: readonly ExpressionRead[]
  /** See `CompiledExpression.roots`. */
  readonly roots: readonly string[] | undefined
  /** @throws {ExpressionError} `expression/evaluation`, or `expression/limit` */
  readonly evaluate: (context: unknown) => unknown
  /** False where it cannot throw on any data. */
  readonly throws: boolean
}

/**
 * A path that starts with `$`, with both ends trimmed.
 *
 * @throws {ExpressionError} `expression/syntax`, or `expression/limit`
 */
export function compilePathText(source: SourceText): CompiledPath {
  checkPathText(source)
  const segments = parsePath(source)
  return {
    reads: describePath(segments, source),
    roots: rootsOfPath(segments),
    ...compilePath(segments, source),
  }
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
    const [first] = keys
    return {
      reads: [describeRead(steps, range)],
      roots: first === undefined ? undefined : [first.key],
      evaluate: compileIncrementalPath(keys, source),
      throws: true,
    }
  }
  const { reads, roots, evaluate } = compilePathText(source)
  return {
    reads,
    roots,
    throws: true,
    evaluate: (context) => {
      const value = evaluate(context)
      if (value !== undefined) return value
      throw new PathFailure('The path matches nothing in the data.', { reason: 'empty-result' }, range)
    },
  }
}
