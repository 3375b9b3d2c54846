import { randomUUID } from 'node:crypto'
import { isStreamed, type StreamedBody } from './streamed-body.ts'

/** One field of a form (RFC 7578). */
export interface FormPart {
  readonly name: string
  readonly content: string | Uint8Array | StreamedBody
  /** Makes it a file. */
  readonly fileName?: string
  readonly contentType?: string
}

/** A form with files, ready to be sent. */
export interface MultipartBody {
  readonly body: StreamedBody
  readonly contentType: string
}

/** `multipart/form-data`, written part by part while it is sent: a file in it is never held. */
export function encodeMultipart(
  parts: readonly FormPart[],
  boundary = `mainspring-${randomUUID()}`,
): MultipartBody {
  const heads = parts.map((part) => Buffer.from(headOf(part, boundary)))
  const newline = Buffer.from('\r\n')
  const end = Buffer.from(`--${boundary}--\r\n`)
  const lengths = parts.map(({ content }) => lengthOf(content))
  const known = lengths.every((length) => length !== undefined)
  const bytes = parts.reduce(
    (sum, _, index) => sum + (heads[index]?.length ?? 0) + (lengths[index] ?? 0) + newline.length,
    end.length,
  )
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      ...(known ? { bytes } : {}),
      preview: `${parts.map((part) => `${headOf(part, boundary)}${preview(part)}\r\n`).join('')}${end.toString()}`,
      async *open(signal) {
        for (const [index, { content }] of parts.entries()) {
          const head = heads[index]
          if (head !== undefined) yield head
          if (isStreamed(content)) yield* content.open(signal)
          else yield typeof content === 'string' ? Buffer.from(content) : content
          yield newline
        }
        yield end
      },
    },
  }
}

function headOf({ name, fileName, contentType }: FormPart, boundary: string): string {
  const file = fileName === undefined ? '' : `; filename="${escapeName(fileName)}"`
  const type = contentType === undefined ? '' : `Content-Type: ${contentType.replace(/[\r\n]+/g, ' ')}\r\n`
  return `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"${file}\r\n${type}\r\n`
}

/** As browsers write them (WHATWG, multipart/form-data encoding algorithm): a name cannot end its quotes or its line. */
function escapeName(name: string): string {
  return name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22')
}

function lengthOf(content: FormPart['content']): number | undefined {
  if (typeof content === 'string') return Buffer.byteLength(content)
  return isStreamed(content) ? content.bytes : content.length
}

function preview({ content }: FormPart): string {
  if (typeof content === 'string') return content
  const bytes = lengthOf(content)
  return bytes === undefined ? '<bytes of the file>' : `<${bytes} bytes>`
}
