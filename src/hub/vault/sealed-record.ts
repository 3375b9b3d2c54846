import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { MasterKey } from './key-ring.ts'

// AES-256-GCM twice: a key of its own for each record, which the master key wraps. To change the master key, only the
// wrapping has to be made anew.
//
//   1 byte    version of this layout
//   8 bytes   id of the master key
//   60 bytes  the data key: nonce (12), ciphertext (32), tag (16)
//   12 bytes  nonce
//   16 bytes  tag
//   the rest  ciphertext
const layoutVersion = 1
const idBytes = 8
const nonceBytes = 12
const tagBytes = 16
const dataKeyBytes = 32
const wrappedBytes = nonceBytes + dataKeyBytes + tagBytes
const headBytes = 1 + idBytes
const cipherName = 'aes-256-gcm'

/** A record that cannot be opened: altered, moved to another account, or sealed with another key. */
export class UnsealError extends Error {}

/**
 * @param subject - whose record it is: associated data of both layers, so that a record opens in its place only
 */
export function sealRecord(master: MasterKey, subject: string, plain: Uint8Array): Uint8Array {
  const head = Buffer.concat([Buffer.of(layoutVersion), Buffer.from(master.id, 'hex')])
  const associated = Buffer.concat([head, Buffer.from(subject)])
  const dataKey = randomBytes(dataKeyBytes)
  const wrapped = encrypt(master.key, associated, dataKey)
  const body = encrypt(createSecretKey(dataKey), associated, plain)
  dataKey.fill(0)
  return Buffer.concat([head, wrapped.nonce, wrapped.text, wrapped.tag, body.nonce, body.tag, body.text])
}

/** @throws {UnsealError} */
export function openRecord(master: MasterKey, subject: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < headBytes + wrappedBytes + nonceBytes + tagBytes || bytes[0] !== layoutVersion)
    throw new UnsealError('Not a sealed record of a known layout')
  const associated = Buffer.concat([bytes.subarray(0, headBytes), Buffer.from(subject)])
  const wrapped = bytes.subarray(headBytes, headBytes + wrappedBytes)
  const body = bytes.subarray(headBytes + wrappedBytes)
  const dataKey = decrypt(master.key, associated, {
    nonce: wrapped.subarray(0, nonceBytes),
    text: wrapped.subarray(nonceBytes, nonceBytes + dataKeyBytes),
    tag: wrapped.subarray(nonceBytes + dataKeyBytes),
  })
  try {
    return decrypt(createSecretKey(dataKey), associated, {
      nonce: body.subarray(0, nonceBytes),
      tag: body.subarray(nonceBytes, nonceBytes + tagBytes),
      text: body.subarray(nonceBytes + tagBytes),
    })
  } finally {
    dataKey.fill(0)
  }
}

/** The id of the master key that a record was sealed with. */
export function sealedKeyId(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, headBytes)).toString('hex')
}

interface Encrypted {
  readonly nonce: Uint8Array
  readonly text: Uint8Array
  readonly tag: Uint8Array
}

function encrypt(key: KeyObject, associated: Uint8Array, plain: Uint8Array): Encrypted {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(cipherName, key, nonce).setAAD(associated)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return { nonce, text, tag: cipher.getAuthTag() }
}

function decrypt(key: KeyObject, associated: Uint8Array, { nonce, text, tag }: Encrypted): Buffer {
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes })
    .setAAD(associated)
    .setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()])
  } catch {
    throw new UnsealError('The record does not open')
  }
}
