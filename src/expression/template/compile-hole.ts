import { ExpressionError } from '../../errors/index.ts'
import { compileIncrementalPathText } from '../path/compile-path-text.ts'
import { compileProgram, programFailed } from '../program/compile-program.ts'
import { describeProgram, type ProgramDescription } from '../program/describe-program.ts'
import { parseProgram } from '../program/parse-program.ts'
import type { SourceText } from '../source-text.ts'

/** A hole, ready to be filled. */
export interface CompiledHole extends ProgramDescription {
  /** What goes into the hole; undefined where it cannot be filled. */
  readonly evaluate: (context: unknown) => unknown
  /** Why the hole is no program, where it works as a path alone or not at all. */
  readonly problem?: ExpressionError
}

/**
 * A hole is a program. What comes to nothing as a program, or is none, is looked up as a path, so that keys with
 * spaces and colons work; what fails as a program stays unfilled at once.
 *
 * @param source - between the braces
 * @throws {ExpressionError} `expression/limit`
 */
export function compileHole(source: SourceText, now: () => number): CompiledHole {
  const inside = source.trim()
  if (inside.text === '')
    return { evaluate: () => undefined, reads: [], calls: [], roots: [], constant: true }
  const lookUp = compileLookup(inside)
  try {
    const tree = parseProgram(inside)
    const { run } = compileProgram(tree, inside, now)
    const evaluate = (context: unknown): unknown => {
      const value = run(context)
      if (value === programFailed) return undefined
      return value === undefined ? lookUp.evaluate(context) : value
    }
    const described = describeProgram(tree, inside)
    return { evaluate, ...described, roots: mergeRoots(described.roots, lookUp.roots) }
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.code === 'expression/limit') throw error
    const { evaluate } = lookUp
    const { reads, roots } = lookUp
    return { evaluate, reads, roots, calls: [], constant: reads.length === 0, problem: error }
  }
}

interface Lookup {
  readonly evaluate: (context: unknown) => unknown
  readonly reads: ProgramDescription['reads']
  readonly roots: ProgramDescription['roots']
}

/** Those of both; undefined where one may read any. */
export function mergeRoots(
  one: ProgramDescription['roots'],
  other: ProgramDescription['roots'],
): ProgramDescription['roots'] {
  return one === undefined || other === undefined ? undefined : [...new Set([...one, ...other])]
}

/** The hole as the path behind a `$.`. A match that is null is none. */
function compileLookup(inside: SourceText): Lookup {
  try {
    const path = compileIncrementalPathText(inside.withPrefix('$.'))
    const evaluate = (context: unknown): unknown => {
      try {
        return path.evaluate(context) ?? undefined
      } catch (error) {
        if (error instanceof ExpressionError && error.code === 'expression/limit') throw error
        return undefined
      }
    }
    return { evaluate, reads: path.reads, roots: path.roots }
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.code === 'expression/limit') throw error
    return { evaluate: () => undefined, reads: [], roots: [] }
  }
}
