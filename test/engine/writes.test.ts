import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainAction, type RunEvent, type RunOptions, runAction } from '../../src/index.ts'
import { planOf } from '../contract/plan-of.ts'
import { proves } from '../contract/proves.ts'
import { thrownBy } from '../transport/requests.ts'
import { type FakeProvider, json, type SeenRequest, startProvider } from './fake-provider.ts'

let provider: FakeProvider
afterEach(() => provider.close())

function connector(retry: string, more = ''): ReturnType<typeof planOf> {
  return planOf(`StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: A provider }
baseUrl: https://api.acme.test/v1
authentication:
  - key:
      type: custom
      label: Key
      environments: [{ key: production, name: Production }]
      configFields: [{ key: token, label: Token, type: password, required: false }]
      authorization: { type: none }
actions:
  - actionId: create
    label: Create
    description: Creates.
    categories: [crm]
    actionType: create
    inputs:
      - { name: email, type: string, required: true, in: body, description: d }
    steps:
      - stepId: add
        description: Adds.
        x-mainspring: { retry: ${retry} }
        stepFunction:
          functionName: request
          parameters:
            url: /people
            method: post
            args: [{ name: email, value: $.inputs.email, in: body }]
    result: { data: $.steps.add.output.data }
  - actionId: list
    label: List
    description: Lists.
    categories: [crm]
    actionType: list
    steps:
      - stepId: get
        description: Gets.
        x-mainspring:
          response: { rows: [people] }
          paging: { style: offset, in: query, limitParam: limit, offsetParam: offset, total: total }
        stepFunction: { functionName: request, parameters: { url: /people, method: get } }
    result: { data: $.steps.get.output.data }
${more}`)
}

const lookup = 'action: list, inputs: { page_size: 2 }, match: { contact.email: $.inputs.email }'
const people = (...emails: string[]) => emails.map((email, index) => ({ id: index + 1, contact: { email } }))

/** A provider that keeps what is created, and does to each creation what the test says. */
async function start(
  stored: string[],
  onCreate: readonly ((response: ServerResponse, keep: () => void) => void)[],
): Promise<{ creations: () => readonly SeenRequest[] }> {
  let creation = 0
  provider = await startProvider((request, response) => {
    if (request.method === 'GET') {
      const from = Number(request.query['offset'] ?? 0)
      const page = people(...stored).slice(from, from + Number(request.query['limit'] ?? 50))
      return json(response, { people: page, total: stored.length })
    }
    const { email } = JSON.parse(request.body) as { email: string }
    const act = onCreate[Math.min(creation++, onCreate.length - 1)]
    act?.(response, () => stored.push(email))
  })
  return { creations: () => provider.seen.filter(({ method }) => method === 'POST') }
}

const answer = (response: ServerResponse, keep: () => void) => {
  keep()
  json(response, { id: 'new' })
}
/** The write happens, and its answer never comes. */
const loseAnswer = (response: ServerResponse, keep: () => void) => {
  keep()
  response.destroy()
}
/** Nothing happens, and no answer comes. */
const loseRequest = (response: ServerResponse) => void response.destroy()

const create = (retry: string, options: RunOptions = {}) =>
  runAction(connector(retry), 'create', {
    origin: provider.origin,
    inputs: { email: 'b@example.com' },
    ...options,
  })

