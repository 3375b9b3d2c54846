import { expect, test } from '@jest/globals'
import { loadConnector } from '../../src/index.ts'
import { type ActionParts, createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const after = (values: unknown): Record<string, unknown> => ({
  stepId: 'after',
  description: 'd',
  stepFunction: { functionName: 'static_values', parameters: { values } },
})
const snapshot = after('$.steps.get')
/** A `request` step `get` and one that shows what it left. */
const observed = (
  more: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, unknown>> = {},
): ActionParts => ({
  steps: [stepOf('request', { url: '/x', method: 'get', ...parameters }, more), snapshot],
  result: { data: '$.steps.after.output.data' },
})
const fail: Parameters<typeof bench.answer>[0] = (_, response) => sendJson(response, { message: 'no' }, 422)
const succeed: Parameters<typeof bench.answer>[0] = (_, response) => sendJson(response, { ok: 1 })

proves('6/output', 'the output of a step is read by the steps after it', async () => {
  bench.answer(succeed)
  const action = {
    steps: [stepOf('request', { url: '/x', method: 'get' }), after({ got: '$.steps.get.output.data.ok' })],
  }
  const { data } = await bench.run({ ...action, result: { data: '$.steps.after.output.data' } })
  expect(data).toEqual({ got: 1 })
})

proves(
  ['6/snapshot', '7.2/error'],
  'a step leaves successful, skipped, message and errors, and the output of the answer',
  async () => {
    bench.answer(succeed)
    expect((await bench.run(observed({}))).data).toMatchObject({
      output: { data: { ok: 1 }, raw: { ok: 1 }, statusCode: 200 },
      successful: true,
      skipped: false,
    })
    bench.answer(fail)
    expect((await bench.run(observed({ ignoreError: true }))).data).toMatchObject({
      output: { data: { message: 'no' }, raw: { message: 'no' }, statusCode: 422, message: 'no' },
      successful: false,
      skipped: false,
      message: expect.stringContaining('422'),
      errors: [{ code: 'provider/refused', message: expect.stringContaining('no') }],
    })
  },
)

proves(
  '6/condition',
  'the step is skipped where its condition is not met, and truthiness counts',
  async () => {
    bench.answer(succeed)
    for (const condition of ['{{1 == 2}}', '{{""}}', '{{inputs.none}}', false])
      expect((await bench.run(observed({ condition }))).data).toMatchObject({
        skipped: true,
        successful: true,
      })
    expect(bench.seen).toEqual([])
    for (const condition of ['{{1 == 1}}', '{{"no"}}', true])
      expect((await bench.run(observed({ condition }))).data).toMatchObject({ skipped: false })
  },
)

proves(
  '6/onConditionError',
  'a condition that fails counts as met, as not met, or ends the action',
  async () => {
    bench.answer(succeed)
    // It reads within null, which a filter cannot.
    const condition = '$.inputs.rows[?(@.a.b > 1)]'
    const rows = { name: 'rows', type: 'object', array: true, in: 'body', required: true, description: 'r' }
    const run = async (more: Readonly<Record<string, unknown>>) => {
      bench.seen.length = 0
      const action = { ...observed({ condition, ...more }), inputs: [rows] }
      const { data } = await bench.run(action, { inputs: { rows: [{ a: null }] } })
      return [bench.seen.length, data]
    }
    expect(await run({ onConditionError: true })).toMatchObject([1, { skipped: false }])
    expect(await run({ onConditionError: false })).toMatchObject([0, { skipped: true }])
    expect(await run({})).toMatchObject([0, { skipped: true }])
    // Nothing after it is done either.
    expect(await run({ onConditionError: 'break' })).toEqual([0, undefined])
  },
)

proves('6/ignoreError', 'the action goes on after a failure', async () => {
  bench.answer(fail)
  const { data, meta } = await bench.run(observed({ ignoreError: true }))
  expect(data).toMatchObject({ successful: false })
  expect(meta.warnings).toEqual([expect.stringContaining('"get" failed')])
})

proves(['6/order', '4/steps'], 'steps run in order, and one that fails ends the action', async () => {
  bench.answer(({ url }, response) => sendJson(response, {}, url.endsWith('/two') ? 422 : 200))
  const one = (stepId: string) => stepOf('request', { url: `/${stepId}`, method: 'get' }, { stepId })
  await expect(bench.run({ steps: [one('one'), one('two'), one('three')] })).rejects.toMatchObject({
    step: 'two',
  })
  expect(bench.seen.map(({ url }) => url)).toEqual(['/v1/one', '/v1/two'])
})

proves('6/successCriteria', 'an expression decides whether the step succeeded', async () => {
  bench.answer(succeed)
  await expect(
    bench.run(observed({ successCriteria: '{{steps.get.output.data.ok == 2}}' })),
  ).rejects.toMatchObject({
    code: 'step/failed',
    step: 'get',
  })
  bench.answer(fail)
  const forgiving = observed({ successCriteria: '{{steps.get.output.statusCode == 422}}' })
  expect((await bench.run(forgiving)).data).toMatchObject({ successful: true, output: { statusCode: 422 } })
})

proves('6/async', 'the steps after it do not wait, and the action does before its result', async () => {
  const order: string[] = []
  bench.answer(({ url }, response) => {
    order.push(url)
    // The slow one is answered by the quick one's arrival: were it waited for, nothing would ever end.
    if (url.endsWith('/slow')) held = response
    else {
      sendJson(response, { quick: true })
      sendJson(held ?? response, { slow: true })
    }
  })
  let held: Parameters<Parameters<typeof bench.answer>[0]>[1] | undefined
  const { data } = await bench.run({
    steps: [
      stepOf('request', { url: '/slow', method: 'get' }, { async: true }),
      // What it gives is not there yet.
      after({ early: '$.steps.get.output.data' }),
      stepOf('request', { url: '/quick', method: 'get' }, { stepId: 'quick' }),
    ],
    result: {
      data: {
        slow: '$.steps.get.output.data.slow',
        early: '$.steps.after.output.data.early',
        quick: '$.steps.quick.output.data.quick',
      },
    },
  })
  expect(data).toMatchObject({ slow: true, quick: true })
  expect((data as { early?: unknown }).early ?? undefined).toBeUndefined()
  expect(order).toEqual(['/v1/slow', '/v1/quick'])
})

test('a step that fails beside the others fails the action, and nothing is left running', async () => {
  bench.answer(({ url }, response) => {
    if (url.endsWith('/slow')) setTimeout(() => sendJson(response, {}, 422), 20)
    else sendJson(response, {})
  })
  const steps = [stepOf('request', { url: '/slow', method: 'get' }, { async: true }), after('x')]
  await expect(bench.run({ steps })).rejects.toMatchObject({ code: 'provider/refused', step: 'get' })
})

const items = (
  more: Readonly<Record<string, unknown>> = {},
  url = '/item/${iterator.item}',
): ActionParts => ({
  inputs: [{ name: 'ids', type: 'string', array: true, in: 'body', required: true, description: 'ids' }],
  steps: [stepOf('request', { url, method: 'get' }, { iterator: '$.inputs.ids', ...more }), snapshot],
  result: {
    data: {
      got: '$.steps.get.output.data',
      step: '$.steps.after.output.data',
      each: '$.intermediateSteps.get',
    },
  },
})
const ids = (count: number) => ({ inputs: { ids: Array.from({ length: count }, (_, index) => `i${index}`) } })

proves(
  ['6/iterator', '6/intermediateSteps'],
  'the step is done for each item in order, and leaves their snapshots',
  async () => {
    bench.answer(({ url }, response) => sendJson(response, url))
    const { data } = await bench.run(items(), ids(3))
    expect(data).toMatchObject({
      got: ['/v1/item/i0', '/v1/item/i1', '/v1/item/i2'],
      each: [0, 1, 2].map((index) => ({
        output: { data: `/v1/item/i${index}` },
        successful: true,
        skipped: false,
      })),
    })
    expect(bench.seen.map(({ url }) => url)).toEqual(['/v1/item/i0', '/v1/item/i1', '/v1/item/i2'])
  },
)

proves('6/iterator-roots', 'iterator.item, iterator.index and iterator.current are read', async () => {
  bench.answer(({ url }, response) => sendJson(response, url))
  const { data } = await bench.run(
    items({}, '/${iterator.item}/${iterator.index}/${iterator.current}'),
    ids(2),
  )
  expect(data).toMatchObject({ got: ['/v1/i0/0/i0', '/v1/i1/1/i1'] })
})

test('an iterator that gives no list fails the step, and an empty one does nothing', async () => {
  await expect(bench.run(items({ iterator: '$.inputs' }), ids(1))).rejects.toMatchObject({
    code: 'step/failed',
  })
  expect((await bench.run(items(), ids(0))).data).toMatchObject({ got: [] })
})

proves(
  'x/forEach.concurrency',
  'items run at a time up to a number, and their results keep their order',
  async () => {
    let [running, most] = [0, 0]
    bench.answer(({ url }, response) => {
      running += 1
      most = Math.max(most, running)
      // The later an item the sooner its answer.
      const delayMs = 30 - 4 * Number(/\d+$/.exec(url)?.[0])
      setTimeout(() => {
        running -= 1
        sendJson(response, url)
      }, delayMs)
    })
    const { data } = await bench.run(items({ 'x-mainspring': { forEach: { concurrency: 3 } } }), ids(7))
    expect((data as { got: unknown }).got).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `/v1/item/i${index}`))
    expect(most).toBe(3)
  },
)

