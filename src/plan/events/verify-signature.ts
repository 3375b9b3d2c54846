import { createHmac, timingSafeEqual } from 'node:crypto'
import { EventError } from '../../errors/index.ts'
import type { RunContext } from '../run-context.ts'
import type { SignaturePlan } from './events-plan.ts'

/** A delivery as it came. */
export interface SignedDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * Checks that the provider has signed a delivery, and lately.
 *
 * @throws {EventError} `event/signature-invalid`, `event/stale`
 */
export function verifySignature(
  plan: SignaturePlan,
  delivery: SignedDelivery,
  credentials: Readonly<Record<string, unknown>>,
  nowMs: number,
): void {
  const invalid = (message: string) => new EventError('event/signature-invalid', { message })
  const secret = plan.secret({ credentials } as RunContext)
  if (typeof secret !== 'string' || secret === '')
    throw invalid('The account has no secret to check the signature with.')
  const header = delivery.headers[plan.header]
  if (header === undefined) throw invalid(`The delivery has no header "${plan.header}".`)
  const fields = header.split(',').map((field) => field.trim().split(/=(.*)/s))
  const valuesOf = (name: string) => fields.filter(([key]) => key === name).map(([, value = '']) => value)
  const timestamp =
    plan.timestampField !== undefined
      ? valuesOf(plan.timestampField)[0]
      : delivery.headers[plan.timestampHeader ?? '']
  const needsTime = plan.timestampField !== undefined || plan.timestampHeader !== undefined
  if (needsTime && timestamp === undefined) throw invalid('The delivery has no signed time.')
  const candidates = plan.signatureField === undefined ? [header] : valuesOf(plan.signatureField)
  const expected = createHmac(plan.algorithm, secret)
    .update(signedBytes(plan, delivery, timestamp ?? ''))
    .digest()
  const isSigned = candidates.some((candidate) => isEqual(candidate, plan, expected))
  if (!isSigned) throw invalid('The signature is not the one that the secret of the account gives.')
  if (!needsTime) return
  const timeMs = /^\d+(?:\.\d+)?$/.test(timestamp ?? '')
    ? Number(timestamp) * 1000
    : Date.parse(timestamp ?? '')
  if (!(Math.abs(nowMs - timeMs) <= plan.toleranceMs))
    throw new EventError('event/stale', {
      message: `The delivery was signed more than ${plan.toleranceMs / 1000} s from now.`,
    })
}

/** The body goes in as its bytes: what it says after parsing may differ. */
function signedBytes(
  { signed }: SignaturePlan,
  { headers, body }: SignedDelivery,
  timestamp: string,
): Buffer {
  const pieces = signed.split(/(\{body\}|\{timestamp\}|\{header:[\w-]+\})/)
  return Buffer.concat(
    pieces.map((piece) => {
      if (piece === '{body}') return body
      if (piece === '{timestamp}') return Buffer.from(timestamp)
      const name = /^\{header:([\w-]+)\}$/.exec(piece)?.[1]
      return Buffer.from(name === undefined ? piece : (headers[name.toLowerCase()] ?? ''))
    }),
  )
}

function isEqual(candidate: string, { prefix, encoding }: SignaturePlan, expected: Buffer): boolean {
  if (!candidate.startsWith(prefix)) return false
  const given = Buffer.from(candidate.slice(prefix.length), encoding)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
