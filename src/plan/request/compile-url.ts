import { StepError } from '../../errors/index.ts'
import type { CompiledExpression } from '../../expression/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { NoteDifference } from '../exact/request-note.ts'
import type { RunContext } from '../run-context.ts'
import { type Region, refuseValue, writeUrlValue } from './url-value.ts'

/** A URL template, compiled. */
export interface UrlPlan {
  /** Absolute and encoded. @throws {InputError | AuthError | StepError} a value that cannot stand where the template puts it */
  build(context: RunContext, note?: NoteDifference): string
  /** The path with names for values: `/people/{person_id}/notes`. */
  readonly template: string
  /** What it reads, root-relative. */
  readonly paths: readonly string[]
  /** The port that the base URL itself writes. */
  readonly declaredPort?: number
}

type Piece = { readonly kind: 'text'; readonly value: string } | ValuePiece

interface ValuePiece {
  readonly kind: 'value'
  readonly evaluate: (context: RunContext) => unknown
  /** What the value reads first: `inputs.person_id`. */
  readonly reads: string
  readonly region: Region
}

/**
 * Compiles base URL and path together. The original joins the texts as they are; here each value is encoded as one
 * path segment (or one query value), and one that would change host or path is refused. In exact mode the texts are
 * joined, and only the host is guarded.
 */
export function compileUrl(
  baseUrl: string,
  baseAt: DefinitionPath,
  url: string,
  urlAt: DefinitionPath,
  compiler: Compiler,
): UrlPlan {
  const base = piecesOf(compiler.expression(baseUrl, baseAt), baseUrl, '')
  const path = url === '' ? [] : piecesOf(compiler.expression(url, urlAt), url, sketch(base))
  const write = (pieces: readonly Piece[], context: RunContext, note?: NoteDifference): string => {
    let text = ''
    for (const piece of pieces) text += piece.kind === 'text' ? piece.value : writePiece(piece, context, note)
    return text
  }
  const joinOriginal = compiler.exact
    ? joinAsOriginal(compiler.expression(baseUrl, baseAt), url, compiler.expression(url, urlAt))
    : undefined
  const blame = [...base, ...path].find((piece) => piece.kind === 'value')?.reads ?? 'baseUrl'
  const port = Number(URL.parse(sketch(base))?.port ?? 0)
  const originOf = keepLast((start: string) => parse(start)?.origin)
  return {
    build(context, note) {
      const start = write(base, context)
      const full = joinOriginal?.(context) ?? start + write(path, context, note)
      return checkUrl(originOf(start), full, blame)
    },
    template: path
      .map((piece) => (piece.kind === 'text' ? piece.value : `{${lastName(piece.reads)}}`))
      .join(''),
    paths: [...base, ...path].flatMap((piece) => (piece.kind === 'text' ? [] : [piece.reads])),
    ...(port === 0 ? {} : { declaredPort: port }),
  }
}

function writePiece(piece: ValuePiece, context: RunContext, note?: NoteDifference): string {
  const value = piece.evaluate(context)
  const text = writeUrlValue(value, piece.region, piece.reads)
  if (note !== undefined && text !== String(value))
    note(
      'unencoded-path',
      `The value of \`${piece.reads}\` is percent-encoded in the URL; the original would send it as it is.`,
    )
  return text
}

/** Base URL and path as the original joins them: nothing encoded, and what cannot be filled stays. */
function joinAsOriginal(
  base: CompiledExpression | undefined,
  url: string,
  path: CompiledExpression | undefined,
): (context: RunContext) => string {
  return (context) =>
    [base, ...(url === '' ? [] : [path])]
      .map((part) => {
        const text = part?.evaluateSafely(context)
        if (typeof text !== 'string')
          throw new StepError('step/failed', {
            message: 'The URL comes to nothing: its expression gives no text.',
          })
        return text
      })
      .join('')
}

function piecesOf(expression: CompiledExpression | undefined, text: string, before: string): Piece[] {
  if (expression === undefined || expression.kind === 'text') return [{ kind: 'text', value: text }]
  if (expression.template === undefined) {
    const region = before === '' ? 'base' : 'raw'
    return [
      {
        kind: 'value',
        evaluate: (context) => expression.evaluateSafely(context),
        reads: expression.paths[0] ?? text,
        region,
      },
    ]
  }
  const pieces: Piece[] = []
  for (const part of expression.template) {
    const piece: Piece =
      part.kind === 'text'
        ? { kind: 'text', value: part.value }
        : {
            kind: 'value',
            evaluate: part.evaluate,
            reads: part.paths[0] ?? part.source,
            region: regionAfter(before + sketch(pieces)),
          }
    pieces.push(piece)
  }
  return pieces
}

/** The pieces as text, with a harmless stand-in for each value: enough to see where the next one stands. */
function sketch(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      piece.kind === 'text' ? piece.value : piece.region === 'base' ? 'https://host' : 'value',
    )
    .join('')
}

function regionAfter(before: string): Region {
  if (before === '') return 'base'
  const scheme = before.indexOf('://')
  const rest = scheme === -1 ? before : before.slice(scheme + 3)
  if (rest.includes('?')) return 'query'
  return rest.includes('/') ? 'path' : 'authority'
}

/** The last line of defence: whatever the values were, the request goes to the host that the base URL names. */
function checkUrl(origin: string | undefined, full: string, blame: string): string {
  const parsed = parse(full)
  if (origin === undefined || parsed === undefined)
    return refuseValue(blame, 'does not give a valid http or https URL')
  if (parsed.origin !== origin || parsed.username !== '' || parsed.password !== '')
    return refuseValue(blame, 'would send the request to another host')
  return full
}

/** Remembers its last answer: the runs of a plan mostly have the same base URL. */
function keepLast<Value>(compute: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, value: compute(text) }
    return last.value
  }
}

function parse(text: string): URL | undefined {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

function lastName(path: string): string {
  return path.split('.').at(-1) ?? path
}
