import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type SpawnedHub, spawnHub } from './spawn-hub.ts'
import { clockworkSandbox, connectorsFolder, testApiKey } from './start-hub.ts'

const heapMegabytes = 120
const bodyBytes = 400_000
const batch = 5
/** Far more than fit. */
const mostCalls = 3_000

/** A provider that keeps writes waiting, and answers all else at once. */
const waiting = new Set<ServerResponse>()
let letGo = false
const provider = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'POST' && !letGo) waiting.add(response)
    else answer(response)
  })
})
let hub: SpawnedHub
let url: string
const authorization = `Basic ${btoa(`${testApiKey}:`)}`

function answer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ person: { id: 'p1', name: 'A' }, people: [], meta: { total: 0 } }))
}

beforeAll(async () => {
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const { port } = provider.address() as AddressInfo
  hub = spawnHub(
    {
      connectors: connectorsFolder,
      apiKey: testApiKey,
      integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: `http://127.0.0.1:${port}` }],
      requestsPerMinute: 1_000_000,
      maxRequestsUnderWay: 2 * mostCalls,
      flow: { mostPerAccount: mostCalls, mostAtATime: mostCalls },
    },
    { execArgv: [`--max-old-space-size=${heapMegabytes}`] },
  )
  url = (await hub.url) ?? ''
  expect(url).toMatch(/^http/)
}, 60_000)

afterAll(async () => {
  await hub.kill()
  provider.closeAllConnections()
  provider.close()
})

async function post(path: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text) }
}

async function link(): Promise<string> {
  const { body: session } = await post('/connect_sessions', {
    origin_owner_id: 'o',
    origin_owner_name: 'O',
  })
  const credentials = { firmName: 'acme', apiKey: 'key', apiSecret: 'secret', firmServiceKey: 'service' }
  const linked = await post(
    '/hub/accounts',
    { integration_id: clockworkSandbox, credentials },
    { 'x-hub-session-token': session.token },
  )
  expect(linked.status).toBe(201)
  return linked.body.id
}

test('short of memory a hub refuses what is new, says so, lives, answers what it has begun, and takes calls again', async () => {
  const accountId = await link()
  const create = () =>
    post(
      '/actions/rpc',
      { action: 'clockwork_create_person', body: { name: 'x'.repeat(bodyBytes) } },
      { 'x-account-id': accountId },
    )
  const ready = async () => {
    const response = await fetch(`${url}/ready`)
    return { status: response.status, body: await response.json() }
  }
  type Answer = Awaited<ReturnType<typeof create>>
  let refused: Answer | undefined
  let unready: Awaited<ReturnType<typeof ready>> | undefined
  const calls: Promise<Answer>[] = []
  while ((refused === undefined || unready === undefined) && calls.length < mostCalls) {
    for (let index = 0; index < batch; index++) {
      const call = create()
      calls.push(call)
      void call.then((answer) => {
        if (answer.status !== 200) refused ??= answer
      })
    }
    // The next come once the hub has got round to something else; collecting garbage may help it for a while.
    const said = await ready()
    if (said.status !== 200) unready ??= said
  }
  expect({ ...refused, retryAfter: refused?.headers.get('retry-after') }).toMatchObject({
    status: 503,
    retryAfter: '1',
    body: { code: 'hub/overloaded', message: expect.stringMatching(/memory/) },
  })
  expect(unready).toMatchObject({
    status: 503,
    body: { status: 'the memory is nearly used up', checks: { memory: 'failing', store: 'ok' } },
  })
  expect((await fetch(`${url}/health`)).status).toBe(200)
  // More of the same does it no harm, be it refused or taken where some memory came free.
  calls.push(...Array.from({ length: 50 }, create))
  await ready()

  letGo = true
  for (const response of waiting) answer(response)
  const answers = await Promise.all(calls)
  // On a busy machine some were held for longer than a call may take; they are told so, and none is left without an answer.
  for (const { status, body } of answers)
    expect([status, body.code]).toEqual(
      status === 200
        ? [200, undefined]
        : [expect.any(Number), expect.stringMatching(/^(?:hub|write|provider)\//)],
    )
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  while ((await ready()).status !== 200) await sleep(20)
  expect((await create()).status).toBe(200)
  expect(hub.child.exitCode).toBeNull()
}, 120_000)
