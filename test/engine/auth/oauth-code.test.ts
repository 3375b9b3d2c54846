import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  beginAuthorization,
  type ConnectorPlan,
  completeAuthorization,
  createTransport,
  refreshCredentials,
  runAction,
} from '../../../src/index.ts'
import { loopback } from '../../fixtures/loopback.ts'
import {
  type AuthorizationServer,
  clientSecret,
  consent,
  json,
  redirectUri,
  startAuthorizationServer,
} from './authorization-server.ts'
import { makePlan, oauthMethod } from './make-plan.ts'

const setup = { clientId: 'integrator', clientSecret }
const transport = createTransport({ network: loopback })
let server: AuthorizationServer
let plan: ConnectorPlan

beforeAll(async () => {
  server = await startAuthorizationServer()
  plan = await makePlan(`${server.issuer}/api`, oauthMethod(server.issuer))
})
afterAll(async () => {
  transport.close()
  await server.close()
})
beforeEach(() => {
  server.interceptToken = undefined
  server.tokenCalls.length = 0
})

async function link(of = plan) {
  const { url, pending } = await beginAuthorization(of, { setup, redirectUri, transport })
  const callbackParams = await consent(url)
  return { pending, callbackParams }
}

describe('an account linked by consent', () => {
  test('gets tokens that the API takes, by a code bound to this authorization', async () => {
    const { pending, callbackParams } = await link()
    expect(JSON.parse(JSON.stringify(pending))).toEqual(pending)
    const { credentials, expiresAt, issuedAt } = await completeAuthorization(plan, {
      pending,
      callbackParams,
      setup,
      transport,
    })
    expect(Date.parse(expiresAt ?? '') - Date.parse(issuedAt)).toBe(3_600_000)
    expect(Object.keys(credentials).sort()).toEqual(['accessToken', 'idToken', 'refreshToken'])
    const { data } = await runAction(plan, 'list_people', { credentials, transport })
    expect(data).toEqual([{ id: '1' }])
  })

  test('is asked for consent with a challenge, a state, and the caller’s own address of return', async () => {
    const { url, pending } = await beginAuthorization(plan, { setup, redirectUri, transport })
    const { searchParams } = new URL(url)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'integrator',
      redirect_uri: redirectUri,
      scope: 'openid offline_access people.read',
      state: pending.state,
      code_challenge_method: 'S256',
    })
    expect(url).toContain('scope=openid%20offline_access')
    expect(url).not.toContain(pending.codeVerifier)
    expect(url).not.toContain(clientSecret)
  })

  test('renews its tokens, and the replaced refresh token is worthless', async () => {
    const { pending, callbackParams } = await link()
    const first = await completeAuthorization(plan, { pending, callbackParams, setup, transport })
    const second = await refreshCredentials(plan, { credentials: first.credentials, setup, transport })
    expect(second.credentials['accessToken']).not.toBe(first.credentials['accessToken'])
    expect(second.credentials['refreshToken']).not.toBe(first.credentials['refreshToken'])
    await expect(runAction(plan, 'list_people', { ...second, transport })).resolves.toBeDefined()
    await expect(
      refreshCredentials(plan, { credentials: first.credentials, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/reconnect-needed', status: 400, retryable: false })
  })
})

describe('an authorization that goes wrong', () => {
  test('is denied by the person', async () => {
    const { url, pending } = await beginAuthorization(plan, { setup, redirectUri, transport })
    const callbackParams = await consent(url, 'no')
    await expect(
      completeAuthorization(plan, { pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({
      code: 'auth/denied',
      providerMessage: expect.stringContaining('access_denied'),
    })
    expect(server.tokenCalls).toEqual([])
  })

  test('comes back with the state of another one, and nothing is exchanged', async () => {
    const { pending } = await link()
    const { callbackParams } = await link()
    await expect(
      completeAuthorization(plan, { pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/state-mismatch' })
    expect(server.tokenCalls).toEqual([])
  })

  test('comes back with a code that was stolen from another browser', async () => {
    const mine = await link()
    const stolen = (await link()).callbackParams.get('code') ?? ''
    const callbackParams = new URLSearchParams(mine.callbackParams)
    callbackParams.set('code', stolen)
    await expect(
      completeAuthorization(plan, { pending: mine.pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/expired', status: 400 })
  })

  test('comes back a second time with the same code', async () => {
    const { pending, callbackParams } = await link()
    await completeAuthorization(plan, { pending, callbackParams, setup, transport })
    await expect(
      completeAuthorization(plan, { pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/expired' })
  })

  test('comes back after more than an hour', async () => {
    const { pending, callbackParams } = await link()
    const now = () => Date.now() + 3_700_000
    await expect(
      completeAuthorization(plan, { pending, callbackParams, setup, transport, now }),
    ).rejects.toMatchObject({ code: 'auth/expired' })
    expect(server.tokenCalls).toEqual([])
  })

  test('is made with a wrong client secret', async () => {
    const { pending, callbackParams } = await link()
    await expect(
      completeAuthorization(plan, {
        pending,
        callbackParams,
        setup: { ...setup, clientSecret: 'not-the-secret-of-this-client' },
        transport,
      }),
    ).rejects.toMatchObject({
      code: 'auth/exchange-failed',
      providerMessage: expect.stringContaining('invalid_client'),
    })
  })

  test('is begun without the integrator’s values, and nothing is sent', async () => {
    await expect(beginAuthorization(plan, { redirectUri, transport })).rejects.toMatchObject({
      code: 'auth/missing-credential',
      problems: [{ name: 'clientId' }, { name: 'clientSecret' }],
    })
  })

  test('ends when the caller says so', async () => {
    const { pending, callbackParams } = await link()
    server.interceptToken = () => true
    const signal = AbortSignal.timeout(50)
    await expect(
      completeAuthorization(plan, { pending, callbackParams, setup, transport, signal }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/call\/aborted|auth\/exchange-failed/) })
  })
})

describe('an identity token', () => {
  test('is held against the issuer that the definition declares', async () => {
    const issued = await makePlan(
      `${server.issuer}/api`,
      oauthMethod(server.issuer, `issuer: ${server.issuer}`),
    )
    const { pending, callbackParams } = await link(issued)
    expect(pending.nonce).toMatch(/.{20}/)
    const done = await completeAuthorization(issued, { pending, callbackParams, setup, transport })
    expect(done.credentials['idToken']).toMatch(/^ey/)
    const second = await link(issued)
    await expect(
      completeAuthorization(issued, {
        ...second,
        pending: { ...second.pending, nonce: 'the-nonce-of-somebody-else' },
        setup,
        transport,
      }),
    ).rejects.toMatchObject({ code: 'auth/exchange-failed', message: expect.stringContaining('nonce') })
  })

  test('an answer of another issuer is not taken', async () => {
    const issued = await makePlan(
      `${server.issuer}/api`,
      oauthMethod(server.issuer, 'issuer: https://other.example'),
    )
    const { pending, callbackParams } = await link(issued)
    await expect(
      completeAuthorization(issued, { pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/state-mismatch' })
  })
})

describe('a token answer that departs from the standard', () => {
  const flow = `tokenResponse:
  acceptTokenTypes: [Custom]
  accessToken: authed.token
  refreshToken: $.authed.renew
additionalTokenFields: { instanceUrl: $.instance_url, team: 'team.id', absent: $.nothing }
callbackParams: { realm: companyId }
tokenExpiresIn: 120
customHeaders: { Content-Type: application/json, X-Client: '\${credentials.clientId}' }
tokenParams: { audience: people }`

  test('is read by the rules of the definition, and asked for as the provider wants it', async () => {
    const quirky = await makePlan(`${server.issuer}/api`, oauthMethod(server.issuer, flow))
    const { pending, callbackParams } = await link(quirky)
    callbackParams.set('realm', '9130')
    server.interceptToken = (response) => {
      json(response, 201, {
        ok: true,
        token_type: 'custom',
        authed: { token: 'token-of-the-team', renew: 'renewal-of-the-team' },
        instance_url: 'https://eu.example',
        team: { id: 'T1' },
      })
      return true
    }
    const done = await completeAuthorization(quirky, { pending, callbackParams, setup, transport })
    expect(done.credentials).toEqual({
      accessToken: 'token-of-the-team',
      refreshToken: 'renewal-of-the-team',
      instanceUrl: 'https://eu.example',
      team: 'T1',
      companyId: '9130',
    })
    expect(Date.parse(done.expiresAt ?? '') - Date.parse(done.issuedAt)).toBe(120_000)
    const [call] = server.tokenCalls
    expect(call?.headers).toMatchObject({ 'content-type': 'application/json', 'x-client': 'integrator' })
    expect(JSON.parse(call?.body ?? '')).toEqual({
      grant_type: 'authorization_code',
      code: callbackParams.get('code'),
      redirect_uri: redirectUri,
      code_verifier: pending.codeVerifier,
      client_id: 'integrator',
      client_secret: clientSecret,
      audience: 'people',
    })
  })

  test.each([
    [
      'a form',
      'application/x-www-form-urlencoded',
      'access_token=abcdefgh&token_type=bearer&expires_in=60',
      true,
    ],
    ['text called JSON', 'application/json', 'access_token=abcdefgh&scope=a%2Cb', true],
    ['a page', 'text/html', '<html>Sorry</html>', false],
    ['an error with status 200', 'application/json', '{"error":"bad_verification_code"}', false],
    ['no token', 'application/json', '{"token_type":"bearer"}', false],
    ['an unknown token type', 'application/json', '{"access_token":"abcdefgh","token_type":"mac"}', false],
    ['a token that is no text', 'application/json', '{"access_token":{"a":1}}', false],
  ])('as %s', async (_, contentType, body, isTaken) => {
    const { pending, callbackParams } = await link()
    server.interceptToken = (response) => {
      response.writeHead(200, { 'content-type': contentType }).end(body)
      return true
    }
    const done = completeAuthorization(plan, { pending, callbackParams, setup, transport })
    if (isTaken) await expect(done).resolves.toMatchObject({ credentials: { accessToken: 'abcdefgh' } })
    else
      await expect(done).rejects.toMatchObject({
        code: expect.stringMatching(/^auth\/(exchange-failed|expired)$/),
      })
  })

  test('a grant of fewer scopes than the connector needs is told at once', async () => {
    const needing = await makePlan(
      `${server.issuer}/api`,
      oauthMethod(server.issuer, '', 'requiredScopes: [people.read, people.write]'),
    )
    const { pending, callbackParams } = await link(needing)
    await expect(
      completeAuthorization(needing, { pending, callbackParams, setup, transport }),
    ).rejects.toMatchObject({ code: 'auth/denied', message: expect.stringContaining('people.write') })
  })
})

test('a client proves itself by Basic where the definition says so', async () => {
  const strict = await startAuthorizationServer({
    client: { token_endpoint_auth_method: 'client_secret_basic' },
  })
  try {
    const basic = await makePlan(
      `${strict.issuer}/api`,
      oauthMethod(strict.issuer, '', 'x-mainspring: { oauth: { clientAuthentication: basic } }'),
    )
    const { pending, callbackParams } = await link(basic)
    const done = await completeAuthorization(basic, { pending, callbackParams, setup, transport })
    expect(done.credentials['accessToken']).toMatch(/.{20}/)
    expect(strict.tokenCalls[0]?.body).not.toContain('client_secret')
  } finally {
    await strict.close()
  }
})

test('a callback parameter that would replace a token makes the definition invalid', async () => {
  await expect(
    makePlan(`${server.issuer}/api`, oauthMethod(server.issuer, 'callbackParams: { token: accessToken }')),
  ).rejects.toThrow(/forged link/)
})