describe('a write whose answer is lost', () => {
  proves(
    'x/retry.lookup',
    'a write whose answer is lost is found where it happened, and is not sent again',
    async () => {
      const { creations } = await start(['x@example.com', 'y@example.com', 'z@example.com'], [loseAnswer])
      const events: RunEvent[] = []
      const { data, meta } = await create(`{ lookup: { ${lookup} } }`, {
        observer: (event) => events.push(event),
      })
      expect(data).toEqual({ id: 4, contact: { email: 'b@example.com' } })
      expect(creations()).toHaveLength(1)
      // One write, and two pages of the look.
      expect(meta).toMatchObject({
        requests: expect.any(Number),
        warnings: [expect.stringContaining('lost')],
      })
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'write-looked-up', step: 'add', found: 'found', sentAgain: false }),
      )
      expect(events.filter(({ type }) => type === 'run-started')).toHaveLength(1)
    },
  )

  proves(
    'x/retry.lookup.resend',
    'a lost write is sent once more where it is proven that it did not happen',
    async () => {
      const { creations } = await start(['x@example.com'], [loseRequest, answer])
      const { data } = await create(`{ lookup: { ${lookup}, resend: true } }`)
      expect(data).toEqual({ id: 'new' })
      expect(creations()).toHaveLength(2)
    },
  )

  test('is not sent a third time', async () => {
    const { creations } = await start([], [loseRequest])
    const error = await thrownBy(create(`{ lookup: { ${lookup}, resend: true } }`))
    expect(error).toMatchObject({ code: 'write/outcome-unknown', retryable: false })
    expect(creations()).toHaveLength(2)
  })

  test('stays unknown where its absence proves nothing', async () => {
    const { creations } = await start(['x@example.com'], [loseRequest])
    const error = await thrownBy(create(`{ lookup: { ${lookup} } }`))
    expect(error).toMatchObject({
      code: 'write/outcome-unknown',
      action: 'acme_create',
      step: 'add',
      write: {
        method: 'POST',
        urlTemplate: '/people',
        sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
        lookFor: { action: 'list', fields: ['contact.email'] },
      },
    })
    expect(JSON.stringify(error)).not.toContain('b@example.com')
    expect(creations()).toHaveLength(1)
  })

  test('stays unknown where two records could be it', async () => {
    await start(['b@example.com'], [loseAnswer])
    const error = await thrownBy(create(`{ lookup: { ${lookup}, resend: true } }`))
    expect(error['code']).toBe('write/outcome-unknown')
  })

  test('stays unknown where the look fails', async () => {
    let calls = 0
    provider = await startProvider((request, response) => {
      calls += 1
      if (request.method === 'POST') response.destroy()
      else json(response, { message: 'no' }, 403)
    })
    const error = await thrownBy(create(`{ lookup: { ${lookup}, resend: true } }`))
    expect(error['code']).toBe('write/outcome-unknown')
    expect(calls).toBe(2)
  })

  test('leaves time for the look where it ran out', async () => {
    const { creations } = await start([], [(_response, keep) => keep()])
    const { data } = await create(`{ lookup: { ${lookup} } }`, { timeoutMs: 1_500 })
    expect(data).toEqual({ id: 1, contact: { email: 'b@example.com' } })
    expect(creations()).toHaveLength(1)
  })

  test('of another kind is no reason to look', async () => {
    await start([], [(response) => json(response, { message: 'taken' }, 409)])
    const error = await thrownBy(create(`{ lookup: { ${lookup} } }`))
    expect(error['code']).toBe('provider/refused')
    expect(provider.seen).toHaveLength(1)
  })
})

describe('an idempotency key', () => {
  const keysOf = (seen: readonly SeenRequest[]) => seen.map(({ headers }) => headers['idempotency-key'])
  const declared = '{ idempotencyKey: Idempotency-Key }'

  proves(
    'x/retry.idempotencyKey',
    'the key is the same for all attempts of a run, and another for the next run',
    async () => {
      const { creations } = await start([], [loseAnswer, loseRequest, answer])
      expect((await create(declared)).data).toEqual({ id: 'new' })
      await create(declared)
      const [first, second, third, next] = keysOf(creations())
      expect(first).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect([second, third]).toEqual([first, first])
      expect(next).not.toBe(first)
    },
  )

  test('of the caller makes the same call known again, and other calls not', async () => {
    const { creations } = await start([], [answer])
    await create(declared, { idempotencyKey: 'order-1' })
    await create(declared, { idempotencyKey: 'order-1' })
    await create(declared, { idempotencyKey: 'order-2' })
    const [first, again, other] = keysOf(creations())
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  test('is named where the outcome stays unknown', async () => {
    const { creations } = await start([], [loseRequest])
    const error = await thrownBy(create(declared, { limits: { maxAttempts: 2 } }))
    expect(error).toMatchObject({
      code: 'write/outcome-unknown',
      write: { idempotencyKey: keysOf(creations())[0] },
    })
    expect(new Set(keysOf(creations())).size).toBe(1)
    expect(creations()).toHaveLength(2)
  })

  test('is shown by explain as what it is', async () => {
    await start([], [answer])
    const { requests } = await explainAction(connector(declared), 'create', { inputs: { email: 'a@b.c' } })
    expect(requests[0]?.headers).toMatchObject({ 'idempotency-key': '<idempotency key>' })
  })
})

test('without either, a write is sent once', async () => {
  const { creations } = await start([], [loseRequest])
  expect(await thrownBy(create('{ safe: false }'))).toMatchObject({
    code: 'write/outcome-unknown',
    write: { method: 'POST', urlTemplate: '/people' },
  })
  expect(creations()).toHaveLength(1)
})

test('a lookup by an action that is not there, or that writes, is a finding', async () => {
  await start([], [])
  const named = (action: string) => () => connector(`{ lookup: { action: ${action}, match: { a: b } } }`)
  expect(named('nothing')).toThrow(/is no action of this connector/)
  expect(named('create')).toThrow(/may write/)
})
