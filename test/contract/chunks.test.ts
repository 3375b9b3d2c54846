import { describe, expect, test } from '@jest/globals'
import { explainAction, loadConnector, type RunOptions } from '../../src/index.ts'
import { createWorkbench, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const file = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7) % 256))

const step = (more: Readonly<Record<string, unknown>> = {}) =>
  stepOf(
    'upload_binary',
    {
      url: '/part',
      method: 'put',
      args: [
        { name: 'offset', value: '$.iterator.item.offset', in: 'query' },
        { name: 'bytes', value: '$.iterator.item.bytes', in: 'query' },
        { name: 'number', value: '$.iterator.index', in: 'query' },
      ],
      binaryContent: { content: '$.inputs.content', contentType: 'application/octet-stream' },
    },
    { 'x-mainspring': { chunks: { bytes: 1000 }, ...more } },
  )
const action = (more: Readonly<Record<string, unknown>> = {}) => ({
  inputs: [{ name: 'content', type: 'string', in: 'body', required: true, description: 'c' }],
  steps: [
    step(more),
    {
      ...stepOf('request', { url: '/end', method: 'post' }),
      stepId: 'end',
      'x-mainspring': { response: { ignore: true } },
    },
  ],
  result: { data: '$.steps.get.output' },
})

/** The file in small parts, as a disk gives it; counts what was taken of it and whether it was let go. */
function source(content: Buffer, { declared = content.length, part = 64 } = {}) {
  const seen = { pulled: 0, released: false }
  const files: RunOptions['files'] = {
    content: {
      bytes: declared,
      async *open(signal: AbortSignal) {
        signal.addEventListener('abort', () => {
          seen.released = true
        })
        for (let at = 0; at < content.length; at += part) {
          seen.pulled = Math.min(content.length, at + part)
          yield content.subarray(at, at + part)
        }
      },
    },
  }
  return { files, seen }
}
const pieces = () => bench.seen.filter(({ url }) => url.startsWith('/v1/part'))
const placed = () =>
  pieces().map(({ url }) => {
    const query = new URL(url, 'http://x').searchParams
    return ['offset', 'bytes', 'number'].map((name) => Number(query.get(name)))
  })

proves(
  'x/chunks.bytes',
  'a file goes out in pieces of a size, in order, and the step tells what was sent',
  async () => {
    bench.answer((_, response, number) => sendJson(response, { number }))
    const content = file(2500)
    const { files } = source(content)
    const { data } = await bench.run(action(), { files })
    expect(placed()).toEqual([
      [0, 1000, 0],
      [1000, 1000, 1],
      [2000, 500, 2],
    ])
    expect(Buffer.concat(pieces().map(({ body }) => body)).equals(content)).toBe(true)
    expect(data).toMatchObject({ data: { number: 3 }, statusCode: 200, bytes: 2500, chunks: 3 })
    expect(bench.seen.at(-1)?.url).toBe('/v1/end')
  },
)

test.each([0, 1, 999, 1000, 1001, 3000])(
  'a file of %i bytes is whole at the provider, as a stream and as base64',
  async (bytes) => {
    bench.answer((_, response) => sendJson(response, {}))
    const content = file(bytes)
    const options: RunOptions[] = [source(content).files, source(content, { part: 5000 }).files].map(
      (files) => ({ files }) as RunOptions,
    )
    if (bytes > 0) options.push({ inputs: { content: content.toString('base64') } })
    for (const option of options) {
      bench.seen.length = 0
      const { data } = await bench.run(action(), option)
      expect(Buffer.concat(pieces().map(({ body }) => body)).equals(content)).toBe(true)
      expect(data).toMatchObject({ bytes, chunks: Math.ceil(bytes / 1000) })
      expect(pieces()).toHaveLength(Math.ceil(bytes / 1000))
    }
  },
)

test('no more than a piece of the file is taken ahead of the provider', async () => {
  const { files, seen } = source(file(20_000))
  const ahead: number[] = []
  bench.answer(({ url }, response) => {
    if (url.startsWith('/v1/part')) ahead.push(seen.pulled - (pieces().length - 1) * 1000)
    setTimeout(() => sendJson(response, {}), 5)
  })
  await bench.run(action(), { files })
  expect(ahead).toHaveLength(20)
  expect(Math.max(...ahead)).toBeLessThanOrEqual(1000 + 64)
})

