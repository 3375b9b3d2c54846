import { InputError } from '../../errors/index.ts'
import { buildXml, encodeForm, isRecord, isXml, mediaType } from '../../http/index.ts'
import type { PlacedArguments } from './compile-arguments.ts'

/** The text of a body and the type it has, unless the step names one itself. */
export interface WrittenBody {
  readonly text: string
  readonly contentType: string
}

/**
 * The body as its `Content-Type` header asks: form, XML, else JSON. An empty object is no payload.
 *
 * @throws {InputError} a body that the type cannot express
 */
export function writeBody(placed: PlacedArguments): WrittenBody | undefined {
  const declared = placed.headers['content-type']
  if (placed.inlineBody !== undefined && placed.inlineBody !== '')
    return { text: placed.inlineBody, contentType: declared ?? 'text/plain; charset=utf-8' }
  const { body } = placed
  if (body === undefined || (isRecord(body) && Object.keys(body).length === 0)) return undefined
  const type = mediaType(declared)
  if (type === 'application/x-www-form-urlencoded' && isRecord(body))
    return { text: encodeForm(body), contentType: declared ?? type }
  if (isXml(type)) return { text: writeXml(body), contentType: declared ?? type }
  return { text: writeJson(body), contentType: declared ?? 'application/json' }
}

/** @throws {InputError} a value that JSON cannot hold */
export function writeJson(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw new InputError([
      {
        code: 'input/invalid',
        name: 'body',
        message: 'The body cannot be written as JSON: it holds a circle or a BigInt.',
      },
    ])
  }
}

function writeXml(body: unknown): string {
  if (isRecord(body) && Object.keys(body).length === 1) return buildXml(body)
  throw new InputError([
    {
      code: 'input/invalid',
      name: 'body',
      message: 'An XML body must be an object with one key, its root element.',
    },
  ])
}
