/** Text of a file, or why it is none. */
export type Decoded = { readonly text: string } | { readonly problem: string }

/** Reads UTF-8, with or without byte order mark. Binary content and other encodings are told apart, not guessed. */
export function decodeText(content: string | Uint8Array): Decoded {
  const text = typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decodeUtf8(content)
  if (text === undefined) return { problem: 'is not UTF-8 text' }
  if (text.includes('\0')) return { problem: 'holds a NUL character, so it is no text' }
  return { text }
}

function decodeUtf8(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}
