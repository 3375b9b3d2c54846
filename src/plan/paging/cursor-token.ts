import { hash, timingSafeEqual } from 'node:crypto'
import { InputError } from '../../errors/index.ts'
import { exactNumber, isRecord } from '../../http/index.ts'
import type { PreparedCall } from '../prepare-call.ts'
import { keepMarks } from './listing-state.ts'

/** The state of each paging step, by step id. */
export type CursorPayload = Readonly<Record<string, unknown>>

const macBytes = 12
const maxLength = 64 * 1024

/** `next` as callers see it: the state, and a code that ties it to the action, the account and the other inputs. */
export function encodeCursor(payload: CursorPayload, call: PreparedCall): string {
  const body = Buffer.from(
    JSON.stringify(payload, (_, value: unknown) => (value instanceof Set ? keepMarks(value) : value)),
  ).toString('base64url')
  return `${body}.${macOf(body, call).toString('base64url')}`
}

/**
 * The inverse, in any process.
 *
 * @throws {InputError} code `input/cursor`: damaged, invented, or of another action, account or set of inputs
 */
export function decodeCursor(text: unknown, call: PreparedCall): CursorPayload {
  if (typeof text === 'string' && text.length <= maxLength) {
    const [body = '', mac = '', ...rest] = text.split('.')
    const given = Buffer.from(mac, 'base64url')
    if (rest.length === 0 && given.length === macBytes && timingSafeEqual(given, macOf(body, call))) {
      const payload: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
      if (isRecord(payload)) return payload
    }
  }
  const name = call.action.listing?.cursorInput ?? 'cursor'
  throw new InputError([
    {
      code: 'input/cursor',
      name,
      message: `Input "${name}" is not a cursor that this action gave out for this account and these inputs.`,
    },
  ])
}

function macOf(body: string, call: PreparedCall): Buffer {
  const { listing } = call.action
  const inputs = Object.entries(call.context.inputs).filter(
    ([name, value]) =>
      value !== undefined && name !== listing?.cursorInput && name !== listing?.pageSizeInput,
  )
  const scope = canonical([
    'mainspring cursor 1',
    call.action.qualifiedId,
    call.context.context,
    call.account,
    Object.fromEntries(inputs),
  ])
  return hmacSha256(hash('sha256', scope, 'buffer'), body).subarray(0, macBytes)
}

const blockBytes = 64

/**
 * HMAC (RFC 2104) of two hashes at once: Node's own makes a key object of every key first, and a cursor has a key of
 * its own, which made that a fifteenth of a call.
 *
 * @param key - at most 64 bytes
 */
export function hmacSha256(key: Uint8Array, text: string): Buffer {
  const bytes = Buffer.from(text)
  const inner = Buffer.alloc(blockBytes + bytes.length, 0x36)
  const outer = Buffer.alloc(blockBytes + 32, 0x5c)
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  bytes.copy(inner, blockBytes)
  hash('sha256', inner, 'buffer').copy(outer, blockBytes)
  return hash('sha256', outer, 'buffer')
}

/** JSON with the keys of every object in order, so that equal inputs give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint'
      ? exactNumber(inner)
      : isRecord(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
  )
}
