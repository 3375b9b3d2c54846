import type { ConnectorModel } from '../definition/index.ts'
import {
  type Diagnostic,
  type ErrorCodeIn,
  type ExpressionError,
  errorCatalogue,
  type Location,
  type Severity,
} from '../errors/index.ts'
import { type CompiledExpression, compileExpression, compileRecord } from '../expression/index.ts'
import type { Evaluate } from './run-context.ts'

/** Where a value stands in the resolved definition. */
export type DefinitionPath = readonly (string | number)[]

/** What a compiled text or record says beside its closure. */
export interface Compiled {
  readonly evaluate: Evaluate
  /** What it reads, root-relative: `inputs.page_size`. */
  readonly paths: readonly string[]
  /** The names it can read; undefined where it looks at all of them. */
  readonly roots: readonly string[] | undefined
  /** The paths whose value is taken over as it is, null and type included. */
  readonly direct: readonly string[]
  /** Nothing in it is evaluated. */
  readonly constant: boolean
}

/** Turns texts of a model into closures, and collects what is wrong with them at its place. */
export interface Compiler {
  readonly model: ConnectorModel
  /** `x-mainspring.compat: exact`: what is compiled behaves as the original does, see `exact/differences.ts`. */
  readonly exact: boolean
  /** The same compiler in the other mode, with the same diagnostics. */
  inMode(exact: boolean): Compiler
  readonly diagnostics: readonly Diagnostic[]
  /** One text. Undefined after a syntax error, which is reported. */
  expression(text: string, at: DefinitionPath): CompiledExpression | undefined
  /** Any value, its strings at every depth being expressions. Where one fails at run time, null stands. */
  value(value: unknown, at: DefinitionPath): Compiled
  report(
    code: ErrorCodeIn<'definition'> | ErrorCodeIn<'expression'> | 'step/unsupported',
    message: string,
    at: DefinitionPath,
    more?: ReportDetails,
  ): void
  locate(at: DefinitionPath, part?: 'key' | 'value'): Location
}

interface ReportDetails {
  readonly severity?: Severity
  readonly hint?: string
  readonly part?: 'key' | 'value'
  readonly related?: Diagnostic['related']
}

export function createCompiler(model: ConnectorModel): Compiler {
  const diagnostics: Diagnostic[] = []

  const report: Compiler['report'] = (code, message, at, more = {}) => {
    diagnostics.push({
      code,
      severity: more.severity ?? 'error',
      message,
      hint: more.hint ?? errorCatalogue[code].remedy,
      location: model.locate(at, more.part),
      pointer: toPointer(at),
      ...(more.related === undefined ? {} : { related: more.related }),
    })
  }

  const reportSyntax = (error: ExpressionError, at: DefinitionPath): void => {
    const location = error.range
      ? model.locateInScalar(at, error.range.start.offset, error.range.end.offset)
      : model.locate(at)
    diagnostics.push({
      code: error.code,
      severity: isNeeded(at) ? 'error' : 'warning',
      message: error.message,
      hint: error.hint,
      location,
      pointer: toPointer(at),
    })
  }

  const inMode = (exact: boolean): Compiler => {
    const options = { originalHoles: exact }
    const known = new Map<string, CompiledExpression>()
    const compileOnce = (text: string): CompiledExpression => {
      const found = known.get(text)
      if (found !== undefined) return found
      const expression = compileExpression(text, options)
      known.set(text, expression)
      return expression
    }
    const compiler: Compiler = {
      model,
      exact,
      inMode: (wanted) => (wanted === exact ? compiler : inMode(wanted)),
      diagnostics,
      report,
      locate: (at, part) => model.locate(at, part),
      expression(text, at) {
        try {
          return compileOnce(text)
        } catch (error) {
          reportSyntax(error as ExpressionError, at)
          return undefined
        }
      },
      value(value, at) {
        const record = compileRecord(value, options, compileOnce)
        for (const problem of record.problems) reportSyntax(problem.error, [...at, ...problem.pointer])
        const expressions = record.expressions.map((entry) => entry.expression)
        return {
          evaluate: record.evaluate,
          paths: record.paths,
          roots: record.roots,
          direct: expressions.filter(({ kind }) => kind === 'path').flatMap(({ paths }) => paths),
          constant: expressions.every(({ constant }) => constant),
        }
      },
    }
    return compiler
  }
  return inMode(false)
}

/**
 * Whether a request cannot be made without the value. Anywhere else the original evaluates a text that does not parse to
 * null and goes on, so its mistake is a warning; what is ours was never tolerated.
 */
function isNeeded(at: DefinitionPath): boolean {
  const last = at.at(-1)
  return last === 'baseUrl' || last === 'url' || at.includes('authorization') || at.includes('x-mainspring')
}

/** The compiler for what an `x-mainspring` stands on: its `compat` decides, else the mode around it. */
export function compilerOfMode(around: Compiler, extension: { readonly compat?: unknown } = {}): Compiler {
  const { compat } = extension
  return compat === undefined ? around : around.inMode(compat === 'exact')
}

/** The same compiler, and what the expressions read that it compiles: `steps.get.output.data.people`. */
export function recordReads(compiler: Compiler): {
  readonly compiler: Compiler
  readonly reads: Set<string>
} {
  const reads = new Set<string>()
  const note = <Value extends { readonly paths: readonly string[] } | undefined>(compiled: Value): Value => {
    for (const path of compiled?.paths ?? []) reads.add(path)
    return compiled
  }
  const recording: Compiler = {
    ...compiler,
    expression: (text, at) => note(compiler.expression(text, at)),
    value: (value, at) => note(compiler.value(value, at)),
  }
  return { compiler: recording, reads }
}

/** RFC 6901. */
function toPointer(at: DefinitionPath): string {
  return at.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** `evaluate` of a compiled expression that never throws: null stands for a failure, as the format has it. */
export function safely(expression: CompiledExpression | undefined): (context: unknown) => unknown {
  return expression === undefined ? () => null : (context) => expression.evaluateSafely(context)
}
