import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainAction, type RunOptions, runAction } from '../../src/index.ts'
import { type FakeProvider, json, startProvider } from '../engine/fake-provider.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'
import { proves } from './proves.ts'

let provider: FakeProvider | undefined

afterEach(() => provider?.close())

const inputs =
  '[{ name: id, type: string, description: d, required: false, in: path }, { name: map, type: object, description: d, required: false, in: query }]'
const exact = 'x-mainspring: { compat: exact }'

interface Case {
  readonly parameters: string
  readonly authorization?: string
  readonly options?: RunOptions
  readonly answer?: Parameters<typeof startProvider>[0]
}

function planFor({ parameters, authorization }: Case, mode: { root?: string; action?: string }) {
  return planOf(
    oneAction({
      inputs,
      steps: requestStep(parameters),
      ...(authorization === undefined ? {} : { authorization }),
      ...mode,
    }),
  )
}

/** What the provider saw, and how the call ended. */
async function call(one: Case, mode: { root?: string; action?: string } = {}) {
  await provider?.close()
  provider = await startProvider(one.answer ?? ((_, response) => json(response, {})))
  const { origin, seen } = provider
  const outcome = await runAction(planFor(one, mode), 'act', { origin, ...one.options }).catch(
    (error: unknown) => error,
  )
  return { seen, first: seen[0], outcome }
}

function notesOf(one: Case, mode: { root?: string; action?: string } = {}) {
  return explainAction(planFor(one, mode), 'act', { ...one.options }).requests.flatMap(({ notes }) => notes)
}

describe('a missing value', () => {
  const missing = {
    parameters:
      '{ url: /x, method: post, args: [{ name: q, value: $.inputs.id, in: query }, { name: X-H, value: $.inputs.id, in: headers }, { name: b, value: $.inputs.id, in: body }, { name: c, value: 1, in: body }] }',
  }

  proves(
    '14/missing-value',
    'a missing value is left out of query and headers, and explain says so',
    async () => {
      const { first } = await call(missing)
      expect(first?.target).toBe('/v1/x')
      expect(first?.headers).not.toHaveProperty('x-h')
      expect(first?.body).toBe('{"c":1}')
      expect(notesOf(missing)).toEqual([
        { difference: 'missing-value', message: expect.stringContaining('query parameter `q` is left out') },
        { difference: 'missing-value', message: expect.stringContaining('header `X-H` is left out') },
      ])
    },
  )

  test('goes out as the text undefined in exact mode', async () => {
    const { first } = await call(missing, { root: exact })
    expect(first?.target).toBe('/v1/x?q=undefined')
    expect(first?.headers['x-h']).toBe('undefined')
    expect(first?.body).toBe('{"c":1}')
    expect(notesOf(missing, { root: exact })).toEqual([])
  })
})

describe('a map in the query', () => {
  const map = {
    parameters: '{ url: /x, method: get, args: [{ name: q, value: $.inputs.map, in: query }] }',
    options: { inputs: { map: { a: 1 } } },
  }

  proves('14/object-in-query', 'a map in the query is written as JSON, and explain says so', async () => {
    expect((await call(map)).first?.query).toEqual({ q: '{"a":1}' })
    expect(notesOf(map)).toEqual([
      { difference: 'object-in-query', message: expect.stringContaining('[object Object]') },
    ])
  })

  test('is [object Object] in exact mode', async () => {
    expect((await call(map, { root: exact })).first?.query).toEqual({ q: '[object Object]' })
  })
})

describe('a value in the path', () => {
  const path = { parameters: '{ url: "/x/${inputs.id}/y", method: get }' }
  const odd = { ...path, options: { inputs: { id: 'a/b?c=d e' } } }

  proves('14/unfilled-url', 'a missing value of the path is refused before anything is sent', async () => {
    const { seen, outcome } = await call(path)
    expect(outcome).toMatchObject({ code: 'input/missing' })
    expect(seen).toEqual([])
  })

  test('that is missing stays as its hole in exact mode', async () => {
    const { first } = await call(path, { root: exact })
    expect(decodeURI(first?.target ?? '')).toBe('/v1/x/${inputs.id}/y')
  })

  proves(
    '14/unencoded-path',
    'a value of the path is encoded as one segment, and explain says so',
    async () => {
      expect((await call(odd)).first?.target).toBe('/v1/x/a%2Fb%3Fc%3Dd%20e/y')
      expect(notesOf(odd)).toEqual([
        { difference: 'unencoded-path', message: expect.stringContaining('`inputs.id`') },
      ])
    },
  )

  test('stands as it is in exact mode', async () => {
    expect((await call(odd, { root: exact })).first?.target).toBe('/v1/x/a/b?c=d%20e/y')
    expect(notesOf(odd, { root: exact })).toEqual([])
  })

  test('never leads to another host, in exact mode either', async () => {
    const host = {
      parameters: '{ baseUrl: "https://api.acme.test", url: "${inputs.id}", method: get }',
      options: { inputs: { id: '@evil.test/' } },
    }
    const { seen, outcome } = await call(host, { root: exact })
    expect(outcome).toMatchObject({ code: 'input/invalid' })
    expect(seen).toEqual([])
  })
})

