import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createAnswerMemory } from '../../src/engine/cache/answer-memory.ts'
import { type RunEvent, type RunOptions, runAction } from '../../src/index.ts'
import { oneAction, planOf, requestStep } from '../contract/plan-of.ts'
import { proves } from '../contract/proves.ts'
import { type FakeProvider, json, startProvider } from './fake-provider.ts'

const declared = '  x-mainspring: { conditional: true }\n'
const plan = planOf(
  oneAction({
    authorization: '{ type: bearer, token: $.credentials.secret }',
    inputs: '[{ name: id, type: string, required: false, in: query, description: d }]',
    steps: requestStep(
      '{ url: /x, method: get, args: [{ name: id, value: $.inputs.id, in: query }] }',
      declared,
    ),
  }),
)

let provider: FakeProvider
let version = 1
let marks: (of: number) => Record<string, string>
beforeEach(async () => {
  version = 1
  marks = (of) => ({ etag: `"v${of}"` })
  provider = await startProvider(({ headers }, response) => {
    const current = marks(version)
    const unchanged =
      (current['etag'] !== undefined && headers['if-none-match'] === current['etag']) ||
      (current['last-modified'] !== undefined && headers['if-modified-since'] === current['last-modified'])
    if (unchanged) response.writeHead(304, current).end()
    else json(response, { version, for: headers['authorization'] }, 200, current)
  })
})
afterEach(() => provider.close())

const call = async (options: RunOptions = {}, secret = 'key-of-one-account') => {
  const { data } = await runAction(plan, 'act', {
    origin: provider.origin,
    credentials: { secret },
    ...options,
  })
  return (data as { version: number }).version
}
const asked = () =>
  provider.seen.map(({ headers }) => headers['if-none-match'] ?? headers['if-modified-since'])

proves('x/conditional', 'an answer that did not change is given again, and the trace says so', async () => {
  const answers = createAnswerMemory()
  const events: RunEvent[] = []
  expect(await call({ answers })).toBe(1)
  expect(await call({ answers, observer: (event) => events.push(event) })).toBe(1)
  version = 2
  expect(await call({ answers })).toBe(2)
  expect(asked()).toEqual([undefined, '"v1"', '"v1"'])
  expect(events).toContainEqual(expect.objectContaining({ type: 'answer-unchanged', step: 'get' }))
})

test('without an ETag the date of the last change is asked about', async () => {
  marks = (of) => ({ 'last-modified': `Wed, 21 Oct 2015 07:28:0${of} GMT` })
  const answers = createAnswerMemory()
  await call({ answers })
  expect(await call({ answers })).toBe(1)
  expect(asked()).toEqual([undefined, 'Wed, 21 Oct 2015 07:28:01 GMT'])
})

test('no other account, credential, environment of inputs or connector is given it', async () => {
  const answers = createAnswerMemory()
  await call({ answers })
  await call({ answers }, 'key-of-another-account')
  await call({ answers, inputs: { id: '2' } })
  expect(asked()).toEqual([undefined, undefined, undefined])
})

test('an answer that must not be kept is not, nor one that is not marked', async () => {
  const answers = createAnswerMemory()
  marks = (of) => ({ etag: `"v${of}"`, 'cache-control': 'private, no-store' })
  await call({ answers })
  marks = () => ({})
  await call({ answers })
  marks = () => ({ etag: '"v1"', vary: '*' })
  await call({ answers })
  await call({ answers })
  expect(asked()).toEqual([undefined, undefined, undefined, undefined])
})

test('a definition that does not say so is never asked about', async () => {
  const plain = planOf(oneAction({ steps: requestStep('{ url: /x, method: get }') }))
  const options = { origin: provider.origin, answers: createAnswerMemory() }
  await runAction(plain, 'act', options)
  await runAction(plain, 'act', options)
  expect(asked()).toEqual([undefined, undefined])
})

test('the memory is bounded by count, by characters together, and by characters of one answer', () => {
  const answerOf = (text: string) => ({ status: 200, headers: {}, text, url: '', attempts: 1 })
  const few = createAnswerMemory(2)
  for (const key of ['a', 'b']) few.set(key, answerOf(key))
  few.get('a')
  few.set('c', answerOf('c'))
  expect(['a', 'b', 'c'].map((key) => few.get(key)?.text)).toEqual(['a', undefined, 'c'])
  const small = createAnswerMemory(10, 10)
  small.set('a', answerOf('123456'))
  small.set('a', answerOf('12345'))
  small.set('b', answerOf('12345'))
  expect(['a', 'b'].map((key) => small.get(key)?.text)).toEqual(['12345', '12345'])
  small.set('c', answerOf('1'))
  expect(small.get('a')).toBeUndefined()
  small.set('d', answerOf('12345678901'))
  expect(small.get('d')).toBeUndefined()
})
