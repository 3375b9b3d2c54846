import { InputError } from '../../errors/index.ts'

/** One part of a composite id. */
export interface IdPart {
  readonly key: string
  readonly value: string
}

/** Base64 of `so1!`, without its padding: tells an encoded id from one of the provider, and names the version. */
const prefix = 'c28xIQ'

/** Version 1: `k1:v1,k2:v2` behind the prefix. Backslashes are escaped too, so that every value comes back. */
export function encodeCompositeId(parts: readonly IdPart[]): string {
  const text = parts.map(({ key, value }) => `${escapeText(key)}:${escapeText(value)}`).join(',')
  return `${prefix}${Buffer.from(text).toString('base64').replace(/=+$/, '')}`
}

export function isCompositeId(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(prefix) && value.length > prefix.length
}

/** The inverse. @throws {InputError} what stands behind the prefix is no list of parts */
export function decodeCompositeId(id: string, name: string): readonly IdPart[] {
  const text = Buffer.from(id.slice(prefix.length), 'base64').toString()
  const parts = splitAt(text, ',').map((part) => splitAt(part, ':'))
  if (parts.some((part) => part.length !== 2))
    throw new InputError([
      { code: 'input/invalid', name, message: `Input "${name}" is a damaged composite id.` },
    ])
  return parts.map(([key = '', value = '']) => ({ key: unescapeText(key), value: unescapeText(value) }))
}

function escapeText(text: string): string {
  return text.replace(/[\\,:]/g, '\\$&')
}

function unescapeText(text: string): string {
  return text.replace(/\\([\\,:])/g, '$1')
}

/** Split at a sign that no backslash stands before. */
function splitAt(text: string, sign: string): string[] {
  const parts = ['']
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string
    if (character === sign) parts.push('')
    else if (character === '\\' && index + 1 < text.length) {
      parts[parts.length - 1] += character + (text[index + 1] as string)
      index += 1
    } else parts[parts.length - 1] += character
  }
  return parts
}
