import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SignedXml } from 'xml-crypto'
import { createTransport, explainAction, runAction } from '../../../src/index.ts'
import { proves } from '../../contract/proves.ts'
import { type FakeProvider, json, startProvider } from '../fake-provider.ts'
import { makePlan } from './make-plan.ts'

const privateKey = readFileSync('test/fixtures/tls/localhost-key.pem', 'utf8')
const certificate = readFileSync('test/fixtures/tls/localhost-cert.pem', 'utf8')
const transport = createTransport()
const nowMs = Date.parse('2026-01-02T03:04:05Z')
let provider: FakeProvider

beforeAll(async () => {
  provider = await startProvider((_, response) => json(response, { access_token: 'x' }))
})
afterAll(async () => {
  transport.close()
  await provider.close()
})

const action = `  - actionId: token
    label: Token
    description: d
    categories: [internal]
    actionType: custom
    steps:
      - stepId: token
        description: d
        stepFunction:
          functionName: request
          parameters:
            url: /oauth/token
            method: post
            args: [{ name: Content-Type, value: application/x-www-form-urlencoded, in: headers }, { name: grant_type, value: saml2-bearer, in: body }]
            saml: { objectKey: assertion, key: $.credentials.key, clientId: $.credentials.clientId, issuer: www.example.com, nameId: $.credentials.user, audience: www.provider.example, lifetime: 300, tokenEndpoint: https://api.example.com/oauth/token }
    result: { data: $.steps.token.output.data }`
const method = `- saml: { type: custom, label: S, environments: [{ key: production, name: P }], authorization: { type: none } }`

const bareKey = privateKey.replace(/-----[^-]+-----|\s/g, '')

const keyForms = [
  ['PEM', privateKey],
  ['bare base64', bareKey],
  ['the form with a company behind it', Buffer.from(`${bareKey}###acme`).toString('base64')],
] as const
proves(
  '7/saml',
  'the assertion in the body is verified by the certificate, whatever form its key came in',
  async () => {
    for (const [, key] of keyForms) {
      const plan = await makePlan('https://api.example.com', method, '', action)
      const credentials = { key, clientId: 'client-<1>', user: 'ines@example.com' }
      await runAction(plan, 'token', { credentials, origin: provider.origin, transport, now: () => nowMs })
      const assertion = new URLSearchParams(provider.seen.at(-1)?.body).get('assertion') ?? ''
      const xml = Buffer.from(assertion, 'base64').toString()
      const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
      const checker = new SignedXml({ publicCert: new X509Certificate(certificate).toString() })
      checker.loadSignature(signature)
      expect(checker.checkSignature(xml)).toBe(true)
      const [signed = ''] = checker.getSignedReferences()
      expect(signed).toContain('NotOnOrAfter="2026-01-02T03:09:05.000Z"')
      expect(signed).toContain('client-&lt;1&gt;')
      expect(signed).toContain('Recipient="https://api.example.com/oauth/token"')
      const changed = xml.replace('ines@', 'eva@')
      const refusing = new SignedXml({ publicCert: new X509Certificate(certificate).toString() })
      refusing.loadSignature(signature)
      expect(refusing.checkSignature(changed)).toBe(false)
    }
  },
)

test('a key that is none is told without it, and explain shows no assertion', async () => {
  const plan = await makePlan('https://api.example.com', method, '', action)
  const wrong = { key: 'canary-not-a-key', clientId: 'c', user: 'u' }
  const failure = await runAction(plan, 'token', {
    credentials: wrong,
    origin: provider.origin,
    transport,
  }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'auth/signing-failed' })
  expect(JSON.stringify(failure)).not.toContain('canary-not-a-key')
  const { requests } = explainAction(plan, 'token', { credentials: { ...wrong, key: privateKey } })
  expect(requests[0]?.bodyText).toMatch(/assertion=\*\*\*/)
})

test('the library of XML signatures is not loaded before it is needed', () => {
  const program = `
    import { createRequire } from 'node:module'
    await import('./src/index.ts')
    const loaded = Object.keys(createRequire(import.meta.url).cache ?? {}).filter((file) => file.includes('xml-crypto'))
    process.stdout.write(String(loaded.length))`
  const out = execFileSync('node_modules/.bin/node', ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  expect(out).toBe('0')
})
