import { createPrivateKey, X509Certificate } from 'node:crypto'
import { AuthError } from '../../errors/index.ts'
import { type ClientCertificate, isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'

/** Certificates for mutual TLS, evaluated for each request; undefined where the credentials hold none. */
export type CertificatePlan = (context: RunContext) => ClientCertificate | undefined

/** Compiles `certificates`: lists of PEM, or base64 of PEM or DER. Certificates and keys belong together by position. */
export function compileCertificates(
  declared: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): CertificatePlan | undefined {
  if (!isRecord(declared)) return undefined
  for (const key of ['certs', 'keys'])
    if (declared[key] === undefined)
      compiler.report(
        'definition/missing-key',
        `"certificates" needs both "certs" and "keys"; "${key}" is missing.`,
        at,
        {
          severity: 'warning',
        },
      )
  const certs = compiler.value(declared['certs'], [...at, 'certs']).evaluate
  const keys = compiler.value(declared['keys'], [...at, 'keys']).evaluate
  return (context) => {
    const given = { certs: textsOf(certs(context)), keys: textsOf(keys(context)) }
    if (given.certs.length === 0 && given.keys.length === 0) return undefined
    if (given.certs.length === 0 || given.keys.length === 0)
      throw new AuthError('auth/missing-credential', {
        message: `Mutual TLS needs a certificate and its private key; the ${given.certs.length === 0 ? 'certificate' : 'key'} is missing.`,
      })
    return readPairs(given.certs, given.keys)
  }
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((item): item is string => typeof item === 'string' && item.trim() !== '')
}

/** @throws {AuthError} without a word of what was given */
function readPairs(certs: readonly string[], keys: readonly string[]): ClientCertificate {
  const refuse = (what: string): never => {
    throw new AuthError('auth/invalid-credential', { message: `${what}. Nothing was sent.` })
  }
  const certificates = certs.map((text) => toPem(text, 'CERTIFICATE'))
  const privateKeys = keys.map((text) => toPem(text, 'PRIVATE KEY'))
  const [first] = certificates.map(
    (pem) =>
      attempt(() => new X509Certificate(pem)) ?? refuse('A client certificate is neither PEM nor base64'),
  )
  const [key] = privateKeys.map(
    (pem) =>
      attempt(() => createPrivateKey(pem)) ??
      refuse(
        'The private key of a client certificate cannot be read; it must be PEM or base64, without a passphrase',
      ),
  )
  if (first !== undefined && key !== undefined && !first.checkPrivateKey(key))
    refuse('The private key does not belong to the client certificate')
  return { certificates, keys: privateKeys }
}

function toPem(text: string, label: string): string {
  // A PEM that went through JSON or a single-line form often has its line ends as two characters.
  const trimmed = text.trim().replaceAll('\\n', '\n')
  if (trimmed.startsWith('-----BEGIN')) return trimmed
  const bytes = Buffer.from(trimmed, 'base64')
  const decoded = bytes.toString('latin1').trim()
  if (decoded.startsWith('-----BEGIN')) return decoded
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n')
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
