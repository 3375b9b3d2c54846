import { isJson, isXml, JsonError, mediaType, parseJson, parseXml } from '../../http/index.ts'

export type DecodedBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly code: UnreadableCode; readonly why: string }

/** Why a body cannot be taken. */
export type UnreadableCode = 'response/unreadable' | 'response/too-deep' | 'response/duplicate-key'

/** How a body has to be taken. */
export interface BodyRules {
  /** The definition says that the provider speaks JSON only. */
  readonly mustBeJson: boolean
  /** As the original reads: the last of two equal keys counts, and large integers are rounded. */
  readonly asOriginal: boolean
}

/**
 * The text of an answer as data, by its Content-Type: JSON and XML are parsed, other text is tried as JSON and else
 * kept as text. Empty is undefined.
 */
export function decodeBody(
  text: string,
  contentType: string | undefined,
  { mustBeJson, asOriginal }: BodyRules,
): DecodedBody {
  if (text.trim() === '') return mustBeJson ? unreadable('the body is empty') : { ok: true, body: undefined }
  const type = mediaType(contentType)
  if (isXml(type) && !mustBeJson) return readXml(text)
  const json = readJson(text, asOriginal, isJson(type) || type === '' ? undefined : type)
  return json.ok || mustBeJson || isJson(type) ? json : { ok: true, body: text }
}

function readXml(text: string): DecodedBody {
  try {
    return { ok: true, body: parseXml(text) }
  } catch {
    return unreadable('the body is not well-formed XML')
  }
}

/** @param type - what the body claims to be, where that is not JSON */
function readJson(text: string, asOriginal: boolean, type: string | undefined): DecodedBody {
  try {
    return { ok: true, body: asOriginal ? (JSON.parse(text) as unknown) : parseJson(text) }
  } catch (error) {
    if (!(error instanceof JsonError)) return unreadable('the body is not valid JSON')
    if (error.kind === 'invalid')
      return unreadable(
        type === undefined ? `the body cannot be read: ${error.message}` : `the body is ${type}, not JSON`,
      )
    return { ok: false, code: `response/${error.kind}`, why: `the body cannot be taken: ${error.message}` }
  }
}

function unreadable(why: string): DecodedBody {
  return { ok: false, code: 'response/unreadable', why }
}
