import { evaluationError, limitError } from '../expression-failure.ts'
import { expressionLimits } from '../limits.ts'
import { asContext } from '../own-property.ts'
import type { SourceText } from '../source-text.ts'
import { WorkBudget } from '../work-budget.ts'
import { childKeys } from './child-keys.ts'
import { compileKeyPath } from './compile-key-path.ts'
import { compileFilter, type EvaluateFilter } from './filter/compile-filter.ts'
import { childrenOf, type FilterNode } from './filter/filter-tree.ts'
import type { Frame } from './frame.ts'
import type { PathSegment, ValueType } from './path-tree.ts'

/**
 * A path as one function: undefined for no match, the match itself for one, a list for more.
 *
 * The function throws {@link ExpressionError} `expression/evaluation` where a filter fails for any row, and
 * `expression/limit`.
 */
export function compilePath(
  segments: readonly PathSegment[],
  source: SourceText,
): { readonly evaluate: (context: unknown) => unknown; readonly throws: boolean } {
  if (segments.every((segment) => segment.kind === 'key')) {
    return { evaluate: compileKeyPath(segments.map((segment) => segment.text)), throws: false }
  }
  const budget = new WorkBudget(source.rangeOf(0, source.text.length))
  const compiler = new PathCompiler(segments, source, budget)
  const run = compiler.stepFrom(0, false)
  const evaluate = (context: unknown): unknown => {
    const root = asContext(context)
    budget.reset()
    compiler.root = root
    const matches: unknown[] = []
    try {
      run(root, { value: root, key: null, container: null, up: null }, matches)
    } finally {
      compiler.root = undefined
    }
    return matches.length < 2 ? matches[0] : matches
  }
  return { evaluate, throws: true }
}

/**
 * Goes on from a value. `frame` is the way to it where the path looks back, and else stays the root's.
 */
type Step = (value: unknown, frame: Frame, matches: unknown[]) => void

class PathCompiler {
  /** The context of the evaluation that runs. */
  root: unknown
  readonly #segments: readonly PathSegment[]
  readonly #source: SourceText
  readonly #budget: WorkBudget
  readonly #looksBack: boolean
  readonly #steps = new Map<string, Step>()

  constructor(segments: readonly PathSegment[], source: SourceText, budget: WorkBudget) {
    this.#segments = segments
    this.#source = source
    this.#budget = budget
    this.#looksBack = segments.some(looksBack)
  }

  /**
   * The rest of the path from segment `index`.
   *
   * @param literal - whether a key of the data named like the segment comes before what the segment means. This is
   *   so behind a name that was read as a name, but not behind one that was read by this very rule.
   */
  stepFrom(index: number, literal: boolean): Step {
    const id = `${index}/${literal}`
    let step = this.#steps.get(id)
    if (step === undefined) {
      step = this.#compile(index, literal)
      this.#steps.set(id, step)
    }
    return step
  }

