import { compileProgram, UnsupportedPattern } from './compile-program.ts'
import type { Program } from './instruction.ts'
import { type Groups, PatternLimit, runProgram } from './run-program.ts'
import { type AST, parsePattern } from './syntax.ts'
import { worstCase } from './worst-case.ts'

export { PatternLimit } from './run-program.ts'

/** Steps that the engine of the platform may take: some milliseconds. */
const nativeSteps = 10_000_000
/** A pattern that repeats at most once takes at most the square of the text's length. */
const repetition = /[*+?{]/g
const shortText = 2_000

/**
 * A regular expression of a definition, which runs over data of others: the same as `new RegExp`, but for the time that it
 * may take. Where the worst case on a text is small, the engine of the platform searches; elsewhere one whose steps grow
 * with the length of the text.
 *
 * @throws {SyntaxError} no pattern; when it searches, {@link PatternLimit}: too many steps, on a very long text or with
 *   what cannot be searched so (references back to a group)
 */
export function createPattern(source: string, flags = ''): RegExp {
  return new BoundedPattern(source, flags)
}

export interface PatternTest {
  test(text: string): boolean
  toString(): string
}

/** Tells a text that cannot be judged from none: it is not shown to match. For checks of what somebody typed. */
export function patternEngine(source: string, flags = ''): PatternTest {
  const pattern = createPattern(source, flags)
  return {
    // Ajv tells its patterns apart by their text.
    toString: () => String(pattern),
    test(text) {
      try {
        return pattern.test(text)
      } catch (error) {
        if (error instanceof PatternLimit) return false
        throw error
      }
    },
  }
}

class BoundedPattern extends RegExp {
  #tree: AST.Pattern | undefined
  #program: Program | undefined
  /** The longest text that the engine of the platform was found to be quick with. */
  #quickUpTo = 0

  // All that applies a pattern to a text goes through exec: test, and match, search, split and replace of texts.
  override exec(text: string): RegExpExecArray | null {
    if (this.#isQuick(text.length)) return super.exec(text)
    const keepsPlace = this.global || this.sticky
    const from = keepsPlace ? this.lastIndex : 0
    const found = from > text.length ? null : runProgram(this.#compiled(), text, from, this.sticky)
    if (keepsPlace) this.lastIndex = found === null ? 0 : (found[1] ?? 0)
    return found === null ? null : toResult(found, this.#compiled(), text)
  }

  #isQuick(length: number): boolean {
    if (length <= this.#quickUpTo) return true
    if (length <= shortText && (this.source.match(repetition)?.length ?? 0) < 2) return true
    if (worstCase(this.#parsed(), this.flags, length) > nativeSteps) return false
    this.#quickUpTo = length
    return true
  }

  #parsed(): AST.Pattern {
    this.#tree ??= parsePattern(this.source, this.flags)
    return this.#tree
  }

  #compiled(): Program {
    if (this.#program !== undefined) return this.#program
    try {
      this.#program = compileProgram(this.#parsed(), this.flags)
      return this.#program
    } catch (error) {
      throw error instanceof UnsupportedPattern ? new PatternLimit() : error
    }
  }
}

function toResult(found: Groups, { groups, names }: Program, text: string): RegExpExecArray {
  const textOf = (group: number): string | undefined => {
    const [from = -1, to = -1] = found.slice(2 * group, 2 * group + 2)
    return from === -1 || to === -1 ? undefined : text.slice(from, to)
  }
  const texts = Array.from({ length: groups }, (_, group) => textOf(group))
  const named = Object.create(null) as Record<string, string | undefined>
  for (const [name, numbers] of names)
    named[name] = numbers.map((number) => texts[number]).find((one) => one !== undefined)
  return Object.assign(texts, {
    index: found[0] ?? 0,
    input: text,
    groups: names.size === 0 ? undefined : named,
  }) as unknown as RegExpExecArray
}
