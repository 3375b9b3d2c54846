import { type CompiledExpression, compileExpression } from '../../expression/index.ts'
import { isRecord, parseSoapXml } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import { type AnswerFailure, findFault, findGraphqlErrors, soapContent } from './answer-failure.ts'
import { compilePath } from './compile-path.ts'

/** How an answer is read, compiled. */
export interface ResponsePlan {
  /** The step's `output.data` from the parsed body. */
  readonly read: (body: unknown) => ReadResult
  /** Keys on the way to the data in a body, for who makes up an answer; as far as the definition tells. */
  readonly dataPath: readonly string[]
  /** The definition declares shapes, so an answer of none of them is an error. */
  readonly declared: boolean
  /** What the declared shapes come to: a list of rows, or one record with the keys it must have. */
  readonly shape?:
    | { readonly kind: 'rows' }
    | { readonly kind: 'record'; readonly requires: readonly string[] }
  /** The body is not read at all. */
  readonly ignored: boolean
  /** The body must be JSON, whatever its Content-Type says. */
  readonly json: boolean
  /** Reads the text in place of what its Content-Type says. @throws where it cannot */
  readonly parse?: (text: string) => unknown
  /** Finds a failure in an answer of whatever status. */
  readonly findFailure?: (body: unknown) => AnswerFailure | undefined
  /** What the shapes are, in words. */
  readonly expected: string
  /** The first matching entry decides; see the format's `customErrors`. */
  readonly customErrors: readonly CustomError[]
  /** Where the provider's error text stands, tried in order before the format's own places. */
  readonly errorMessageReaders: readonly ((body: unknown) => unknown)[]
  readonly requestIdHeaders: readonly string[]
  /** What a failure counts as by the provider's own code in it; undefined where the definition knows no such code. */
  readonly statusOf?: (body: unknown) => number | undefined
}

export type ReadResult = { readonly ok: true; readonly data: unknown } | { readonly ok: false }

export interface CustomError {
  readonly receivedStatus: number
  readonly targetStatus: number
  readonly condition?: (view: CustomErrorView) => unknown
  readonly message?: (view: CustomErrorView) => unknown
}

/** What the expressions of `customErrors` see. */
export interface CustomErrorView {
  readonly data: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly requestUrl: string
  readonly message: string | undefined
  readonly credentials: Readonly<Record<string, unknown>>
}

/**
 * How the body of an answer is taken. `literal`, for uploads: `dataKey` is one key; `soap`: one key of what the
 * envelope holds; `soap-path`: a path there.
 */
export type ResponseStyle = 'plain' | 'literal' | 'soap' | 'soap-path'

const commonRequestIds = ['x-request-id', 'x-correlation-id', 'request-id', 'x-amzn-requestid']

export function compileResponse(
  parameters: Readonly<Record<string, unknown>>,
  parametersAt: DefinitionPath,
  shapes: unknown,
  errors: unknown,
  compiler: Compiler,
  style: ResponseStyle = 'plain',
): ResponsePlan {
  const declared = isRecord(shapes) ? shapes : {}
  const rows = pathsOf(declared['rows'])
  const record = pathsOf(declared['record'])
  const errorKeys = isRecord(errors) ? errors : {}
  const requestIds = pathsOf(errorKeys['requestId']).map((name) => name.toLowerCase())
  const hasShapes = rows.length > 0 || record.length > 0
  const requires = pathsOf(declared['requires'])
  const read =
    rows.length > 0
      ? readRows(rows, style === 'soap' || style === 'soap-path')
      : record.length > 0
        ? readRecord(record, requires)
        : compilePlainResponse(parameters['response'], compiler, [...parametersAt, 'response'], style)
  const isSoap = style === 'soap' || style === 'soap-path'
  const isGraphql = declared['format'] === 'graphql'
  const allowPartial = declared['partial'] === true
  return {
    read: isSoap ? (body) => read(soapContent(body)) : read,
    ...(isSoap ? { parse: parseSoapXml, findFailure: findFault } : {}),
    ...(isGraphql ? { findFailure: (body: unknown) => findGraphqlErrors(body, allowPartial) } : {}),
    declared: hasShapes,
    dataPath: keysOf(rows[0] ?? record[0] ?? dataKeyOf(parameters['response'])),
    ...(rows.length > 0 ? { shape: { kind: 'rows' as const } } : {}),
    ...(rows.length === 0 && record.length > 0 ? { shape: { kind: 'record' as const, requires } } : {}),
    ignored: declared['ignore'] === true,
    json: !isSoap && (hasShapes || isGraphql || declared['format'] === 'json'),
    expected: rows.length > 0 ? `a list at ${rows.join(' or ')}` : `an object at ${record.join(' or ')}`,
    customErrors: compileCustomErrors(parameters['customErrors'], compiler, [
      ...parametersAt,
      'customErrors',
    ]),
    errorMessageReaders: pathsOf(errorKeys['message']).map(compileErrorPath),
    requestIdHeaders: requestIds.length > 0 ? requestIds : commonRequestIds,
    ...compileStatuses(errorKeys),
  }
}

/** The keys of a path; of a program the first thing it reads. */
function keysOf(path: string): readonly string[] {
  return path.split('.').filter((key) => key !== '' && key !== '$')
}

