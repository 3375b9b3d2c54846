import { describe, expect, test } from '@jest/globals'
import { runAction } from '../../src/index.ts'
import { json, startProvider } from '../engine/fake-provider.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'
import { proves } from './proves.ts'
import { valuesStep } from './run-steps.ts'

/** What the caller gets where the step's data is `data` and the result is this YAML. */
const resultOf = async (data: unknown, result: string) => {
  const { meta, ...given } = await runAction(
    planOf(oneAction({ steps: valuesStep('get', data), result })),
    'act',
  )
  return { ...given, ...(meta.result === undefined ? {} : { rest: meta.result }) }
}

describe('result', () => {
  proves('10/text', 'an expression gives the whole result: a step output, or the data it holds', async () => {
    expect(await resultOf([1], '$.steps.get.output')).toEqual({ data: [1] })
    expect(await resultOf([1], '$.steps.get.output.data')).toEqual({ data: [1] })
    // A record that happens to have a field `data` is a record all the same.
    expect(await resultOf({ data: 1, id: 2 }, '$.steps.get.output.data')).toEqual({
      data: { data: 1, id: 2 },
    })
    expect(await resultOf({ id: 2 }, "'{{ {data: steps.get.output.data.id, next: 7} }}'")).toEqual({
      data: 2,
      next: '7',
    })
  })
  proves(
    ['10/object', '10/other-keys'],
    'a map with expressions at its leaves; further keys pass through',
    async () => {
      const result =
        '{ data: { who: { id: "$.steps.get.output.data.id" }, fixed: 1 }, message: "Done ${steps.get.output.data.id}", extra: [1] }'
      expect(await resultOf({ id: 'x' }, result)).toEqual({
        data: { who: { id: 'x' }, fixed: 1 },
        rest: { message: 'Done x', extra: [1] },
      })
      expect(await resultOf({ id: 'x' }, '{ message: Done }')).toEqual({ data: { message: 'Done' } })
    },
  )
  proves('10/next', 'result.next is the cursor of a listing by hand', async () => {
    expect(await resultOf({ n: 'p2' }, '{ data: [], next: "$.steps.get.output.data.n" }')).toEqual({
      data: [],
      next: 'p2',
    })
    expect(await resultOf({}, '{ data: [], next: "$.steps.get.output.data.n" }')).toEqual({ data: [] })
  })
  proves('10/quoted-keys', 'keys in quotes within paths', async () => {
    const data = { 's:Envelope': { 's:Body': { 'a.b': 1 } } }
    expect(
      await resultOf(data, `{ data: "$.steps.get.output.data['s:Envelope']['s:Body']['a.b']" }`),
    ).toEqual({ data: 1 })
  })
})

/** Rows 0 to 6, asked for by `offset` and `page_size`. */
const startList = () =>
  startProvider(({ query }, response) => {
    const from = Number(query['offset'] ?? 0)
    const rows = [0, 1, 2, 3, 4, 5, 6].slice(from, from + 3).map((id) => ({ id }))
    json(response, { rows, seen: query })
  })

proves(['4/cursor'], 'pageSize is the page size where the caller gives none', async () => {
  const provider = await startList()
  try {
    const steps = requestStep(
      '{ url: /rows, method: get, args: [{ name: size, value: $.inputs.page_size, in: query }], response: { dataKey: rows } }',
    )
    const inputs = '[{ name: cursor, type: string, description: d, required: false, in: query }]'
    const result = '{ data: "$.steps.get.output.raw.seen", next: "$.steps.get.output.raw.none" }'
    const plan = planOf(
      oneAction({ steps, inputs, result, action: 'cursor: { enabled: true, pageSize: 40 }' }),
    )
    const { origin } = provider
    expect((await runAction(plan, 'act', { origin })).data).toEqual({ size: '40' })
    expect((await runAction(plan, 'act', { origin, inputs: { page_size: 5 } })).data).toEqual({ size: '5' })
  } finally {
    await provider.close()
  }
})

