import { expect } from '@jest/globals'
import { explainAction } from '../../src/index.ts'
import { createWorkbench, requestOf, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const input = (name: string, place: string) => ({
  name,
  type: 'string',
  in: place,
  required: false,
  description: 'd',
})
const environments = [{ key: 'production', name: 'P' }]
const configFields = [
  { key: 'site', label: 'Site', type: 'text', secret: false },
  { key: 'token', label: 'Token', type: 'password' },
]
const field = (targetFieldKey: string, expression: string) => ({ targetFieldKey, type: 'string', expression })

proves('5/in', 'inputs of every place are one flat map, and none is sent by itself', async () => {
  bench.answer((_, response) => sendJson(response, {}))
  const names = { a: 'path', b: 'query', c: 'body', d: 'headers' }
  const inputs = Object.entries(names).map(([name, place]) => input(name, place))
  const given = { a: 'A', b: 'B', c: 'C', d: 'D' }
  await bench.run({ ...requestOf({ method: 'post' }), inputs }, { inputs: given })
  expect(bench.seen[0]).toMatchObject({ url: '/v1/x', body: Buffer.alloc(0) })
  expect(JSON.stringify(bench.seen[0]?.headers)).not.toContain('"D"')
  // Wherever the caller supplies it, the definition may send it anywhere.
  const args = [
    { name: 'q', value: '$.inputs.a', in: 'query' },
    { name: 'x-h', value: '$.inputs.b', in: 'headers' },
    { name: 'f', value: '$.inputs.d', in: 'body' },
  ]
  await bench.run({ ...requestOf({ method: 'post', url: '/${inputs.c}', args }), inputs }, { inputs: given })
  const seen = bench.seen[1]
  expect([seen?.url, seen?.headers['x-h'], seen?.body.toString()]).toEqual(['/v1/C?q=A', 'B', '{"f":"D"}'])
})

proves(
  ['13/places', '2/baseUrl', '2/actions'],
  'baseUrl, authorization, conditions, dataSource, expression, matchExpression and result are expressions',
  async () => {
    bench.answer((_, response) => sendJson(response, { rows: [{ n: 'Ann', k: 'x' }] }))
    const outcome = await bench.run(
      {
        connector: { baseUrl: 'https://${credentials.site}.example.com/v1' },
        authentication: [
          {
            key: {
              type: 'custom',
              label: 'K',
              environments,
              configFields,
              authorization: { type: 'bearer', token: "{{credentials.token + '-' + inputs.who}}" },
            },
          },
        ],
        inputs: [input('who', 'query')],
        steps: [
          stepOf(
            'request',
            {
              url: '/x',
              method: 'get',
              args: [
                { name: 'yes', value: '1', in: 'query', condition: "{{inputs.who == 'me'}}" },
                { name: 'no', value: '1', in: 'query', condition: "{{inputs.who == 'you'}}" },
              ],
            },
            { condition: "{{inputs.who == 'me'}}" },
          ),
          stepOf(
            'request',
            { url: '/never', method: 'get' },
            { stepId: 'never', condition: "{{inputs.who == 'you'}}" },
          ),
          stepOf(
            'map_fields',
            {
              dataSource: '$.steps.get.output.data.rows',
              fields: [
                field('name', '{{n}}'),
                {
                  targetFieldKey: 'kind',
                  type: 'enum',
                  expression: '$.k',
                  enumMapper: { matcher: [{ matchExpression: "{{k == 'x'}}", value: 'first' }] },
                },
              ],
            },
            { stepId: 'map' },
            '2',
          ),
        ],
        result: { data: '{{steps.map.output.data}}', message: 'For ${inputs.who}' },
      },
      { credentials: { site: 'acme', token: 'token-1234' }, inputs: { who: 'me' } },
    )
    expect(bench.seen.map(({ url }) => url)).toEqual(['/v1/x?yes=1'])
    expect(bench.seen[0]?.headers.authorization).toBe('Bearer token-1234-me')
    expect(outcome.data).toEqual([{ name: 'Ann', kind: { value: 'first', source_value: 'x' } }])
    // The host, which `origin` replaces on the way, is made of the credential.
    const plan = await bench.plan({
      ...requestOf({}),
      authentication: [
        { key: { type: 'custom', label: 'K', environments, configFields, authorization: { type: 'none' } } },
      ],
      connector: { baseUrl: 'https://${credentials.site}.example.com/v1' },
    })
    const { requests } = explainAction(plan, 'act', { credentials: { site: 'acme' } })
    expect(requests[0]?.url).toBe('https://acme.example.com/v1/x')
  },
)

proves(
  '13/mapping-roots',
  'context, inputs, steps, intermediateSteps, iterator and credentials are read in map_fields, and its own data',
  async () => {
    bench.answer((_, response) => sendJson(response, { n: 'Ann' }))
    const list = {
      stepId: 'each',
      description: 'd',
      iterator: '{{[7, 8]}}',
      stepFunction: { functionName: 'static_values', parameters: { values: '$.iterator.item' } },
    }
    const map = (functionName: string, stepId: string, parameters: object, more: object = {}) => ({
      stepId,
      description: 'd',
      stepFunction: { functionName, version: '2', parameters },
      ...more,
    })
    const { data } = await bench.run(
      {
        authentication: [
          {
            key: { type: 'custom', label: 'K', environments, configFields, authorization: { type: 'none' } },
          },
        ],
        inputs: [input('who', 'query')],
        steps: [
          stepOf('request', { url: '/x', method: 'get' }),
          list,
          map('map_fields', 'mapped', {
            dataSource: '$.steps.get.output.data',
            fields: [
              field('own', '$.n'),
              field('method', '$.context.authenticationType'),
              field('input', '$.inputs.who'),
              field('step', '{{steps.get.output.statusCode}}'),
              field('earlier', '{{intermediateSteps.each[1].output.data}}'),
              field('credential', '$.credentials.site'),
            ],
          }),
          map(
            'map_fields',
            'looped',
            { dataSource: '$.steps.get.output.data', fields: [field('item', '{{iterator.item}}')] },
            { iterator: '{{[1, 2]}}' },
          ),
          map('typecast', 'cast', {
            dataSource: "{{inputs.who == 'me' ? steps.mapped.output.data : null}}",
            fields: [{ targetFieldKey: 'step', type: 'string' }],
          }),
        ],
        result: {
          data: {
            mapped: '$.steps.mapped.output.data',
            items: '{{intermediateSteps.looped}}',
            cast: '$.steps.cast.output.data',
          },
        },
      },
      { credentials: { site: 'acme', token: 'token-1234' }, inputs: { who: 'me' } },
    )
    const { mapped, items, cast } = data as {
      mapped: object
      items: { output: { data: object } }[]
      cast: object
    }
    expect(mapped).toEqual({
      own: 'Ann',
      method: 'key',
      input: 'me',
      step: 200,
      earlier: 8,
      credential: 'acme',
    })
    expect(items.map(({ output }) => output.data)).toEqual([{ item: 1 }, { item: 2 }])
    expect(cast).toMatchObject({ step: '200' })
  },
)

proves(
  '7/evaluated-before-validation',
  'texts are evaluated first, and what they come to is judged then: nothing is sent',
  async () => {
    bench.answer((_, response) => sendJson(response, {}))
    const action = { ...requestOf({ method: '{{inputs.verb}}' }), inputs: [input('verb', 'query')] }
    await bench.run(action, { inputs: { verb: 'get' } })
    expect(bench.seen.map(({ method }) => method)).toEqual(['GET'])
    await expect(bench.run(action, { inputs: { verb: 'fetch' } })).rejects.toMatchObject({
      code: 'step/failed',
    })
    expect(bench.seen).toHaveLength(1)
  },
)

proves('4/validationRules', 'a call that breaks one is refused before anything is sent', async () => {
  const action = {
    ...requestOf({}),
    inputs: [input('a', 'query'), input('b', 'query')],
    action: { validationRules: [{ rule: 'atLeastOneOf', fields: ['a', 'b'], errorMessage: 'Name one.' }] },
  }
  bench.answer((_, response) => sendJson(response, {}))
  await expect(bench.run(action, { inputs: {} })).rejects.toMatchObject({
    problems: [{ code: 'input/missing', message: 'Name one.' }],
  })
  expect(bench.seen).toEqual([])
  await bench.run(action, { inputs: { b: 'x' } })
  expect(bench.seen).toHaveLength(1)
})
