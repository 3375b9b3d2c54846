import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PreparedRequest } from '../../src/http/index.ts'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { createTransport, type Exchange, systemClock } from '../../src/transport/index.ts'
import { mostWithin } from '../engine/flow/flow-simulator.ts'

const ofAccount = 3
const ofAll = 8
const seconds = 0.6
/** A busy machine holds requests up on their way, so that two windows meet at the provider; the exact bound is shown with a clock of the test's own. */
const countedMs = seconds * 500
const owners = ['anna', 'bert', 'cleo']
const actor = { kind: 'system' } as const
const caller = { projectId: 'default', accountId: null, actor, canWrite: true, agent: false }

/** What came in: of whom, what, and when. */
interface Arrival {
  readonly owner: string
  readonly what: string
  readonly atMs: number
}

const arrivals: Arrival[] = []
const uses = new Map<string, number>()
let issued = 0
let folder: string
let hub: Hub

/** Takes a token five times, so that each account has to renew its own while it is in use. */
function answer({ method, url, headers, body }: PreparedRequest): Exchange {
  const { pathname } = new URL(url)
  const form = new URLSearchParams(typeof body === 'string' ? body : '')
  const grant = form.get('code') ?? form.get('refresh_token')
  const token = /^Bearer (.*)$/.exec(headers['authorization'] ?? '')?.[1]
  const [, owner = ''] = (grant ?? token ?? '').split('-')
  arrivals.push({
    owner,
    what: `${method} ${pathname} ${form.get('grant_type') ?? ''}`,
    atMs: systemClock.now(),
  })
  const json = (status: number, value: object) => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  })
  if (pathname === '/token')
    return json(200, {
      access_token: `access-${owner}-${issued++}`,
      refresh_token: `refresh-${owner}`,
      token_type: 'Bearer',
      expires_in: 3_600,
    })
  const used = (uses.get(token ?? '') ?? 0) + 1
  uses.set(token ?? '', used)
  if (used > 5) return json(401, { message: 'used up' })
  return json(200, pathname === '/hooks' ? { id: `hook-${owner}` } : { people: [{ id: '1' }] })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-one-flow-'))
  await writeFile(join(folder, 'counted.connector.s1.yaml'), definition)
  hub = await createHub({
    connectors: folder,
    baseUrl: 'https://hub.example.com',
    transport: createTransport({
      client: { exchange: async (request) => answer(request), close() {} },
    }),
  })
  await hub.services.integrations.saveSetup('default', 'counted.oauth.production', setup, actor)
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const setup = { clientId: 'client', clientSecret: 'client-secret' }

async function link(owner: string): Promise<string> {
  const { authorizations } = hub.services
  const begun = await authorizations.begin(
    { projectId: 'default', owner: { id: owner, name: owner }, actor },
    { integrationId: 'counted.oauth.production', values: {}, returnTo: '/' },
  )
  if (!begun.begun) throw new Error(begun.failure.headline)
  const state = new URL(begun.url).searchParams.get('state') ?? ''
  const { result } = await authorizations.complete(
    new URLSearchParams({ code: `code-${owner}`, state }),
    begun.browserToken,
  )
  if (result?.linked !== true) throw new Error(`${owner} was not linked`)
  return result.account.id
}

/** Links an account and uses it in every way that sends something, all at once. */
async function live(owner: string): Promise<void> {
  const { runs, subscriptions, linking, disconnect } = hub.services
  const accountId = await link(owner)
  const run = async () =>
    runs.run(caller, { accountId, action: 'list_people', inputs: {}, source: 'rpc', requestId: 'r' })
  await Promise.all([
    ...Array.from({ length: 5 }, run),
    subscriptions.add('default', { accountId }, actor),
    linking.testAccount('default', accountId),
    link(owner),
  ])
  await Promise.all(Array.from({ length: 3 }, run))
  await disconnect('default', accountId, actor)
}

test('a provider that counts sees no request above its budget while accounts are linked, renewed, used and ended at the same time', async () => {
  await Promise.all(owners.map(live))
  const seen = new Set(arrivals.map(({ what }) => what))
  expect([...seen].sort()).toEqual([
    'DELETE /hooks/hook-anna ',
    'DELETE /hooks/hook-bert ',
    'DELETE /hooks/hook-cleo ',
    'GET /people ',
    'POST /hooks ',
    'POST /token authorization_code',
    'POST /token refresh_token',
  ])
  const times = (owner?: string) =>
    arrivals.flatMap((one) => (owner === undefined || one.owner === owner ? [one.atMs] : []))
  for (const owner of owners) {
    expect(times(owner).length).toBeGreaterThan(ofAccount * 3)
    expect(mostWithin(times(owner), countedMs)).toBeLessThanOrEqual(ofAccount)
  }
  expect(mostWithin(times(), countedMs)).toBeLessThanOrEqual(ofAll)
}, 60_000)

const definition = `StackOne: 1.0.0
info: { title: Counted, key: counted, version: 1.0.0, description: Counts what comes. }
baseUrl: https://api.counted.example
x-mainspring:
  budgets:
    - { key: account, requests: ${ofAccount}, seconds: ${seconds}, per: account }
    - { key: all, requests: ${ofAll}, seconds: ${seconds}, per: connector }
authentication:
  - oauth:
      type: oauth2
      label: Sign in
      grantType: authorization_code
      setupFields:
        - { key: clientId, label: Client id, type: text, required: true, secret: false }
        - { key: clientSecret, label: Client secret, type: password, required: true, secret: true }
      environments: [{ key: production, name: Production }]
      authorization:
        type: oauth2
        token: $.credentials.accessToken
        authorizationUrl: https://api.counted.example/auth
        authorizationParams: { response_type: code, client_id: $.credentials.clientId }
        tokenUrl: https://api.counted.example/token
      testActions:
        - { required: true, action: list_people }
events:
  setup:
    creation:
      steps: [{ stepId: s, description: d, stepFunction: { functionName: request, parameters: { url: /hooks, method: post } } }]
      result: { data: { id: $.steps.s.output.data.id } }
    deletion:
      steps: [{ stepId: s, description: d, stepFunction: { functionName: request, parameters: { url: "/hooks/\${inputs.subscription.id}", method: delete } } }]
  router:
    rules: [{ when: "event.kind == 'x'", then: { action: list_people } }]
actions:
  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction: { functionName: request, parameters: { url: /people, method: get, response: { dataKey: people } } }
    result: { data: $.steps.get.output.data }
`
