import { ExpressionError } from '../../../src/errors/index.ts'
import { compileExpression, isValidExpression, PathFailure } from '../../../src/expression/index.ts'
import { fromTagged, toTagged } from './tagged-value.ts'

/** A case as this program takes it; contexts and outcomes are tagged. */
export interface CaseInput {
  readonly expression: unknown
  readonly context: unknown
  readonly options?: { readonly incrementalJsonPath?: boolean }
}

export interface Outcome {
  readonly evaluate: { value: unknown } | { undefined: true } | { error: string; failure?: unknown }
  readonly safeEvaluate: { value: unknown } | { undefined: true }
  readonly isValid: boolean
}

// A program of its own, since a time zone belongs to a process: takes cases as JSON on its standard input, and writes
// what came of each to its standard output.
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const input = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { now: string; cases: CaseInput[] }
const now = (): number => Date.parse(input.now)

const outcomes = input.cases.map(({ expression, context, options }): Outcome => {
  const text = expression as string
  const data = fromTagged(context)
  return {
    evaluate: attempt(() =>
      compileExpression(text, { now, incrementalPath: options?.incrementalJsonPath }).evaluate(data),
    ),
    safeEvaluate: safely(() => compileExpression(text, { now }).evaluateSafely(data)),
    isValid: isValidExpression(text),
  }
})
process.stdout.write(JSON.stringify(outcomes))

function attempt(run: () => unknown): Outcome['evaluate'] {
  try {
    return told(run())
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { error: error.code, ...(error instanceof PathFailure ? { failure: error.failure } : {}) }
  }
}

/** What does not compile has no `evaluateSafely`; the caller takes null for it. */
function safely(run: () => unknown): Outcome['safeEvaluate'] {
  try {
    return told(run())
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { value: null }
  }
}

function told(value: unknown): { value: unknown } | { undefined: true } {
  return value === undefined ? { undefined: true } : { value: toTagged(value) }
}