const failOne: Parameters<typeof bench.answer>[0] = ({ url }, response) =>
  sendJson(response, { message: url }, url.endsWith('i1') ? 422 : 200)

test('an item that fails ends the step, and the others are not begun', async () => {
  bench.answer(failOne)
  await expect(bench.run(items(), ids(5))).rejects.toMatchObject({ code: 'provider/refused', step: 'get' })
  expect(bench.seen).toHaveLength(2)
})

proves(
  'x/forEach.onError',
  'under onError continue each failing item is told with its index, and the others are done',
  async () => {
    bench.answer(failOne)
    const { data, meta } = await bench.run(
      items({ 'x-mainspring': { forEach: { onError: 'continue' } } }),
      ids(3),
    )
    expect(data).toMatchObject({
      step: {
        successful: true,
        errors: [{ code: 'provider/refused', index: 1, message: expect.stringMatching(/^Item 1: /) }],
      },
      each: [{ successful: true }, { successful: false }, { successful: true }],
    })
    expect(meta.warnings).toEqual([expect.stringContaining('1 of 3 items failed')])
    bench.answer(fail)
    const all = bench.run(items({ 'x-mainspring': { forEach: { onError: 'continue' } } }), ids(3))
    await expect(all).rejects.toMatchObject({ code: 'provider/refused' })
  },
)

