import type { SourceRange } from '../errors/index.ts'

/** One place where an expression reads its context. */
export interface ExpressionRead {
  /** From the root: `inputs.page_size`, `items[*].id`; `[*]` stands for whatever is not known before it runs. */
  readonly path: string
  /** The leading names and indexes that are known before it runs. */
  readonly segments: readonly (string | number)[]
  readonly range: SourceRange
}

/** One call of a function. */
export interface ExpressionCall {
  readonly name: string
  readonly argumentCount: number
  readonly range: SourceRange
}

/** A step of a read: a name, an index, `*` for any child, `..` for any depth. */
export type ReadStep = { readonly key: string | number } | '*' | '..'

const plainName = /^[\p{L}_][\p{L}\p{N}_-]*$/u

/** The read that goes along `steps`. */
export function describeRead(steps: readonly ReadStep[], range: SourceRange): ExpressionRead {
  let path = ''
  const segments: (string | number)[] = []
  let known = true
  let deep = false
  for (const step of steps) {
    if (step === '..') {
      path += '..'
      known = false
      deep = true
      continue
    }
    if (step === '*') {
      path += '[*]'
      known = false
    } else if (typeof step.key === 'number') path += `[${step.key}]`
    else if (plainName.test(step.key)) path += path === '' || deep ? step.key : `.${step.key}`
    else path += `['${step.key}']`
    if (known && step !== '*') segments.push(step.key)
    deep = false
  }
  return { path: path === '' ? '$' : path, segments, range }
}

/** The step to a key as written: `0` in a path or in brackets is an index. */
export function keyStep(text: string): ReadStep {
  return { key: /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text }
}
