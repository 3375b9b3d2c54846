import { ResponseError } from '../../errors/index.ts'
import { parseJson } from '../../http/index.ts'
import type { DownloadPlan } from '../../plan/index.ts'

/** The bytes of a file as the definition wants them. @throws {ResponseError} */
export function encodeFile(bytes: Buffer, as: DownloadPlan['as']): unknown {
  switch (as) {
    case 'base64':
      return bytes.toString('base64')
    case 'utf8':
      return bytes.toString('utf8')
    case 'binary':
      return bytes.toString('latin1')
    case 'bytes':
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    case 'json':
      try {
        return parseJson(bytes.toString('utf8'))
      } catch {
        throw new ResponseError('response/unreadable', {
          message: 'The file is not the JSON that it should be.',
        })
      }
  }
}
