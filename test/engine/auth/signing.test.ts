import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { createTransport, explainAction, type RunOptions, runAction } from '../../../src/index.ts'
import { signAws4 } from '../../../src/plan/auth/signing/sign-aws4.ts'
import { proves } from '../../contract/proves.ts'
import { type FakeProvider, json, type SeenRequest, startProvider } from '../fake-provider.ts'
import { makePlan } from './make-plan.ts'

const keys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const date = new Date('2015-08-30T12:36:00Z')
/** The hash that the signer of the SDK asks for. */
class NodeHash {
  readonly #hash: Hash | Hmac

  constructor(secret?: Uint8Array | string) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  }

  update(data: Uint8Array | string): void {
    this.#hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

const write = `  - actionId: add
    label: Add
    description: Adds.
    categories: [ats]
    actionType: custom
    inputs: [{ name: name, type: string, in: body, required: true, description: d }]
    steps:
      - stepId: add
        description: d
        stepFunction:
          functionName: request
          parameters:
            { url: /people, method: post, args: [{ name: name, value: $.inputs.name, in: body }, { name: source, value: é, in: query }] }
    result: { data: $.steps.add.output.data }`
const transport = createTransport()
let provider: FakeProvider

beforeAll(async () => {
  provider = await startProvider((_, response) => json(response, { people: [] }))
})
afterAll(async () => {
  transport.close()
  await provider.close()
})

describe('AWS Signature Version 4', () => {
  test('gives the published value of the example in the documentation of IAM', () => {
    const signed = signAws4(
      {
        method: 'GET',
        url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: undefined,
      },
      { ...keys, region: 'us-east-1', service: 'iam' },
      date,
    )
    expect(signed['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    )
  })

  test.each([
    ['GET', 'https://x.example/', undefined, {}],
    ['GET', 'https://x.example/a%20b/c%2Fd?z=1&a=%C3%A9&a=&b=x%20y', undefined, {}],
    ['POST', 'https://x.example:8443/items/~me?q=1', '{"a":"é"}', { 'content-type': 'application/json' }],
    ['PUT', 'https://x.example/v1//double/', 'x', { 'content-type': 'text/plain', 'x-amz-target': 'A.B  C' }],
  ])('agrees with the independent signer of the AWS SDK: %s %s', async (method, address, body, headers) => {
    for (const service of ['execute-api', 's3']) {
      const own = signAws4(
        { method, url: address, headers: headers as Record<string, string>, body },
        { ...keys, sessionToken: 'session-token', region: 'eu-west-1', service },
        date,
      )
      const url = new URL(address)
      const query: Record<string, string[]> = {}
      for (const [name, value] of url.searchParams) {
        query[name] ??= []
        query[name].push(value)
      }
      const { authorization, ...added } = own
      const signer = new SignatureV4({
        credentials: { ...keys, sessionToken: 'session-token' },
        region: 'eu-west-1',
        service,
        sha256: NodeHash as never,
        uriEscapePath: service !== 's3',
        applyChecksum: service === 's3',
      })
      const theirs = (await signer.sign(
        {
          method,
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query,
          headers: { ...headers, ...added, host: url.host },
          body,
        } as never,
        { signingDate: date },
      )) as unknown as { headers: Record<string, string> }
      expect(authorization).toBe(theirs.headers['authorization'])
    }
  })

  proves(
    '3/signing-aws4',
    'a request as it was sent verifies with a second signer, checksum of the body included',
    async () => {
      const plan = await makePlan(
        'https://api.example.com/v1',
        method('{ strategy: aws4, service: execute-api }'),
        '',
        write,
      )
      await runAction(plan, 'add', {
        ...options(),
        credentials: { ...keys, region: 'eu-central-1' },
        inputs: { name: 'Ines' },
      })
      const sent = provider.seen.at(-1)
      const body = sent?.body ?? ''
      expect(sent?.headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update(body).digest('base64'))
      const theirs = aws4.sign(
        {
          method: 'POST',
          host: sent?.headers.host ?? '',
          path: '/v1/people?source=%C3%A9',
          service: 'execute-api',
          region: 'eu-central-1',
          body,
          headers: {
            'Content-Type': String(sent?.headers['content-type']),
            'X-Amz-Date': String(sent?.headers['x-amz-date']),
            'X-Amz-Checksum-Sha256': String(sent?.headers['x-amz-checksum-sha256']),
          },
          extraHeadersToIgnore: { 'content-length': true },
        } as never,
        keys,
      ) as unknown as { headers: Record<string, unknown> }
      expect(sent?.headers.authorization).toBe(theirs.headers['Authorization'])
    },
  )
})

describe('a keyed hash', () => {
  const headerForms = [
    ['{ strategy: hmac }', 'sha256', 'x-signature', 'hmac-sha256', false],
    [
      '{ strategy: hmac, algorithm: sha512, headerName: X-Sig, prefix: v1, includeHost: true }',
      'sha512',
      'x-sig',
      'v1',
      true,
    ],
  ] as const
  proves(
    '3/signing-hmac',
    'in a header of its own it is verified by the receiver, each part as declared',
    async () => {
      for (const [signing, algorithm, header, prefix, host] of headerForms) {
        const plan = await makePlan('https://api.example.com/v1', method(signing), '', write)
        await runAction(plan, 'add', {
          ...options(),
          credentials: { secretKey: 'canary-secret-key-1' },
          inputs: { name: 'Ines' },
        })
        const sent = provider.seen.at(-1) as SeenRequest
        const lines = [
          sent.headers['x-timestamp'],
          'POST',
          ...(host ? [sent.headers.host] : []),
          '/v1/people',
          'source=%C3%A9',
          createHash('sha256').update(sent.body).digest('hex'),
        ]
        const expected = createHmac(algorithm, 'canary-secret-key-1').update(lines.join('\n')).digest('hex')
        expect(sent.headers[header]).toBe(`${prefix} ${expected}`)
      }
    },
  )

  proves('3/signing-hmac', 'it goes as Basic with a date where the definition says so', async () => {
    const signing =
      '{ strategy: hmac, algorithm: sha1, outputFormat: basic, dateFormat: rfc2822, includeBodyHash: false, username: $.credentials.user }'
    const plan = await makePlan('https://api.example.com/v1', method(signing), '', write)
    await runAction(plan, 'add', {
      ...options(),
      credentials: { secretKey: 'canary-secret-key-1', user: 'DI1' },
      inputs: { name: 'x' },
    })
    const sent = provider.seen.at(-1) as SeenRequest
    const text = [new Date(date).toUTCString(), 'POST', '/v1/people', 'source=%C3%A9'].join('\n')
    const hex = createHmac('sha1', 'canary-secret-key-1').update(text).digest('hex')
    expect(sent.headers.authorization).toBe(`Basic ${Buffer.from(`DI1:${hex}`).toString('base64')}`)
    expect(sent.headers.date).toBe(date.toUTCString())
  })
})

const unsignable = [
  ['a raw query', write.replace('method: post', 'method: post, encodeQueryParams: false')],
  [
    'a paginated_request',
    write
      .replace('functionName: request', 'functionName: paginated_request')
      .replace(
        'method: post',
        'method: post, response: { dataKey: people, nextKey: next }, iterator: { key: cursor, in: query }',
      ),
  ],
] as const
proves(
  '3/signing-refused',
  'neither a raw query nor a paginated_request can be signed: nothing is sent',
  async () => {
    for (const [, action] of unsignable) {
      const plan = await makePlan(
        'https://api.example.com/v1',
        method('{ strategy: aws4, service: s3 }'),
        '',
        action,
      )
      const before = provider.seen.length
      await expect(
        runAction(plan, 'add', { ...options(), credentials: keys, inputs: { name: 'x' } }),
      ).rejects.toMatchObject({ code: 'auth/signing-failed' })
      expect(provider.seen.length).toBe(before)
    }
  },
)

test('a missing key is named; explain shows where the signature is declared, and masks it', async () => {
  const plan = await makePlan(
    'https://api.example.com/v1',
    method('{ strategy: aws4, service: s3 }'),
    '',
    write,
  )
  await expect(runAction(plan, 'add', { ...options(), inputs: { name: 'x' } })).rejects.toMatchObject({
    code: 'auth/signing-failed',
    message: expect.stringContaining('accessKeyId'),
  })
  const { requests } = explainAction(plan, 'add', { credentials: keys, inputs: { name: 'x' } })
  expect(requests[0]?.headers['authorization']).toBe('AWS4-HMAC-SHA256 ***')
  expect(requests[0]?.sources.map(({ part }) => part)).toContain('signature')
  expect(JSON.stringify(requests)).not.toMatch(/Signature=|wJalr/)
})

function options(): RunOptions {
  return { origin: provider.origin, transport, now: () => date.getTime() }
}

function method(signing: string): string {
  return `- keys:
    type: custom
    label: Keys
    environments: [{ key: production, name: Production }]
    authorization: { type: none, signing: ${signing} }`
}
