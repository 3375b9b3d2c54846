import { isJson, isXml, mediaType, parseXml } from '../../http/index.ts'

export type DecodedBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly why: string }

/**
 * The text of an answer as data, by its Content-Type: JSON and XML are parsed, other text is tried as JSON and else
 * kept as text. Empty is undefined.
 *
 * @param mustBeJson - the definition says that the provider speaks JSON only
 */
export function decodeBody(text: string, contentType: string | undefined, mustBeJson: boolean): DecodedBody {
  if (text.trim() === '')
    return mustBeJson ? { ok: false, why: 'the body is empty' } : { ok: true, body: undefined }
  const type = mediaType(contentType)
  if (isXml(type) && !mustBeJson) return attempt(() => parseXml(text), 'the body is not well-formed XML')
  const json = attempt(
    () => JSON.parse(text) as unknown,
    isJson(type) || type === '' ? 'the body is not valid JSON' : `the body is ${type}, not JSON`,
  )
  return json.ok || mustBeJson || isJson(type) ? json : { ok: true, body: text }
}

function attempt(parse: () => unknown, why: string): DecodedBody {
  try {
    return { ok: true, body: parse() }
  } catch {
    return { ok: false, why }
  }
}
