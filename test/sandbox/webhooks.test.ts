import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { type Caller, callerOf, closeSandboxes, controlOf, sandboxFor } from './caller.ts'

interface Received {
  readonly url: string | undefined
  readonly contentType: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the body of a delivery
  readonly body: any
}

let receiver: Server
let received: Received[]
let answer: { status: number; headers?: Record<string, string> }
let hook: string
let sandbox: Sandbox
let call: Caller
let control: Caller
let candidacy: { id: string; projectId: string; personId: string; statusId: string; rank: number }

beforeEach(async () => {
  received = []
  answer = { status: 200 }
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString())
    received.push({ url: request.url, contentType: request.headers['content-type'], body })
    response.writeHead(answer.status, answer.headers).end('thanks')
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  sandbox = await sandboxFor({ people: 40, clock: () => new Date('2026-01-02T03:04:05.000Z') })
  call = callerOf(sandbox)
  control = controlOf(sandbox)
  candidacy = await someCandidacy(call)
})

afterEach(async () => {
  await closeSandboxes()
  await new Promise((resolve) => receiver.close(resolve))
})

async function someCandidacy(caller: Caller): Promise<typeof candidacy> {
  const [project] = (await caller('GET', '/projects?limit=1')).body.projects
  return (await caller('GET', `/projects/${project.id}/candidacies?limit=1`)).body.candidacies[0]
}

describe('a subscription', () => {
  test('hears of a changed candidacy, in snake_case with ISO times', async () => {
    const created = await call('POST', '/webhooks', { hook_url: `${hook}?token=hidden` })
    expect(created).toMatchObject({ status: 201, body: { id: expect.any(String) } })
    const changed = await control('POST', `/candidacies/${candidacy.id}`, {
      status: 'finalist',
      rank: 9,
      stoplightStatus: 'red',
    })
    expect(changed.status).toBe(200)
    const { statusId } = changed.body.candidacy
    const body = {
      event_name: 'candidacy_updated',
      candidacy: {
        id: candidacy.id,
        person_id: candidacy.personId,
        project_id: candidacy.projectId,
        status_id: statusId,
        created_user_id: expect.any(String),
        rank: 9,
        stoplight_status: 'red',
        color_category: null,
        assessment_note_id: null,
        next_steps_note_id: null,
        overview_note_id: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        updated_at: '2026-01-02T03:04:05Z',
        updated_at_display: '2026-01-02',
      },
    }
    expect(received).toEqual([{ url: '/hook?token=hidden', contentType: 'application/json', body }])
    const statuses = (await call('GET', '/statuses')).body.statuses
    expect(statuses).toContainEqual({ id: statusId, name: 'Finalist' })
    expect(await someCandidacy(call)).toMatchObject({ rank: 9, statusId, updatedAt: '2026-01-02 03:04:05' })
    const delivery = { webhookId: created.body.id, firmName: 'acme', url: hook, status: 200, failure: null }
    expect((await control('GET', '/deliveries')).body.deliveries).toMatchObject([delivery])
    expect(JSON.stringify(sandbox.deliveries)).not.toContain('hidden')
  })

  test('hears nothing after it was deleted', async () => {
    const { body } = await call('POST', '/webhooks', { hook_url: hook })
    const deleted = await call('DELETE', `/webhooks/${body.id}`)
    expect([deleted.status, deleted.body]).toEqual([204, null])
    await control('POST', `/candidacies/${candidacy.id}`, { rank: 2 })
    expect(received).toEqual([])
    expect((await call('DELETE', `/webhooks/${body.id}`)).status).toBe(404)
  })

  test('hears of its own firm alone, and each subscription of the firm hears', async () => {
    await callerOf(sandbox, 1)('POST', '/webhooks', { hook_url: `${hook}/other` })
    await call('POST', '/webhooks', { hookUrl: `${hook}/a` })
    await call('POST', '/webhooks', { hook_url: `${hook}/b` })
    await control('POST', `/candidacies/${candidacy.id}`, {})
    expect(received.map(({ url }) => url).toSorted()).toEqual(['/hook/a', '/hook/b'])
  })

  test.each([
    'https://example.com/hook',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'http://[::2]/',
    'http://user@127.0.0.1/',
    'ftp://127.0.0.1/',
    'hook',
  ])('to %s is refused', async (url) => {
    expect(await call('POST', '/webhooks', { hook_url: url })).toMatchObject({
      status: 422,
      body: { message: 'hook_url must be a loopback URL: the sandbox delivers nowhere else' },
    })
  })

  test('has no wrapper around its body', async () => {
    expect((await call('POST', '/webhooks', { webhook: { hook_url: hook } })).status).toBe(422)
  })
})

describe('a delivery', () => {
  test('follows no redirect', async () => {
    answer = { status: 302, headers: { Location: `${hook}/elsewhere` } }
    await call('POST', '/webhooks', { hook_url: hook })
    await control('POST', `/candidacies/${candidacy.id}`, { rank: 2 })
    expect(received).toHaveLength(1)
    expect(sandbox.deliveries).toMatchObject([{ status: 302 }])
  })

  test('to a subscriber that is gone is recorded as failed, and the change stands', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    await call('POST', '/webhooks', { hook_url: `http://127.0.0.1:${port}/` })
    const { body } = await control('POST', `/candidacies/${candidacy.id}`, { rank: 7 })
    expect(body.deliveries).toMatchObject([{ status: null, failure: 'ECONNREFUSED' }])
    expect((await someCandidacy(call)).rank).toBe(7)
  })

  test('that is never answered ends when the sandbox closes', async () => {
    const arrived = Promise.withResolvers<void>()
    const silent = createServer(() => arrived.resolve())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await call('POST', '/webhooks', { hook_url: `http://127.0.0.1:${port}/` })
    const change = control('POST', `/candidacies/${candidacy.id}`, {}).catch(() => 'broken off')
    await arrived.promise
    await closeSandboxes()
    expect(await change).toBe('broken off')
    await new Promise((resolve) => silent.close(resolve))
  })
})

describe('a change of a candidacy', () => {
  test('by the id of a status', async () => {
    const [, second] = (await call('GET', '/statuses')).body.statuses
    const { body } = await control('POST', `/candidacies/${candidacy.id}`, { status_id: second.id })
    expect(body.candidacy.statusId).toBe(second.id)
  })

  test.each([
    [{ status: 'Nowhere' }, 'The firm has no such status'],
    [{ status_id: 'x' }, 'The firm has no such status'],
    [{ rank: 0 }, 'rank must be a whole number from 1 to 100000'],
    [{ rank: 5, stage: 'x' }, 'A candidacy has no stage to change'],
  ])('to %j is refused and changes nothing', async (change, message) => {
    expect(await control('POST', `/candidacies/${candidacy.id}`, change)).toMatchObject({
      status: 422,
      body: { message },
    })
    expect(await someCandidacy(call)).toEqual(candidacy)
  })

  test('that does not exist is not found', async () => {
    expect((await control('POST', '/candidacies/x', {})).status).toBe(404)
  })
})
