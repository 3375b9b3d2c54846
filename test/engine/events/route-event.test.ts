import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { type ConnectorPlan, identifyAccount, routeEvent } from '../../../src/index.ts'
import { makePlan } from '../auth/make-plan.ts'

const now = () => Date.parse('2026-01-02T03:04:05Z')
const seconds = String(now() / 1000)
const secret = 'whsec-canary-4f1e'
const method = `- none:
    type: custom
    label: None
    environments: [{ key: production, name: Production }]
    authorization: { type: none }`
const action = `  - actionId: handle
    label: Handle
    description: Handles.
    categories: [ats]
    actionType: event
    inputs: [{ name: id, type: string, in: body, required: true, description: d }]
    steps: [{ stepId: s, description: d, stepFunction: { functionName: static_values, parameters: { values: $.inputs.id } } }]
    result: { data: $.steps.s.output.data }`

function events(router: string, more = ''): Promise<ConnectorPlan> {
  return makePlan('https://api.example.com', method, `events:\n  router: ${router}\n${more}`, action)
}

const then = '{ action: handle, input: { id: event.id } }'
const deliver = (body: unknown, headers = {}) => ({ headers, body: JSON.stringify(body) })

describe('a router', () => {
  test('gives each event of a list to the first rule that matches', async () => {
    const plan = await events(
      `{ itemsPath: body.events, rules: [{ when: "event.kind == 'gone'", then: { action: handle, input: { id: "'gone'" } } }, { when: event.id, then: ${then} }] }`,
    )
    const body = { events: [{ id: 'a' }, { kind: 'gone', id: 'b' }, { kind: 'other' }] }
    expect(routeEvent(plan, deliver(body))).toEqual({
      actions: [
        { actionId: 'handle', inputs: { id: 'a' }, eventIndex: 0 },
        { actionId: 'handle', inputs: { id: 'gone' }, eventIndex: 1 },
      ],
      ignored: 1,
    })
  })

  test.each([
    ['0', 1],
    ["''", 1],
    ['true', 1],
    ['false', 0],
    ['null', 0],
    ['body.nothing', 0],
  ])('when %s matches %d', async (when, count) => {
    const plan = await events(`{ rules: [{ when: ${JSON.stringify(when)}, then: ${then} }] }`)
    expect(routeEvent(plan, deliver({ id: 'a' })).actions).toHaveLength(count)
  })

  test('a matching delivery rule sees the whole body and ends the routing', async () => {
    const plan = await events(
      `{ delivery: [{ when: body.ping, then: { action: handle, input: { id: event.ping } } }], itemsPath: body.events, rules: [] }`,
    )
    expect(routeEvent(plan, deliver({ ping: 'p' }))).toEqual({
      actions: [{ actionId: 'handle', inputs: { id: 'p' } }],
      ignored: 0,
    })
    expect(() => routeEvent(plan, deliver({ events: 'none' }))).toThrow(
      expect.objectContaining({ code: 'event/unreadable' }),
    )
  })

  test('tells the account of a delivery, trimmed', async () => {
    const plan = await events('{ rules: [] }', '  externalAccountIdExtractor: { result: body.team }')
    expect(identifyAccount(plan, deliver({ team: ' T1 ' }))).toBe('T1')
    expect(identifyAccount(plan, deliver({}))).toBeUndefined()
  })

  test('a rule for an action that does not exist makes the definition invalid', async () => {
    await expect(events('{ rules: [{ when: true, then: { action: nobody } }] }')).rejects.toThrow(/nobody/)
  })
})

describe('a signature', () => {
  const router = `{ rules: [{ when: true, then: ${then} }] }`
  const signedBy = (rules: string) =>
    events(router, `  x-mainspring: { signature: { secret: $.credentials.webhookSecret, ${rules} } }`)
  const body = '{"id":"a",  "n":1.0}'
  const options = { credentials: { webhookSecret: secret }, now }
  const mac = (text: string, encoding: 'hex' | 'base64' = 'hex', algorithm = 'sha256') =>
    createHmac(algorithm, secret).update(text).digest(encoding)

  test.each([
    ['of the bare body', 'header: X-Sig', { 'X-SIG': mac(body) }],
    [
      'in base64 with a prefix',
      'header: x-sig, prefix: v0=, encoding: base64, algorithm: sha1',
      { 'x-sig': `v0=${mac(body, 'base64', 'sha1')}` },
    ],
    [
      'with a time in another header',
      "header: x-sig, timestampHeader: X-Time, signed: 'v0:{timestamp}:{body}'",
      { 'x-sig': mac(`v0:${seconds}:${body}`), 'x-time': seconds },
    ],
    [
      'among fields, one of several keys',
      "header: sig, signatureField: v1, timestampField: t, signed: '{timestamp}.{body}'",
      { sig: `t=${seconds},v1=${mac('other')},v1=${mac(`${seconds}.${body}`)}` },
    ],
    [
      'over another header',
      "header: sig, encoding: base64, signed: '{header:webhook-id}.{body}'",
      { sig: mac(`m1.${body}`, 'base64'), 'Webhook-Id': 'm1' },
    ],
  ])('%s is checked over the bytes as they came', async (_, rules, headers) => {
    const plan = await signedBy(rules)
    expect(routeEvent(plan, { headers, body }, options).actions).toHaveLength(1)
    const refused = expect.objectContaining({ code: 'event/signature-invalid' })
    expect(() => routeEvent(plan, { headers, body: body.replace('1.0', '1') }, options)).toThrow(refused)
    expect(() => routeEvent(plan, { headers: {}, body }, options)).toThrow(refused)
    expect(() => routeEvent(plan, { headers, body }, { now })).toThrow(refused)
    expect(() => routeEvent(plan, { headers, body }, { now, credentials: { webhookSecret: 'x' } })).toThrow(
      refused,
    )
  })

  test.each([-301, 301])('made %d seconds from now is stale', async (away) => {
    const plan = await signedBy("header: sig, timestampHeader: time, signed: '{timestamp}{body}'")
    const time = String(now() / 1000 + away)
    const headers = { sig: mac(time + body), time }
    expect(() => routeEvent(plan, { headers, body }, options)).toThrow(
      expect.objectContaining({ code: 'event/stale' }),
    )
  })
})

test('a connector without events says so', async () => {
  const plan = await makePlan('https://api.example.com', method)
  expect(() => routeEvent(plan, deliver({}))).toThrow(expect.objectContaining({ code: 'event/unsupported' }))
})