describe('where a piece fails', () => {
  test('the error says what was taken before, nothing more is sent, and the file is let go', async () => {
    const { files, seen } = source(file(5000))
    bench.answer((_, response, number) =>
      number < 3 ? sendJson(response, {}) : sendJson(response, { message: 'no room' }, 422),
    )
    await expect(bench.run(action(), { files })).rejects.toMatchObject({
      code: 'provider/refused',
      providerMessage: 'no room',
      step: 'get',
      bytesSent: 2000,
    })
    expect(bench.seen).toHaveLength(3)
    expect(seen).toMatchObject({ released: true })
    expect(seen.pulled).toBeLessThan(5000)
  })

  test('a lost answer leaves the outcome unknown, unless pieces may be sent again', async () => {
    const losing = () =>
      bench.answer((_, response, number) =>
        number === 2 ? response.destroy() : sendJson(response, { fine: true }),
      )
    losing()
    await expect(bench.run(action(), source(file(3000)))).rejects.toMatchObject({
      code: 'write/outcome-unknown',
      bytesSent: 1000,
    })
    bench.seen.length = 0
    losing()
    const { data } = await bench.run(action({ retry: { safe: true } }), source(file(3000)))
    expect(data).toMatchObject({ bytes: 3000, chunks: 3 })
    expect(placed().map(([offset]) => offset)).toEqual([0, 1000, 1000, 2000])
    expect(pieces()[2]?.body.equals(file(3000).subarray(1000, 2000))).toBe(true)
  })

  test.each<[string, () => RunOptions['files'], number]>([
    ['ends early', () => source(file(1500), { declared: 2500 }).files, 1000],
    ['has more than it said', () => source(file(3500), { declared: 2500 }).files, 2000],
    [
      'cannot be opened',
      () => ({
        content: {
          open: () => {
            throw Object.assign(new Error('secret-name'), { code: 'EACCES' })
          },
        },
      }),
      0,
    ],
    [
      'breaks on the way',
      () => ({
        content: {
          async *open() {
            yield file(1200)
            throw Object.assign(new Error('secret-name'), { code: 'EIO' })
          },
        },
      }),
      1000,
    ],
  ])('because the file %s, the error says so and what was sent', async (_, files, bytesSent) => {
    bench.answer((_request, response) => sendJson(response, {}))
    const error: unknown = await bench.run(action(), { files: files() ?? {} }).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'file/unreadable', bytesSent })
    expect(JSON.stringify(error)).not.toContain('secret-name')
    expect(bench.seen.map(({ url }) => url)).not.toContain('/v1/end')
  })

  test('because the file gives nothing more, the time of the call or its caller ends it', async () => {
    bench.answer((_, response) => sendJson(response, {}))
    const stuck = {
      content: {
        async *open() {
          yield file(1200)
          await new Promise(() => {})
        },
      },
    }
    await expect(bench.run(action(), { files: stuck, timeoutMs: 300 })).rejects.toMatchObject({
      code: 'network/timeout',
      bytesSent: 1000,
    })
    const controller = new AbortController()
    const run = bench.run(action(), { files: stuck, signal: controller.signal })
    setTimeout(() => controller.abort(), 100)
    await expect(run).rejects.toMatchObject({ code: 'call/aborted', bytesSent: 1000 })
  })
})

test('explain shows the first piece, says that there are more, and reads nothing', async () => {
  const plan = await bench.plan(action())
  const { files, seen } = source(file(2500))
  const { requests, notes } = explainAction(plan, 'act', files === undefined ? {} : { files })
  expect(requests.map(({ url }) => url)).toEqual([
    'https://api.example.com/v1/part?offset=0&bytes=1000&number=0',
    'https://api.example.com/v1/end',
  ])
  expect(notes).toEqual([expect.stringContaining('pieces of 1000 bytes')])
  expect(seen.pulled).toBe(0)
})

test.each([
  [
    'another function',
    stepOf('request', { url: '/x', method: 'post' }, { 'x-mainspring': { chunks: { bytes: 9 } } }),
  ],
  ['an iterator', { ...step(), iterator: '$.inputs.list' }],
])('with %s loading warns that it has no effect', async (_, odd) => {
  const plan = await bench.plan({ ...action(), steps: [odd] })
  const { diagnostics } = await loadConnector(plan.file)
  expect(diagnostics).toMatchObject([
    { code: 'definition/no-effect', severity: 'warning', message: expect.stringContaining('chunks') },
  ])
})
