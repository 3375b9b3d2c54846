import { StepError } from '../../errors/index.ts'
import type { RequestEffect } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'

/** The method of a request: known before the run, unless an expression stands at it. */
export interface MethodPlan {
  /** Upper case; of an expression, the one that is most careful. */
  readonly method: string
  readonly effect: RequestEffect
  /** @throws {StepError} an expression that gives no method */
  choose(context: RunContext): string
}

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const reads: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

export function effectOf(method: string): RequestEffect {
  return reads.includes(method) ? 'read' : 'write'
}

export function compileMethod(given: unknown, compiler: Compiler, at: DefinitionPath): MethodPlan {
  const { constant, evaluate } = compiler.value(given ?? 'get', at)
  if (constant) {
    const method = String(given ?? 'get').toUpperCase()
    return { method, effect: effectOf(method), choose: () => method }
  }
  return {
    method: 'POST',
    effect: 'write',
    choose(context) {
      const method = String(evaluate(context)).toUpperCase()
      if (methods.includes(method)) return method
      throw new StepError('step/failed', { message: 'The expression at `method` gives no HTTP method.' })
    },
  }
}
