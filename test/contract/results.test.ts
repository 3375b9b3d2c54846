import { afterAll, beforeAll, expect } from '@jest/globals'
import { iterateAction, runAction } from '../../src/index.ts'
import { type FakeProvider, json, startProvider } from '../engine/fake-provider.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'
import { proves } from './proves.ts'

let provider: FakeProvider

beforeAll(async () => {
  provider = await startProvider((_, response) =>
    json(response, { rows: [1, 2], 's:Body': { 'a b': 'quoted' }, token: 'p2' }),
  )
})

afterAll(() => provider.close())

const read = (result: string, inputs = '[]', given = {}) =>
  runAction(planOf(oneAction({ result, inputs, steps: requestStep('{ url: /x, method: get }') })), 'act', {
    origin: provider.origin,
    inputs: given,
  })

proves(['10/text', '4/result'], 'a text as result is the whole result', async () => {
  expect((await read('$.steps.get.output.data.rows')).data).toEqual([1, 2])
})

proves(
  ['10/object', '10/other-keys'],
  'a map has expressions at its leaves, and keys beside data pass through',
  async () => {
    const { data, meta } = await read(
      '{ data: { first: "$.steps.get.output.data.rows[0]" }, message: "${inputs.x}", more: fixed }',
      '[{ name: x, type: string, description: d, in: query }]',
      { x: 'hello' },
    )
    expect(data).toEqual({ first: 1 })
    expect(meta.result).toEqual({ message: 'hello', more: 'fixed' })
  },
)

proves('10/quoted-keys', 'keys in quotes are read', async () => {
  expect((await read(`"$.steps.get.output.data['s:Body']['a b']"`)).data).toBe('quoted')
})

proves(
  ['10/next', '4/inputs'],
  'a listing by hand is walked to its end by the next that its definition says',
  async () => {
    const pages: Readonly<Record<string, object>> = {
      first: { rows: [1, 2], token: 'p2' },
      p2: { rows: [3, 4], token: 'p3' },
      p3: { rows: [5] },
    }
    const paged = await startProvider(({ query }, response) =>
      json(response, pages[query['after'] ?? 'first']),
    )
    const size = ['{ name: size, value: 50, in: query, condition: "{{missing(inputs.page_size)}}" }']
    const asked =
      '{ name: size, value: $.inputs.page_size, in: query, condition: "{{present(inputs.page_size)}}" }'
    const after =
      '{ name: after, value: $.inputs.cursor, in: query, condition: "{{present(inputs.cursor)}}" }'
    const input = (name: string, type: string) =>
      `{ name: ${name}, type: ${type}, description: d, in: query }`
    const plan = planOf(
      oneAction({
        actionType: 'list',
        inputs: `[${input('cursor', 'string')}, ${input('page_size', 'number')}]`,
        steps: requestStep(`{ url: /x, method: get, args: [${[...size, asked, after].join(', ')}] }`),
        result: '{ data: $.steps.get.output.data.rows, next: $.steps.get.output.data.token }',
      }),
    )
    const { origin } = paged
    try {
      const first = await runAction(plan, 'act', { origin, inputs: { page_size: 2 } })
      expect(first).toMatchObject({ data: [1, 2], next: 'p2' })
      expect(await runAction(plan, 'act', { origin, inputs: { cursor: 'p2' } })).toMatchObject({
        data: [3, 4],
        next: 'p3',
      })
      expect(await runAction(plan, 'act', { origin, inputs: { cursor: 'p3' } })).not.toHaveProperty('next')
      expect(paged.seen.map(({ query }) => query)).toEqual([
        { size: '2' },
        { size: '50', after: 'p2' },
        { size: '50', after: 'p3' },
      ])
      const rows = await Array.fromAsync(iterateAction(plan, 'act', { origin }))
      expect(rows).toEqual([1, 2, 3, 4, 5])
    } finally {
      await paged.close()
    }
  },
)
