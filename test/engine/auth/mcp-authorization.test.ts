import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  beginAuthorization,
  type ConnectorPlan,
  completeAuthorization,
  createTransport,
  refreshCredentials,
  runAction,
} from '../../../src/index.ts'
import { proves } from '../../contract/proves.ts'
import { loopback } from '../../fixtures/loopback.ts'
import {
  type AuthorizationServer,
  consent,
  redirectUri,
  startAuthorizationServer,
} from './authorization-server.ts'
import { makePlan } from './make-plan.ts'

const transport = createTransport({ network: loopback })
let server: AuthorizationServer
let plan: ConnectorPlan

const method = (issuer: string, registration = 'dcr') => `- mcp:
    type: mcp
    label: MCP
    environments: [{ key: production, name: Production }]
    authorization: { type: bearer, token: $.credentials.accessToken }
    authorizationFlow: { serverUrl: "${issuer}/api/mcp", clientRegistration: ${registration}, scopes: [people.read, offline_access] }`

beforeAll(async () => {
  server = await startAuthorizationServer()
  plan = await makePlan(`${server.issuer}/api`, method(server.issuer))
})
afterAll(async () => {
  transport.close()
  await server.close()
})

proves(
  '3/authorizationFlow',
  'the authorization server of an MCP server is found, registered with by dcr, and linked',
  async () => {
    const { url, pending } = await beginAuthorization(plan, { redirectUri, transport, clientName: 'A hub' })
    expect(pending.discovered).toMatchObject({ issuer: server.issuer, clientAuthentication: 'none' })
    expect(new URL(url).searchParams.get('resource')).toBe(`${server.issuer}/api/mcp`)
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
    const { searchParams } = new URL(url)
    searchParams.set('prompt', 'consent')
    const callbackParams = await consent(`${url}&prompt=consent`)
    const first = await completeAuthorization(plan, { pending, callbackParams, transport })
    await expect(runAction(plan, 'list_people', { ...first, transport })).resolves.toMatchObject({
      data: [{ id: '1' }],
    })
    const second = await refreshCredentials(plan, { credentials: first.credentials, transport })
    expect(second.credentials['accessToken']).not.toBe(first.credentials['accessToken'])
    await expect(runAction(plan, 'list_people', { ...second, transport })).resolves.toBeDefined()
  },
)

proves(
  '3/authorizationFlow',
  'with cimd the client is its metadata document, which the caller serves',
  async () => {
    const cimd = await makePlan(`${server.issuer}/api`, method(server.issuer, 'cimd'))
    await expect(beginAuthorization(cimd, { redirectUri, transport })).rejects.toMatchObject({
      code: 'auth/discovery-failed',
      message: expect.stringContaining('client metadata document'),
    })
    const clientMetadataUrl = 'https://hub.example.com/client.json'
    const { url } = await beginAuthorization(cimd, { redirectUri, transport, clientMetadataUrl })
    expect(new URL(url).searchParams.get('client_id')).toBe(clientMetadataUrl)
  },
)

test('a server that is none is told plainly', async () => {
  const lost = await makePlan('http://127.0.0.1:1', method('http://127.0.0.1:1'))
  await expect(beginAuthorization(lost, { redirectUri, transport })).rejects.toMatchObject({
    code: 'auth/discovery-failed',
  })
})