function dataKeyOf(response: unknown): string {
  const key = isRecord(response) ? response['dataKey'] : undefined
  if (typeof key !== 'string') return ''
  return key.trimStart().startsWith('{{')
    ? (/[A-Za-z_][\w.]*/.exec(key.replaceAll('$.', ''))?.[0] ?? '')
    : key
}

/** `code` and `statuses` of `x-mainspring.errors`. A fault code is known by its local name. */
function compileStatuses(errors: Readonly<Record<string, unknown>>): Pick<ResponsePlan, 'statusOf'> {
  const { statuses } = errors
  if (!isRecord(statuses)) return {}
  const readers = pathsOf(errors['code']).map(compileErrorPath)
  const byCode = new Map(Object.entries(statuses).map(([code, status]) => [code, Number(status)]))
  return {
    statusOf(body) {
      const code = readers.map((read) => read(body)).find((value) => typeof value === 'string')
      return typeof code === 'string' ? byCode.get(code.trim().replace(/^[^:]*:/, '')) : undefined
    },
  }
}

/**
 * The first candidate that is there decides; null there means no rows. XML has no lists: an element that stands there once
 * is a list of one, and an answer without one a list of none.
 */
function readRows(candidates: readonly string[], isXml: boolean): ResponsePlan['read'] {
  const readers = candidates.map(compilePath)
  return (body) => {
    for (const reader of readers) {
      const value = reader(body)
      if (Array.isArray(value)) return { ok: true, data: value }
      if (value === null) return { ok: true, data: [] }
      if (isXml && isRecord(value)) return { ok: true, data: [value] }
    }
    const answers = candidates.map((path) => compilePath(path.split('.')[0] ?? path))
    if (isXml && answers.some((read) => read(body) !== undefined)) return { ok: true, data: [] }
    return { ok: false }
  }
}

/** The first candidate that is an object with the required keys. */
function readRecord(candidates: readonly string[], required: readonly string[]): ResponsePlan['read'] {
  const readers = candidates.map(compilePath)
  return (body) => {
    for (const reader of readers) {
      const value = reader(body)
      if (
        isRecord(value) &&
        required.every((key) => Object.hasOwn(value, key) && value[key] !== null && value[key] !== '')
      )
        return { ok: true, data: value }
    }
    return { ok: false }
  }
}

/** As {@link compilePath}, with `errors[0].message` written as in the format's own paths. */
function compileErrorPath(path: string): (body: unknown) => unknown {
  return compilePath(path.replace(/\[(\d+)\]/g, '.$1'))
}

/** `dataKey`, `collection` and `indexField` of the format. A missing dataKey gives undefined, and the step succeeds. */
function compilePlainResponse(
  response: unknown,
  compiler: Compiler,
  at: DefinitionPath,
  style: ResponseStyle,
): ResponsePlan['read'] {
  const { dataKey, indexField, collection } = isRecord(response) ? response : {}
  const compileKey = style === 'plain' || style === 'soap-path' ? compileDataKey : literalKey
  const readData =
    typeof dataKey === 'string' ? compileKey(dataKey, compiler, [...at, 'dataKey']) : (body: unknown) => body
  if (typeof indexField !== 'string') return (body) => ({ ok: true, data: readData(body) })
  return (body) => ({ ok: true, data: indexBy(readData(body), indexField, collection === true) })
}

/** A dotted path or `{{expression}}` over the response body; failing that, the literal key. */
export function compileDataKey(
  key: string,
  compiler: Compiler,
  at: DefinitionPath,
): (body: unknown) => unknown {
  if (key.trimStart().startsWith('{{')) return safely(compiler.expression(key, at))
  const path = compilePathText(key.startsWith('$') ? key : `$.${key}`)
  return (body) => {
    const value = path?.evaluateSafely(body)
    if (value !== undefined) return value
    return isRecord(body) && Object.hasOwn(body, key) ? body[key] : undefined
  }
}

function literalKey(key: string): (body: unknown) => unknown {
  return (body) => (isRecord(body) && Object.hasOwn(body, key) ? body[key] : undefined)
}

/** A key that is no path, such as one with an odd character, is a literal key and no mistake. */
function compilePathText(path: string): CompiledExpression | undefined {
  try {
    return compileExpression(path)
  } catch {
    return undefined
  }
}

function indexBy(data: unknown, field: string, collection: boolean): unknown {
  const entry = (record: unknown): [string, unknown][] =>
    isRecord(record) && Object.hasOwn(record, field) && record[field] !== undefined && record[field] !== null
      ? [[String(record[field]), record]]
      : []
  if (Array.isArray(data)) return collection ? Object.fromEntries(data.flatMap(entry)) : data
  return isRecord(data) && !collection ? Object.fromEntries(entry(data)) : data
}

function compileCustomErrors(list: unknown, compiler: Compiler, at: DefinitionPath): CustomError[] {
  if (!Array.isArray(list)) return []
  return list.filter(isRecord).map((entry, index): CustomError => {
    const text = (key: string) => {
      const value = entry[key]
      return typeof value === 'string' ? safely(compiler.expression(value, [...at, index, key])) : () => value
    }
    return {
      receivedStatus: Number(entry['receivedStatus']),
      targetStatus: Number(entry['targetStatus']),
      ...(entry['condition'] === undefined ? {} : { condition: text('condition') }),
      ...(entry['message'] === undefined ? {} : { message: text('message') }),
    }
  })
}

function pathsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
