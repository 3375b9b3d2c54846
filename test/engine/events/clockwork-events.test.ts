import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  compileConnector,
  createTransport,
  loadConnector,
  routeEvent,
  runAction,
  subscribeEvents,
  unsubscribeEvents,
} from '../../../src/index.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts'

const { model } = await loadConnector('connectors/clockwork')
if (model === null) throw new Error('The connector does not load.')
const plan = compileConnector(model)
const transport = createTransport()
const deliveries: { headers: IncomingHttpHeaders; body: Buffer }[] = []
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    deliveries.push({ headers: request.headers, body: Buffer.concat(chunks) })
    response.writeHead(204).end()
  })
})
let sandbox: Sandbox
let webhookUrl = ''

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/one`
})
afterAll(async () => {
  transport.close()
  receiver.closeAllConnections()
  receiver.close()
  await sandbox.close()
})

test('Clockwork: subscribe, deliver, route, run, unsubscribe, over real sockets', async () => {
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('The sandbox has no firm.')
  const options = { credentials: { ...firm }, origin: sandbox.origin, transport }
  const subscription = await subscribeEvents(plan, { ...options, webhookUrl })
  expect(subscription).toEqual({ data: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } })

  const candidacy = await firstCandidacy(options)
  await change(candidacy.id)
  expect(deliveries).toHaveLength(1)
  const [delivery] = deliveries
  if (delivery === undefined) throw new Error('Nothing was delivered.')
  const { actions, ignored } = routeEvent(plan, delivery)
  expect([actions.length, ignored]).toEqual([1, 0])
  const [routed] = actions
  const { data } = await runAction(plan, routed?.actionId ?? '', { ...options, inputs: routed?.inputs ?? {} })
  expect(data).toMatchObject({
    event: 'candidacy_updated',
    candidacy_id: candidacy.id,
    project_id: candidacy.projectId,
    candidacy: { id: candidacy.id, stoplight_status: 'red' },
  })

  await unsubscribeEvents(plan, { ...options, subscription })
  await change(candidacy.id)
  expect(deliveries).toHaveLength(1)
})

test('deliveries of another kind are ignored, and what is no delivery is refused', () => {
  expect(routeEvent(plan, { headers: {}, body: '{"event_name":"person_updated"}' })).toEqual({
    actions: [],
    ignored: 1,
  })
  expect(() => routeEvent(plan, { headers: {}, body: 'hello' })).toThrow(
    expect.objectContaining({ code: 'event/unreadable' }),
  )
})

async function firstCandidacy(
  options: Parameters<typeof runAction>[2],
): Promise<{ id: string; projectId: string }> {
  const projects = await runAction(plan, 'list_projects', { ...options, inputs: { page_size: 1 } })
  const [project] = projects.data as { id: string }[]
  const inputs = { project_id: project?.id, page_size: 1 }
  const { data } = await runAction(plan, 'list_project_candidacies', { ...options, inputs })
  const [candidacy] = data as { id: string; projectId: string }[]
  if (candidacy === undefined) throw new Error('There is no candidacy.')
  return candidacy
}

async function change(id: string): Promise<void> {
  await fetch(`${sandbox.origin}/__sandbox/candidacies/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"stoplight_status":"red"}',
  })
}
