import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals'
import { createTransport, subscribeEvents, unsubscribeEvents } from '../../src/index.ts'
import { makePlan } from '../engine/auth/make-plan.ts'
import { type FakeProvider, json, startProvider } from '../engine/fake-provider.ts'
import { loopback } from '../fixtures/loopback.ts'
import { proves } from './proves.ts'

const transport = createTransport({ network: loopback })
let provider: FakeProvider
let activates = true

beforeAll(async () => {
  provider = await startProvider(({ path }, response) =>
    path === '/hooks/h1/start' && !activates
      ? json(response, { message: 'no' }, 422)
      : json(response, { id: 'h1', state: 'on' }),
  )
})
beforeEach(() => {
  provider.seen.length = 0
  activates = true
})
afterAll(async () => {
  transport.close()
  await provider.close()
})

const method = `- none: { type: custom, label: N, environments: [{ key: production, name: P }], authorization: { type: none } }`
const call = (verb: string, url: string, args = '[]') =>
  `[{ stepId: s, description: d, stepFunction: { functionName: request, parameters: { url: "${url}", method: ${verb}, args: ${args} } } }]`
const plan = (more = '') =>
  makePlan(
    provider.origin,
    method,
    `events:
  setup:
    creation:
      steps: ${call('post', '/hooks', '[{ name: target, value: $.inputs.webhookUrl, in: body }, { name: kinds, value: $.inputs.events, in: body }]')}
      result: { data: { id: $.steps.s.output.data.id } }
    activation:
      steps: ${call('put', '/hooks/${inputs.subscription.id}/start')}
      result: { data: { state: $.steps.s.output.data.state } }
    deletion:
      steps: ${call('delete', '/hooks/${inputs.subscription.id}')}
${more}`,
  )
const subscribe = async () =>
  subscribeEvents(await plan(), {
    webhookUrl: 'https://hub.example.com/hook',
    events: ['created'],
    transport,
  })
const sent = () => provider.seen.map(({ method: verb, path }) => `${verb} ${path}`)

proves('12/setup', 'steps make a subscription, start it and end it by what its creation gave', async () => {
  const subscription = await subscribe()
  expect(subscription).toEqual({ data: { id: 'h1', state: 'on' } })
  expect(JSON.parse(provider.seen[0]?.body ?? '')).toEqual({
    target: 'https://hub.example.com/hook',
    kinds: ['created'],
  })
  await unsubscribeEvents(await plan(), { subscription, transport })
  expect(sent()).toEqual(['POST /hooks', 'PUT /hooks/h1/start', 'DELETE /hooks/h1'])
})

proves('12/setup', 'one that cannot be started is ended again, and the failure is told', async () => {
  activates = false
  await expect(subscribe()).rejects.toMatchObject({ code: 'provider/refused' })
  expect(sent()).toEqual(['POST /hooks', 'PUT /hooks/h1/start', 'DELETE /hooks/h1'])
})

proves('12/setup.isConsolidated', 'the plan tells hosts whether one subscription serves all', async () => {
  expect((await plan('    isConsolidated: true')).events?.setup.isConsolidated).toBe(true)
  expect((await plan()).events?.setup.isConsolidated).toBe(false)
})

proves('12/guides', 'the plan has them for hosts, as they are written', async () => {
  const { events } = await plan('  guides: { config: "https://help.example.com/hooks" }')
  expect(events?.guides).toEqual({ config: 'https://help.example.com/hooks' })
})
