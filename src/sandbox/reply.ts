/** Rows under a key, kept apart from the envelope so that a fault can change them. */
export interface ListReply {
  readonly key: string
  readonly rows: readonly unknown[] | null
  readonly meta?: { readonly total: number; readonly page?: number }
}

/** What the sandbox answers, before it becomes bytes. At most one of `body`, `list` and `text` is there. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: unknown
  readonly list?: ListReply
  /** Sent as it stands, whatever the content type says. */
  readonly text?: string
}

/** The reply's bytes; empty where it has no content. */
export function replyBytes({ body, list, text }: Reply): Buffer {
  if (text !== undefined) return Buffer.from(text)
  if (list === undefined) return body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body))
  const { key, rows, meta } = list
  return Buffer.from(JSON.stringify(meta === undefined ? { [key]: rows } : { [key]: rows, meta }))
}
