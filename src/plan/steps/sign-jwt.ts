import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { StepError } from '../../errors/index.ts'
import { isRecord, writeExactJson } from '../../http/index.ts'
import type { StepFunction } from './step-compiler.ts'

const times = ['iat', 'exp', 'nbf'] as const
const relativeTime = /^now(?:\s*\+\s*(\d+)\s*([smh]))?$/
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** Signs a token: RS256 over the claims. Node's own crypto does all of it, so no library is needed. */
export const signJwtStep: StepFunction = {
  name: 'sign_jwt',
  versions: ['1'],
  compile({ functionName, parameters, at, compiler }) {
    const values = compiler.value(parameters, at)
    return {
      kind: 'pure',
      functionName,
      run(context, now) {
        const { algorithm, privateKey, claims } = asRecord(values.evaluate(context))
        if (algorithm !== 'RS256') throw refuse('algorithm', 'must be RS256')
        const key = readKey(privateKey)
        const fingerprint = fingerprintOf(key)
        const seconds = Math.floor(now() / 1000)
        const { iat, exp, ...rest } = readClaims(asRecord(claims), fingerprint, seconds)
        if (iat === undefined) throw refuse('claims.iat', 'is required')
        if (exp === undefined) throw refuse('claims.exp', 'is required')
        const expiresIn = Number(exp) - Number(iat)
        if (!(expiresIn > 0)) throw refuse('claims.exp', 'must be later than iat')
        const token = signToken({ iat, exp, ...rest }, key)
        return { output: { token, expiresIn, publicKeyFingerprint: fingerprint }, secrets: [token] }
      },
    }
  },
}

/** Names the parameter and never its value. */
function refuse(parameter: string, demand: string): StepError {
  return new StepError('step/failed', { message: `The parameter ${parameter} of sign_jwt ${demand}.` })
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

function readKey(pem: unknown): KeyObject {
  try {
    // Keys pasted into forms that keep one line have their line ends as two characters.
    const key = createPrivateKey(String(pem).replaceAll('\\n', '\n'))
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // Said below; what crypto says may quote the key.
  }
  throw refuse('privateKey', 'must be the PEM of an RSA private key without a passphrase')
}

/** As providers write it: `SHA256:` and the base64 digest of the public key. */
function fingerprintOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return `SHA256:${createHash('sha256').update(der).digest('base64')}`
}

function readClaims(
  claims: Readonly<Record<string, unknown>>,
  fingerprint: string,
  nowSeconds: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      if (value === undefined) return []
      if (times.some((time) => time === name)) return [[name, readTime(name, value, nowSeconds)]]
      return [
        [name, typeof value === 'string' ? value.replaceAll('{publicKeyFingerprint}', fingerprint) : value],
      ]
    }),
  )
}

function readTime(name: string, value: unknown, nowSeconds: number): number {
  const text = String(value).trim()
  const [whole, amount, unit] = relativeTime.exec(text) ?? []
  const seconds =
    whole === undefined ? Number(text) : nowSeconds + Number(amount ?? 0) * (unitSeconds[unit ?? 's'] ?? 1)
  if (text !== '' && Number.isInteger(seconds)) return seconds
  throw refuse(`claims.${name}`, 'must be a time in whole seconds, `now`, or `now+<n>` with s, m or h')
}

function signToken(claims: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const encode = (part: unknown) => Buffer.from(writeExactJson(part)).toString('base64url')
  const content = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`
}