describe('a query behind a query', () => {
  const two = { parameters: '{ url: "/x?a=1", method: get, args: [{ name: b, value: "2", in: query }] }' }

  proves('14/second-question-mark', 'a url with a query goes on with &, and explain says so', async () => {
    expect((await call(two)).first?.target).toBe('/v1/x?a=1&b=2')
    expect(notesOf(two).map(({ difference }) => difference)).toEqual(['second-question-mark'])
  })

  test('begins with a second question mark in exact mode', async () => {
    expect((await call(two, { root: exact })).first?.target).toBe('/v1/x?a=1?b=2')
  })
})

describe('a request that fails', () => {
  const get = { parameters: '{ url: /x, method: get }' }
  const post = { parameters: '{ url: /x, method: post }' }
  const thenGood = (status: number, headers = {}) => {
    let calls = 0
    return (_: unknown, response: Parameters<typeof json>[0]) => {
      calls += 1
      json(response, { calls }, calls === 1 ? status : 200, headers)
    }
  }

  proves('11/no-other-retry', 'a read is sent again after 503', async () => {
    expect((await call({ ...get, answer: thenGood(503) })).seen).toHaveLength(2)
  })

  test('with 503 is not sent again in exact mode', async () => {
    const { seen, outcome } = await call({ ...get, answer: thenGood(503) }, { root: exact })
    expect(seen).toHaveLength(1)
    expect(outcome).toMatchObject({ code: 'provider/failed' })
  })

  proves('11/retry-429', 'a write is not sent again after 429', async () => {
    const { seen, outcome } = await call({ ...post, answer: thenGood(429, { 'retry-after': '0' }) })
    expect(seen).toHaveLength(1)
    expect(outcome).toMatchObject({ code: 'provider/rate-limited' })
  })

  test('with 429 is sent again in exact mode whatever its method, five times at most', async () => {
    const answer = thenGood(429, { 'retry-after': '0' })
    expect((await call({ ...post, answer }, { root: exact })).seen).toHaveLength(2)
    const always = (_: unknown, response: Parameters<typeof json>[0]) =>
      json(response, {}, 429, { 'retry-after': '0' })
    expect((await call({ ...post, answer: always }, { root: exact })).seen).toHaveLength(6)
  })
})

describe('a redirect', () => {
  const answer: Case['answer'] = (_, response) =>
    json(response, { moved: true }, 302, { location: '/elsewhere' })
  const post = { parameters: '{ url: /x, method: post }', answer }

  proves('7.2/redirects', 'a redirected write is an error of unknown outcome', async () => {
    expect((await call(post)).outcome).toMatchObject({ code: 'write/outcome-unknown' })
  })

  test('is a success in exact mode, and not followed', async () => {
    const { seen, outcome } = await call(post, { root: exact })
    expect(seen).toHaveLength(1)
    expect(outcome).toMatchObject({ data: { moved: true } })
  })
})

describe('dollar signs in a credential', () => {
  const secret = 'canary$$first-half$&second-half'
  const echo: Case['answer'] = (request, response) =>
    json(response, { seen: request.headers['x-key'], all: request.target })
  const header = {
    parameters:
      '{ url: /x, method: get, args: [{ name: X-Key, value: "k-${credentials.secret}", in: headers }, { name: key, value: "${credentials.secret}", in: query }] }',
    options: { credentials: { secret } },
    answer: echo,
  }

  test('arrive as they are', async () => {
    expect((await call(header)).first?.headers['x-key']).toBe(`k-${secret}`)
  })

  test('are replacement patterns in exact mode', async () => {
    expect((await call(header, { root: exact })).first?.headers['x-key']).toBe(
      'k-canary$first-half${credentials.secret}second-half',
    )
  })

  test('leak in no result, error, event or explanation in exact mode', async () => {
    const events: unknown[] = []
    const observed = {
      ...header,
      options: { ...header.options, observer: (event: unknown) => events.push(event) },
    }
    const good = await call(observed, { root: exact })
    const bad = await call(
      { ...observed, answer: (request, response) => json(response, { message: request.target }, 400) },
      { root: exact },
    )
    const twice = {
      ...observed,
      parameters: observed.parameters.replace('url: /x', 'url: "/x?a=${credentials.secret}"'),
    }
    const second = await call({ ...twice, answer: echo }, { root: exact })
    const explained = explainAction(planFor(twice, { root: exact }), 'act', header.options)
    const said = inspect([good.outcome, bad.outcome, second.outcome, events, explained], { depth: 20 })
    expect(events.length).toBeGreaterThan(3)
    expect(bad.outcome).toMatchObject({ code: 'provider/refused' })
    expect(said).not.toMatch(/canary|half/)
  })

  test('within data fill no later hole, but in exact mode they do', async () => {
    const data = {
      parameters:
        '{ url: /x, method: get, args: [{ name: q, value: "${inputs.id} ${inputs.map.a}", in: query }] }',
      options: { inputs: { id: '${inputs.map.a}', map: { a: '1' } } },
    }
    expect((await call(data)).first?.query).toEqual({ q: '${inputs.map.a} 1' })
    expect((await call(data, { root: exact })).first?.query).toEqual({ q: '1 ${inputs.map.a}' })
  })
})

describe('the mode', () => {
  const missing = {
    parameters: '{ url: /x, method: get, args: [{ name: q, value: $.inputs.id, in: query }] }',
  }

  proves('x/compat', 'the mode of an action goes before that of the connector', async () => {
    expect((await call(missing, { action: exact })).first?.target).toBe('/v1/x?q=undefined')
    const safe = 'x-mainspring: { compat: safe }'
    expect((await call(missing, { root: exact, action: safe })).first?.target).toBe('/v1/x')
  })
})
