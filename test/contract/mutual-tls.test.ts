import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { explainAction, type RunOptions, type Transport } from '../../src/index.ts'
import { createGotClient, createTransport } from '../../src/transport/index.ts'
import { type ActionParts, createWorkbench, requestOf, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const folder = mkdtempSync(join(tmpdir(), 'mainspring-tls-'))
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

/** A certificate that an authority signed, made here and now. */
function issue(name: string, authority: string): { readonly certificate: string; readonly key: string } {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
  writeFileSync(join(folder, `${name}.ext`), 'subjectAltName=IP:127.0.0.1\n')
  const signed = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-days', '2']
  openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
  return { certificate: read(`${name}.pem`), key: read(`${name}.key`) }
}

function authority(name: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  )
}

authority('ca')
authority('stranger')
const [ann, bob, nobody] = [issue('ann', 'ca'), issue('bob', 'ca'), issue('nobody', 'stranger')]
const own = issue('server', 'ca')
const server = createServer(
  { cert: own.certificate, key: own.key, ca: read('ca.pem'), requestCert: true, rejectUnauthorized: true },
  (request, response) => {
    request.resume()
    const name = (request.socket as TLSSocket).getPeerCertificate().subject?.CN
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ name }))
  },
)
server.on('tlsClientError', () => {})
let transport: Transport
let origin = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  transport = createTransport({ client: createGotClient({ certificateAuthority: read('ca.pem') }) })
})
afterAll(async () => {
  transport.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const field = (key: string) => ({ key, label: key, type: 'text_area', required: true, secret: true })
const certificates = { certs: ['$.credentials.cert'], keys: ['$.credentials.key'] }
const authentication = [
  {
    tls: {
      type: 'custom',
      label: 'T',
      authorization: { type: 'none' },
      certificates,
      environments: [{ key: 'production', name: 'P' }],
      configFields: [field('cert'), field('key')],
    },
  },
]
const action: ActionParts = {
  ...requestOf({}),
  authentication,
  result: { data: '$.steps.get.output.data.name' },
}
const run = (parts: ActionParts, pair: { certificate: string; key: string }, more: RunOptions = {}) =>
  bench.run(parts, {
    origin,
    transport,
    limits: { maxAttempts: 1 },
    credentials: { cert: pair.certificate, key: pair.key },
    ...more,
  })

proves(
  '3/certificates',
  'the client certificate of the account proves who calls, beside the authorization',
  async () => {
    expect((await run(action, ann)).data).toBe('ann')
    // The connection of one account is never taken up by another.
    expect((await run(action, bob)).data).toBe('bob')
    expect((await run(action, ann)).data).toBe('ann')
  },
)

proves(
  '3/certificates',
  'certificate and key may be base64 of PEM or of DER, or have lost their line ends',
  async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const der = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')
    const flat = (text: string) => text.trim().replaceAll('\n', '\\n')
    for (const write of [base64, der, flat])
      expect((await run(action, { certificate: write(ann.certificate), key: write(ann.key) })).data).toBe(
        'ann',
      )
  },
)

test('a step may have its own, and listings use them too', async () => {
  const parameters = { url: '/x', method: 'get', certificates }
  const plain = authentication.map(({ tls: { certificates: _, ...tls } }) => ({ tls }))
  const result = { data: '$.steps.get.output.data.name' }
  expect(
    (await run({ steps: [stepOf('request', parameters)], authentication: plain, result }, bob)).data,
  ).toBe('bob')
  const listing = stepOf('paginated_request', {
    ...parameters,
    iterator: { key: 'k', in: 'query' },
    response: { dataKey: '{{[name]}}' },
  })
  const { data } = await run(
    { steps: [listing], authentication: plain, result: { data: '$.steps.get.output.raw' } },
    bob,
  )
  expect(data).toEqual([{ name: 'bob' }])
})

test.each([
  ['a certificate of another authority', nobody, 'network/'],
  ['no certificate', { certificate: '', key: '' }, 'auth/missing-credential'],
  [
    'a key that belongs to another certificate',
    { certificate: ann.certificate, key: bob.key },
    'auth/invalid-credential',
  ],
  [
    'a certificate that is none',
    { certificate: 'canary-certificate', key: ann.key },
    'auth/invalid-credential',
  ],
  [
    'a key that is none',
    { certificate: ann.certificate, key: 'canary-key-material' },
    'auth/invalid-credential',
  ],
])('%s is a coded error without a word of it', async (_, pair, code) => {
  const error: unknown = await run(action, pair).catch((reason: unknown) => reason)
  expect((error as { code?: string }).code).toMatch(new RegExp(`^${code}`))
  const shown = `${String(error)} ${JSON.stringify(error)} ${inspect(error, { depth: 9 })}`
  expect(shown).not.toContain('canary')
  expect(shown).not.toContain('PRIVATE KEY')
})

test('neither certificate nor key shows in an explanation or a trace', async () => {
  const plan = await bench.plan(action)
  const events: unknown[] = []
  await run(action, ann, { observer: (event) => events.push(event) })
  const explained = explainAction(plan, 'act', { credentials: { cert: ann.certificate, key: ann.key } })
  for (const shown of [JSON.stringify(explained), JSON.stringify(events)]) {
    expect(shown).not.toContain('BEGIN')
    expect(shown).not.toContain(ann.key.split('\n')[1])
  }
})
