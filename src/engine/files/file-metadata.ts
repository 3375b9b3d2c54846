import { parse } from 'content-disposition'

/** What is known of a file. */
export interface FileMetadata {
  /** Without folders, whatever the provider sent. */
  readonly fileName?: string
  readonly contentType?: string
  /** In bytes. */
  readonly size: number
}

/** The name of a file by the head of its answer: `Content-Disposition` (RFC 6266), else the end of its address. */
export function fileNameOf(headers: Readonly<Record<string, string>>, url: string): string | undefined {
  const declared = headers['content-disposition']
  const named = declared === undefined ? undefined : parse(declared).parameters['filename']
  return cleanName(named) ?? cleanName(lastSegment(url))
}

/** A name without folders and control characters; undefined where nothing is left. */
export function cleanName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const [base = ''] = name
    .replace(/\p{Cc}/gu, '')
    .split(/[/\\]/)
    .slice(-1)
  return base === '' || base === '.' || base === '..' ? undefined : base
}

function lastSegment(url: string): string | undefined {
  const segment = URL.parse(url)?.pathname.split('/').at(-1)
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment)
  } catch {
    return segment
  }
}