  #compile(index: number, literal: boolean): Step {
    const segment = this.#segments[index]
    if (segment === undefined) {
      return (value, _frame, matches) => {
        this.#budget.spend(1)
        matches.push(value)
      }
    }
    if (!literal) return this.#compileSegment(segment, index + 1)
    const readKey = this.#key(segment.text, this.stepFrom(index + 1, false))
    if (segment.kind === 'key') return readKey
    const otherwise = this.#compileSegment(segment, index + 1)
    return (value, frame, matches) => {
      const step = hasKey(value, segment.text) ? readKey : otherwise
      step(value, frame, matches)
    }
  }

  #compileSegment(segment: PathSegment, next: number): Step {
    switch (segment.kind) {
      case 'key':
        return this.#key(segment.text, this.stepFrom(next, true))
      case 'escaped': {
        const unescaped = this.#key(segment.key, this.stepFrom(next, true))
        const asWritten = this.#key(segment.text, this.stepFrom(next, true))
        return (value, frame, matches) => {
          const step = hasKey(value, segment.key) ? unescaped : asWritten
          step(value, frame, matches)
        }
      }
      case 'wildcard': {
        const go = this.stepFrom(next, true)
        return (value, frame, matches) => {
          for (const key of childKeys(value)) go(child(value, key), this.#enter(value, key, frame), matches)
        }
      }
      case 'descent':
        return this.#descent(this.stepFrom(next, false))
      case 'parent': {
        const go = this.stepFrom(next, false)
        return (_value, frame, matches) => {
          if (frame.up !== null) go(frame.up.value, frame.up, matches)
        }
      }
      case 'keyName':
        return (_value, frame, matches) => {
          matches.push(frame.key)
        }
      case 'self': {
        const go = this.stepFrom(next, false)
        return (value, frame, matches) => go(value, { value, key: null, container: null, up: frame }, matches)
      }
      case 'slice': {
        const go = this.stepFrom(next, false)
        return (value, frame, matches) => {
          if (!Array.isArray(value)) return
          const { length } = value
          const start = bound(segment.from, length)
          const end = segment.to === 0 ? length : bound(segment.to, length)
          for (let index = start; index < end; index += segment.step) {
            if (Object.hasOwn(value, index))
              go(value[index], this.#enter(value, index, this.#again(frame)), matches)
          }
        }
      }
      case 'type':
        return this.#type(segment)
      case 'union': {
        const parts = segment.parts.map((part) => this.#compileSegment(part, next))
        return (value, frame, matches) => {
          const again = this.#again(frame)
          for (const part of parts) part(value, again, matches)
        }
      }
      case 'filter':
        return this.#filter(this.#condition(segment.condition), this.stepFrom(next, false))
      case 'computed':
        return this.#computed(segment, next)
    }
  }

  #key(key: string, go: Step): Step {
    return (value, frame, matches) => {
      if (hasKey(value, key)) go(child(value, key), this.#enter(value, key, frame), matches)
    }
  }

  #descent(go: Step): Step {
    const visit = (value: unknown, frame: Frame, matches: unknown[], depth: number): void => {
      if (depth > expressionLimits.maxDataDepth) {
        throw limitError(
          `The path goes down more than ${expressionLimits.maxDataDepth} levels.`,
          this.#source.rangeOf(0, this.#source.text.length),
        )
      }
      go(value, this.#again(frame), matches)
      for (const key of childKeys(value)) {
        this.#budget.spend(1)
        const inner = child(value, key)
        if (typeof inner === 'object') visit(inner, this.#enter(value, key, frame), matches, depth + 1)
      }
    }
    return (value, frame, matches) => visit(value, frame, matches, 0)
  }

  #type(segment: Extract<PathSegment, { kind: 'type' }>): Step {
    const { type } = segment
    if (type === undefined) {
      return () => {
        throw evaluationError(
          `${segment.text} names no type of value, and no key of that name is here.`,
          this.#source.rangeOf(segment.start, segment.end),
          `For a key, write a backtick before the @: ['\`${segment.text}'].`,
        )
      }
    }
    return (value, _frame, matches) => {
      if (typeTests[type](value)) matches.push(value)
    }
  }

  #filter(keeps: EvaluateFilter, go: Step): Step {
    return (value, frame, matches) => {
      const keys = childKeys(value)
      this.#budget.spend(keys.length)
      for (const key of keys) {
        const row = child(value, key)
        if (keeps({ row, property: key, frame, root: this.root }))
          go(row, this.#enter(value, key, frame), matches)
      }
    }
  }

  #computed(segment: Extract<PathSegment, { kind: 'computed' }>, next: number): Step {
    const index = this.#condition(segment.index)
    const range = () => this.#source.rangeOf(segment.start, segment.end)
    return (value, frame, matches) => {
      const key = index({ row: value, property: frame.key, frame, root: this.root })
      // A key out of the data is only ever a key: it cannot become a wildcard or a filter.
      const known = typeof key === 'string' || typeof key === 'number' ? key : undefined
      if (known !== undefined && hasKey(value, known)) {
        const go = this.stepFrom(next, typeof known === 'string')
        go(child(value, known), this.#enter(value, known, this.#again(frame)), matches)
      } else if (typeof key !== 'string') {
        throw evaluationError('The computed index is not one of this value.', range())
      }
    }
  }

  #condition(node: FilterNode | undefined): EvaluateFilter {
    if (node === undefined) return () => undefined
    const run = compileFilter(node, { source: this.#source, budget: this.#budget })
    return (scope) => {
      try {
        return run(scope)
      } catch (error) {
        // JavaScript itself throws where a value cannot be made a text or a number.
        if (error instanceof TypeError || error instanceof RangeError) {
          throw evaluationError(
            'The filter cannot be evaluated on this data.',
            this.#source.rangeOf(node.start, node.end),
          )
        }
        throw error
      }
    }
  }

  /** The frame of a child, where anything will ask for it. */
  #enter(container: unknown, key: string | number, up: Frame): Frame {
    return this.#looksBack ? { value: child(container, key), key, container, up } : up
  }

  /** The same value once more: `^` leads back here first. */
  #again(frame: Frame): Frame {
    return this.#looksBack ? { ...frame, up: frame } : frame
  }
}

function hasKey(value: unknown, key: string | number): boolean {
  return Boolean(value) && Object.hasOwn(value as object, key)
}

function child(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key]
}

function bound(index: number, length: number): number {
  return index < 0 ? Math.max(0, index + length) : Math.min(length, index)
}

function looksBack(segment: PathSegment): boolean {
  switch (segment.kind) {
    case 'parent':
    case 'keyName':
      return true
    case 'filter':
      return segment.condition !== undefined && asksForPlace(segment.condition)
    case 'computed':
      return segment.index !== undefined && asksForPlace(segment.index)
    case 'union':
      return segment.parts.some(looksBack)
    default:
      return false
  }
}

function asksForPlace(node: FilterNode): boolean {
  return (
    (node.kind === 'variable' && !['row', 'root'].includes(node.variable)) ||
    childrenOf(node).some(asksForPlace)
  )
}

const typeTests: Readonly<Record<ValueType, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  number: (value) => Number.isFinite(value),
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  undefined: (value) => value === undefined,
  nonFinite: (value) => typeof value === 'number' && !Number.isFinite(value),
  scalar: (value) => !value || (typeof value !== 'object' && typeof value !== 'function'),
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null,
  function: (value) => typeof value === 'function',
  other: () => false,
}
