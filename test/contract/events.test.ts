import { expect } from '@jest/globals'
import { identifyAccount, routeEvent } from '../../src/index.ts'
import { makePlan } from '../engine/auth/make-plan.ts'
import { proves } from './proves.ts'

const method = `- none: { type: custom, label: N, environments: [{ key: production, name: P }], authorization: { type: none } }`
const handler = (id: string) =>
  `{ actionId: ${id}, label: H, description: d, categories: [internal], actionType: event, inputs: [{ name: id, type: string, in: body, description: d }], steps: [{ stepId: s, description: d, stepFunction: { functionName: static_values, parameters: { values: x } } }], result: { data: 1 } }`
const events = (router: string, more = '') =>
  makePlan(
    'https://api.example.com',
    method,
    `events:\n  actions: [${handler('on_event')}, ${handler('on_gone')}]\n  router: ${router}\n${more}`,
  )
const deliver = (body: unknown) => ({ headers: { 'X-Kind': 'k' }, body: JSON.stringify(body) })
const then = '{ action: on_event, input: { id: event.id } }'

proves(
  '12/router.rules',
  'the first rule that matches takes an event; 0 and an empty text match',
  async () => {
    const plan = await events(
      `{ itemsPath: body.list, rules: [{ when: "event.n == 2 ? null : (event.n == 3 ? 0 : false)", then: { action: on_gone } }, { when: "event.n == 1 ? '' : false", then: ${then} }] }`,
    )
    const list = [
      { n: 1, id: 'a' },
      { n: 2, id: 'b' },
      { n: 3, id: 'c' },
    ]
    expect(routeEvent(plan, deliver({ list }))).toEqual({
      actions: [
        { actionId: 'on_event', inputs: { id: 'a' }, eventIndex: 0 },
        { actionId: 'on_gone', inputs: {}, eventIndex: 2 },
      ],
      ignored: 1,
    })
  },
)

proves('12/router.delivery', 'a rule for the whole body ends the routing', async () => {
  const plan = await events(
    `{ delivery: [{ when: body.ping, then: ${then} }], rules: [{ when: true, then: ${then} }] }`,
  )
  expect(routeEvent(plan, deliver({ ping: 1, id: 'p' })).actions).toEqual([
    { actionId: 'on_event', inputs: { id: 'p' } },
  ])
})

proves('12/router.itemsPath', 'must give a list; left out, the body is the one event', async () => {
  const listed = await events(`{ itemsPath: body.list, rules: [{ when: true, then: ${then} }] }`)
  expect(() => routeEvent(listed, deliver({ list: {} }))).toThrow(
    expect.objectContaining({ code: 'event/unreadable' }),
  )
  const single = await events(`{ rules: [{ when: true, then: ${then} }] }`)
  expect(routeEvent(single, deliver({ id: 'a' })).actions).toHaveLength(1)
})

proves('12/router-roots', 'programs see body, event, eventIndex, headers and query', async () => {
  const plan = await events(
    `{ itemsPath: body.list, rules: [{ when: "headers['x-kind'] == 'k'", then: { action: on_event, input: { id: "eventIndex + ':' + event.id + body.suffix + query.q" } } }] }`,
  )
  const { actions } = routeEvent(plan, {
    ...deliver({ list: [{ id: 'a' }], suffix: '!' }),
    query: { q: '?' },
  })
  expect(actions[0]?.inputs).toEqual({ id: '0:a!?' })
})

proves('12/externalAccountIdExtractor', 'its result, a bare program, is trimmed', async () => {
  const plan = await events(
    '{ rules: [] }',
    '  externalAccountIdExtractor: { action: { result: body.team } }',
  )
  expect(identifyAccount(plan, deliver({ team: ' T1 ' }))).toBe('T1')
})

proves(['12/actions', '2/events'], 'handle events by their id, and are not listed', async () => {
  const plan = await events('{ rules: [] }')
  expect(plan.actions.map(({ id }) => id)).toEqual(['list_people'])
  expect(plan.actionsById['on_event']?.actionType).toBe('event')
})
