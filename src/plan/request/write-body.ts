import { InputError, MainspringError } from '../../errors/index.ts'
import {
  buildXml,
  encodeForm,
  isRecord,
  isXml,
  mediaType,
  type PreparedRequest,
  writeExactJson,
  XmlError,
} from '../../http/index.ts'
import type { RunContext } from '../run-context.ts'
import type { PlacedArguments } from './compile-arguments.ts'

/** A body and the type it has, unless the step names one itself. */
export interface WrittenBody {
  readonly content: NonNullable<PreparedRequest['body']>
  readonly contentType: string
  /** Headers that belong to such a body; an argument of the same name goes before one. */
  readonly headers?: Readonly<Record<string, string>>
  /** Secrets as they stand in it. */
  readonly secretValues?: readonly string[]
}

/** Makes the body of a request from its placed arguments. */
export type BodyWriter = (placed: PlacedArguments, context: RunContext) => WrittenBody | undefined

/**
 * The body as its `Content-Type` header asks: form, XML, else JSON. An empty object is no payload.
 *
 * @throws {InputError} a body that the type cannot express
 */
export function writeBody(placed: PlacedArguments): WrittenBody | undefined {
  const declared = placed.headers['content-type']
  if (placed.inlineBody !== undefined && placed.inlineBody !== '')
    return { content: placed.inlineBody, contentType: declared ?? 'text/plain; charset=utf-8' }
  const { body } = placed
  if (body === undefined || (isRecord(body) && Object.keys(body).length === 0)) return undefined
  const type = mediaType(declared)
  if (type === 'application/x-www-form-urlencoded' && isRecord(body))
    return { content: encodeForm(body), contentType: declared ?? type }
  if (isXml(type)) return { content: writeXml(body), contentType: declared ?? type }
  return { content: writeJson(body), contentType: declared ?? 'application/json' }
}

/** @throws {InputError} a value that JSON cannot hold */
export function writeJson(body: unknown): string {
  try {
    return writeExactJson(body)
  } catch (error) {
    // A value may know better what is wrong with it.
    if (error instanceof MainspringError) throw error
    return refuse('The body cannot be written as JSON: it holds a circle.')
  }
}

function writeXml(body: unknown): string {
  if (!isRecord(body) || Object.keys(body).length !== 1 || Array.isArray(Object.values(body)[0]))
    return refuse('An XML body must be an object with one key, its root element.')
  try {
    return buildXml(body)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return refuse(`The body cannot be written as XML: ${error.message}.`)
  }
}

function refuse(message: string): never {
  throw new InputError([{ code: 'input/invalid', name: 'body', message }])
}