test('under onError report no failure ends the action, and what the next call would meet as well leaves it untried', async () => {
  const report = items({ 'x-mainspring': { forEach: { onError: 'report' } } })
  bench.answer(fail)
  const refused = await bench.run(report, ids(2))
  const failed = {
    successful: false,
    skipped: false,
    errors: [{ code: 'provider/refused', status: 422, providerMessage: 'no' }],
  }
  expect(refused.data).toMatchObject({
    each: [
      { ...failed, index: 0, item: 'i0' },
      { ...failed, index: 1, item: 'i1' },
    ],
    step: { successful: false, errors: [{ index: 0 }, { index: 1 }] },
  })
  expect(refused.meta.warnings).toHaveLength(1)
  bench.answer((_, response) => sendJson(response, {}, 403))
  const sent = bench.seen.length
  const untried = { successful: false, skipped: true, errors: [{ code: 'auth/forbidden' }] }
  expect((await bench.run(report, ids(3))).data).toMatchObject({
    each: [{ skipped: false, errors: [{ code: 'auth/forbidden' }] }, untried, untried],
  })
  expect(bench.seen).toHaveLength(sent + 1)
})

proves(
  '6/stepFunctions',
  'several step functions run for each item, and each sees what the one before it gave',
  async () => {
    bench.answer(({ url }, response) => {
      if (url.startsWith('/v1/find')) sendJson(response, { id: `${url.slice(-2)}-id` })
      else sendJson(response, url)
    })
    const functions = [
      { functionName: 'request', parameters: { url: '/find/${iterator.item}', method: 'get' } },
      { functionName: 'request', parameters: { url: '/get/${steps.get.output.data.id}', method: 'get' } },
    ]
    const { stepFunction: _one, ...step } = stepOf(
      'request',
      {},
      { iterator: '$.inputs.ids', stepFunctions: functions },
    )
    const action = {
      ...items(),
      steps: [{ ...step, 'x-mainspring': { forEach: { concurrency: 2 } } }, snapshot],
    }
    const { data } = await bench.run(action, ids(4))
    expect(data).toMatchObject({ got: [0, 1, 2, 3].map((index) => `/v1/get/i${index}-id`) })
    await expect(bench.plan({ ...action, steps: [{ ...step, stepFunction: functions[0] }] })).rejects.toThrow(
      'stepFunction',
    )
  },
)

proves(
  '6/version',
  'the version is 1 where it is left out, and an unknown name or version is refused',
  async () => {
    for (const stepFunction of [
      { functionName: 'request', version: '9', parameters: { url: '/x', method: 'get' } },
      { functionName: 'no_such_function', parameters: {} },
    ])
      await expect(
        bench.plan({ steps: [{ stepId: 'get', description: 'd', stepFunction }] }),
      ).rejects.toThrow('definition/')
    const plan = await bench.plan(requestOf({}))
    expect((await loadConnector(plan.file)).diagnostics).toEqual([])
  },
)
