import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import {
  beginAuthorization,
  completeAuthorization,
  createTransport,
  explainAction,
  refreshCredentials,
  runAction,
} from '../../../src/index.ts'
import { loopback } from '../../fixtures/loopback.ts'
import { type FakeProvider, startProvider } from '../fake-provider.ts'
import { makePlan, oauthMethod } from './make-plan.ts'

const transport = createTransport()
const loopbackTransport = createTransport({ network: loopback })
const secrets = {
  accessToken: 'canary/access token+é7',
  refreshToken: 'canary/refresh token+é8',
  clientSecret: 'canary/client secret+é9',
  password: 'canary/password+é1',
  secretAccessKey: 'canary/aws secret+é2',
  sessionToken: 'canary-session-token-3',
  secretKey: 'canary/hmac key+é4',
  key: 'canary-api-key-5',
}
let provider: FakeProvider
/** A provider that tells back everything it was told, in a failure. */
let status = 401

beforeAll(async () => {
  provider = await startProvider((request, response) => {
    const told = JSON.stringify(request.headers) + request.body + JSON.stringify(request.query)
    const pair = Buffer.from(Object.values(secrets).join(':')).toString('base64')
    const message = `${told} ${Object.values(secrets).join(' ')} ${Object.values(secrets).map(encodeURIComponent).join(' ')} ${pair.length}`
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-told': encodeURIComponent(told) })
      .end(JSON.stringify({ error: 'invalid_request', error_description: message, message }))
  })
})
afterAll(async () => {
  transport.close()
  loopbackTransport.close()
  await provider.close()
})

/** Each secret as it is, in base64, and encoded for addresses, forms and JSON. */
function expectNoSecrets(emitted: readonly unknown[], values: readonly string[]): void {
  const text = emitted
    .map(
      (one) =>
        `${inspect(one, { depth: 9 })}\n${JSON.stringify(one)}\n${one instanceof Error ? one.stack : ''}`,
    )
    .join('\n')
  expect(text.length).toBeGreaterThan(100)
  for (const value of values) {
    const base64 = Buffer.from(value).toString('base64')
    for (const form of [
      value,
      base64,
      base64.replace(/=+$/, ''),
      encodeURIComponent(value),
      new URLSearchParams({ a: value }).toString().slice(2),
      JSON.stringify(value).slice(1, -1),
    ])
      expect(text).not.toContain(form)
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    () => 'no failure',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(Error)
  return outcome
}

test.each([
  ['basic', '{ type: basic, username: ann, password: $.credentials.password }'],
  ['bearer', '{ type: bearer, token: $.credentials.key }'],
  ['apiKey', '{ type: apiKey, key: x-key, value: $.credentials.key, in: header }'],
  ['apiKey in the query', '{ type: apiKey, key: k, value: $.credentials.password, in: query }'],
  ['aws4', '{ type: none, signing: { strategy: aws4, service: s3 } }'],
  ['hmac', '{ type: none, signing: { strategy: hmac } }'],
  ['hmac as Basic', '{ type: none, signing: { strategy: hmac, outputFormat: basic, username: u } }'],
])('%s: nothing secret in errors, events and explanations', async (_, authorization) => {
  const plan = await makePlan(
    provider.origin,
    `- key: { type: custom, label: K, environments: [{ key: production, name: P }], authorization: ${authorization} }`,
  )
  const credentials = { ...secrets, accessKeyId: 'AKID' }
  for (status of [400, 401, 403, 500]) {
    const emitted: unknown[] = [explainAction(plan, 'list_people', { credentials })]
    const options = { credentials, transport, limits: { maxAttempts: 1 } }
    emitted.push(
      await failureOf(
        runAction(plan, 'list_people', { ...options, observer: (event) => emitted.push(event) }),
      ),
    )
    const used = provider.seen.at(-1)?.headers.authorization?.replace(/^.*Signature=|^\S+ /, '')
    expectNoSecrets(emitted, [...Object.values(secrets), ...(used === undefined ? [] : [used])])
  }
})

test('exchange and renewal: nothing secret in errors and events, the code and the verifier included', async () => {
  const plan = await makePlan(provider.origin, oauthMethod(provider.origin))
  const setup = { clientId: 'integrator', clientSecret: secrets.clientSecret }
  for (status of [200, 400, 401, 500]) {
    const emitted: unknown[] = []
    const observer = (event: unknown) => void emitted.push(event)
    const { pending } = await beginAuthorization(plan, {
      setup,
      redirectUri: 'https://hub.example.com/callback',
      transport,
    })
    const callbackParams = { code: 'canary/code+é6', state: pending.state }
    emitted.push(
      await failureOf(completeAuthorization(plan, { pending, callbackParams, setup, transport, observer })),
      await failureOf(
        refreshCredentials(plan, {
          credentials: { accessToken: secrets.accessToken, refreshToken: secrets.refreshToken },
          setup,
          transport,
          observer,
        }),
      ),
    )
    const { clientSecret, refreshToken } = secrets
    expectNoSecrets(emitted, [clientSecret, refreshToken, callbackParams.code, String(pending.codeVerifier)])
  }
})

const echoes: FakeProvider[] = []
afterEach(async () => {
  for (const echoing of echoes.splice(0)) await echoing.close()
})

async function startEcho(answer: Parameters<typeof startProvider>[0]): Promise<FakeProvider> {
  const echoing = await startProvider(answer)
  echoes.push(echoing)
  return echoing
}

const short = { key: 'k9f3', word: 'w8x2q', pin: 'p5z7' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('what a definition makes of secrets too short to be looked for is masked as a whole', async () => {
  const told: string[] = []
  const echoing = await startEcho((request, response) => {
    const sent = `${request.headers.authorization} ${request.target} ${request.body}`
    told.push(sent)
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ people: [{ id: decodeURIComponent(sent) }] }))
  })
  const actionOf = (args: string) => `  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction:
          functionName: request
          parameters: { url: /people, method: post, response: { dataKey: people }, args: [${args}] }
    result: { data: $.steps.get.output.data }`
  const pair = '\'{{encodeBase64(credentials.key + ":" + credentials.word)}}\''
  const cases = [
    ['{ type: basic, username: me, password: $.credentials.word }', '', base64('me:w8x2q')],
    [`{ type: bearer, token: ${pair} }`, '', base64('k9f3:w8x2q')],
    ['{ type: none }', `{ name: q, value: ${pair}, in: query }`, base64('k9f3:w8x2q')],
    ['{ type: none }', `{ name: b, value: ${pair}, in: body }`, base64('k9f3:w8x2q')],
  ] as const
  for (const [authorization, args, made] of cases) {
    const method = `- key: { type: custom, label: K, environments: [{ key: production, name: P }], authorization: ${authorization} }`
    const plan = await makePlan(echoing.origin, method, '', actionOf(args))
    const { data } = await runAction(plan, 'list_people', {
      credentials: short,
      transport: loopbackTransport,
    })
    expect(decodeURIComponent(told.at(-1) ?? '')).toContain(made)
    expect(JSON.stringify(data)).toContain('***')
    expect(JSON.stringify(data)).not.toContain(made.replace(/=+$/, ''))
  }
})

