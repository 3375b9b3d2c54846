import { afterAll, beforeAll, expect } from '@jest/globals'
import { runAction } from '../../src/index.ts'
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
  ['10/next', '4/steps', '4/inputs'],
  'a listing by hand gives the next that its definition says',
  async () => {
    const inputs = '[{ name: cursor, type: string, description: d, in: query }]'
    const { next } = await read(
      '{ data: $.steps.get.output.data.rows, next: $.steps.get.output.data.token }',
      inputs,
    )
    expect(next).toBeDefined()
  },
)
