import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import type * as XmlCrypto from 'xml-crypto'
import { AuthError } from '../../../errors/index.ts'

/** What an assertion says (SAML 2.0 core, section 2). */
export interface Assertion {
  /** PEM, bare base64, or the base64 of `<key>###<…>` as one provider hands it out. */
  readonly key: string
  readonly cert?: string | undefined
  /** Goes in as the attribute `api_key`. */
  readonly clientId?: string | undefined
  readonly issuer: string
  readonly nameId: string
  readonly nameIdentifierFormat: string
  readonly audience: string
  readonly tokenEndpoint: string
  readonly lifetimeSeconds: number
}

const loadNow = createRequire(import.meta.url)
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/**
 * A signed assertion, in base64 (RSA with SHA-256, exclusive canonicalisation, enveloped).
 *
 * @throws {AuthError} code `auth/signing-failed`: the key cannot be used
 */
export function signAssertion(assertion: Assertion, nowMs: number): string {
  // Loaded when first needed, and at once: few connectors sign assertions, and requests are prepared without waiting.
  const { SignedXml } = loadNow('xml-crypto') as typeof XmlCrypto
  const signer = new SignedXml({
    privateKey: readKey(assertion.key).export({ type: 'pkcs8', format: 'pem' }),
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
    ...(assertion.cert === undefined ? {} : { publicCert: asPem(assertion.cert, 'CERTIFICATE') }),
  })
  signer.addReference({
    xpath: "/*[local-name(.)='Assertion']",
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
  })
  signer.computeSignature(writeAssertion(assertion, nowMs), {
    prefix: 'ds',
    location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' },
  })
  return Buffer.from(signer.getSignedXml()).toString('base64')
}

function writeAssertion(assertion: Assertion, nowMs: number): string {
  const at = (offsetSeconds: number) => new Date(nowMs + offsetSeconds * 1000).toISOString()
  const { clientId, lifetimeSeconds, nameIdentifierFormat } = assertion
  // Clocks differ: an assertion that begins in the future is refused.
  const [notBefore, notAfter] = [at(-60), at(lifetimeSeconds)]
  const attribute =
    clientId === undefined
      ? ''
      : `<saml2:AttributeStatement><saml2:Attribute Name="api_key"><saml2:AttributeValue>${escapeXml(clientId)}</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>`
  return [
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" IssueInstant="${at(0)}" Version="2.0">`,
    `<saml2:Issuer>${escapeXml(assertion.issuer)}</saml2:Issuer>`,
    `<saml2:Subject><saml2:NameID Format="${escapeXml(nameIdentifierFormat)}">${escapeXml(assertion.nameId)}</saml2:NameID>`,
    '<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml2:SubjectConfirmationData NotOnOrAfter="${notAfter}" Recipient="${escapeXml(assertion.tokenEndpoint)}"/>`,
    '</saml2:SubjectConfirmation></saml2:Subject>',
    `<saml2:Conditions NotBefore="${notBefore}" NotOnOrAfter="${notAfter}"><saml2:AudienceRestriction><saml2:Audience>${escapeXml(assertion.audience)}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>`,
    `<saml2:AuthnStatement AuthnInstant="${at(0)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
    attribute,
    '</saml2:Assertion>',
  ].join('')
}

function readKey(text: string): KeyObject {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('latin1')
  const bare = decoded.includes('###') ? (decoded.split('###', 1)[0] ?? '') : text
  try {
    return createPrivateKey(bare.includes('-----BEGIN') ? bare : asPem(bare, 'PRIVATE KEY'))
  } catch {
    throw new AuthError('auth/signing-failed', {
      message: 'The private key that signs the SAML assertion cannot be read.',
    })
  }
}

function asPem(text: string, label: string): string {
  if (text.includes('-----BEGIN')) return text
  const lines = text.replace(/\s+/g, '').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