test('a short secret is left in data, where it may be innocent, and masked in the words of an error', async () => {
  const echoing = await startEcho((request, response) => {
    const isRefused = request.headers.authorization !== `Bearer ${short.word}`
    response
      .writeHead(isRefused ? 422 : 200, {
        'content-type': 'application/json',
        'x-request-id': `r-${short.pin}`,
      })
      .end(JSON.stringify({ people: [{ id: short.word }], message: `${short.pin} is no good` }))
  })
  const methodOf = (token: string) =>
    `- key: { type: custom, label: K, environments: [{ key: production, name: P }], authorization: { type: bearer, token: ${token} } }`
  const right = await makePlan(echoing.origin, methodOf('$.credentials.word'))
  const wrong = await makePlan(echoing.origin, methodOf('$.credentials.pin'))
  const options = { credentials: short, transport: loopbackTransport }
  expect((await runAction(right, 'list_people', options)).data).toEqual([{ id: short.word }])
  const error = await failureOf(runAction(wrong, 'list_people', options))
  expect(error).toMatchObject({ providerMessage: '*** is no good', requestId: 'r-***' })
  expect(inspect(error)).not.toContain(short.pin)
})

test('credentials that hold others are as secret as these, at any depth', async () => {
  const nested = { app: { token: 'canary-nested-token', more: ['canary-nested-item'] } }
  const echoing = await startEcho((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ people: [{ id: `${nested.app.token} ${nested.app.more[0]}` }] }))
  })
  const plan = await makePlan(
    echoing.origin,
    '- key: { type: custom, label: K, environments: [{ key: production, name: P }], authorization: { type: bearer, token: $.credentials.app.token } }',
  )
  const { data } = await runAction(plan, 'list_people', { credentials: nested, transport: loopbackTransport })
  expect(data).toEqual([{ id: '*** ***' }])
})
