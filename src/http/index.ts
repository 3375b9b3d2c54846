export { exactNumber, readExactJson, writeExactJson } from './exact-json.ts'
export { encodeForm } from './form-body.ts'
export { isRecord, textsWithin } from './json-value.ts'
export { holdsLargeNumber } from './large-number.ts'
export { maskHeaders, maskUrl } from './mask-request.ts'
export { isJson, isXml, mediaType } from './media-type.ts'
export { encodeMultipart, type FormPart, type MultipartBody } from './multipart.ts'
export { JsonError, parseJson } from './parse-json.ts'
export type {
  ClientCertificate,
  PreparedRequest,
  RequestEffect,
  RequestSecrets,
} from './prepared-request.ts'
export {
  type ArrayFormat,
  appendQuery,
  buildQueryString,
  encodeValue,
  type QueryParameter,
} from './query-string.ts'
export { createRedactor, mask, type Redact } from './redact.ts'
export { isStreamed, type StreamedBody } from './streamed-body.ts'
export { buildXml, parseSoapXml, parseXml, XmlError } from './xml.ts'