proves(
  ['10/engine-next', '8/engine-cursor'],
  'a paginated step makes an opaque cursor, and its pages join without loss',
  async () => {
    const provider = await startList()
    try {
      const step = {
        functionName: 'paginated_request',
        parameters: {
          url: '/rows',
          method: 'get',
          response: { dataKey: 'rows' },
          iterator: { key: 'offset', in: 'query', mode: 'offset' },
        },
      }
      const steps = `- stepId: get\n  description: d\n  stepFunction: ${JSON.stringify(step)}`
      const plan = planOf(
        oneAction({ steps, actionType: 'list', action: 'cursor: { enabled: true, pageSize: 2 }' }),
      )
      const all: unknown[] = []
      let cursor: string | undefined
      do {
        const { data, next } = await runAction(plan, 'act', {
          origin: provider.origin,
          inputs: cursor === undefined ? {} : { cursor },
        })
        expect((data as unknown[]).length).toBeLessThanOrEqual(2)
        all.push(...(data as unknown[]))
        cursor = next
      } while (cursor !== undefined)
      expect(all).toEqual([0, 1, 2, 3, 4, 5, 6].map((id) => ({ id })))
      await expect(
        runAction(plan, 'act', { origin: provider.origin, inputs: { cursor: 'invented' } }),
      ).rejects.toMatchObject({
        code: 'input/cursor',
      })
    } finally {
      await provider.close()
    }
  },
)

describe('composite ids', () => {
  const declare = (components: object[], more: object = {}) =>
    `compositeIdentifiers: ${JSON.stringify({ enabled: true, version: 1, fields: [{ targetFieldKey: 'id', components, ...more }] })}`
  const two = [{ name: 'company', alias: 'c' }, { name: 'person' }]

  proves(
    ['4/compositeIdentifiers-encoding', '4/compositeIdentifiers'],
    'version 1: prefix, base64 without padding, alias, `id` for a single one, escapes; and back among the inputs',
    async () => {
      const encode = async (row: object, action: string) => {
        const plan = planOf(oneAction({ steps: valuesStep('get', [row]), action }))
        return ((await runAction(plan, 'act')).data as Record<string, unknown>[])[0]
      }
      const plain = await encode({ company: 7, person: 'a:b,c' }, declare(two))
      const text = 'c:7,person:a\\:b\\,c'
      expect(plain?.['id']).toBe(`c28xIQ${Buffer.from(text).toString('base64').replace(/=+$/, '')}`)
      const single = await encode(
        { id: 'p-1', pid: 'x' },
        declare([{ name: 'pid' }], { remote: 'remote_id' }),
      )
      expect(single).toEqual({
        id: `c28xIQ${Buffer.from('id:x').toString('base64').replace(/=+$/, '')}`,
        remote_id: 'p-1',
        pid: 'x',
      })
      expect(await encode({ company: 7 }, declare(two))).toEqual({ company: 7 })
      const decode = planOf(
        oneAction({
          inputs: '[{ name: id, type: string, description: d, required: true, in: path }]',
          steps: valuesStep('get', { company: '$.inputs.company', person: '$.inputs.person' }),
          action: declare(two),
          result: '{ data: { back: "$.steps.get.output.data" } }',
        }),
      )
      const { data } = await runAction(decode, 'act', { inputs: { id: plain?.['id'] } })
      expect(data).toEqual({ back: { company: '7', person: 'a:b,c' } })
      await expect(runAction(decode, 'act', { inputs: { id: 'c28xIQzzzz' } })).rejects.toMatchObject({
        code: 'input/invalid',
      })
    },
  )

  test('an id of the provider passes as it is, and a single component replaces the id among the inputs', async () => {
    const plan = planOf(
      oneAction({
        inputs: '[{ name: id, type: string, description: d, required: true, in: path }]',
        steps: valuesStep('get', '$.inputs.id'),
        action: declare([{ name: 'pid' }]),
      }),
    )
    expect((await runAction(plan, 'act', { inputs: { id: 'raw' } })).data).toBe('raw')
    const id = `c28xIQ${Buffer.from('id:x').toString('base64').replace(/=+$/, '')}`
    expect((await runAction(plan, 'act', { inputs: { id } })).data).toBe('x')
  })
})
