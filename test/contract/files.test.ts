import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable, Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { explainAction, type RunOptions } from '../../src/index.ts'
import { createWorkbench, sendJson, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7) % 256))
const base64 = bytes.toString('base64')
const input = (name: string, required = true) => ({
  name,
  type: 'string',
  in: 'body',
  required,
  description: name,
})

/** What a sink was given. */
function collect() {
  const chunks: Buffer[] = []
  const files: unknown[] = []
  const saveFile: NonNullable<RunOptions['saveFile']> = (file) => {
    files.push(file)
    return new Writable({
      write(chunk: Buffer, _, done) {
        chunks.push(chunk)
        done()
      },
    })
  }
  return { saveFile, files, content: () => Buffer.concat(chunks) }
}

/** A provider that counts what it is sent, keeps none of it, and gives a file of a size. */
async function startDraining(seen: { received: number; written: number }, size: number) {
  const server = createServer(async (request, response) => {
    for await (const chunk of request) seen.received += (chunk as Buffer).length
    if (request.method === 'PUT') return void response.end()
    const chunk = Buffer.alloc(256 * 1024, 2)
    response.writeHead(200, { 'content-length': size })
    for (; seen.written < size; seen.written += chunk.length)
      if (!response.write(chunk)) await once(response, 'drain')
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The form as an independent parser reads it. */
async function formOf(body: Buffer, contentType: string | undefined) {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType ?? '' },
  }).formData()
  return [...form.entries()]
}

async function contentOf(value: unknown): Promise<Buffer> {
  if (!(value instanceof Blob)) throw new Error('no file')
  return Buffer.from(await value.arrayBuffer())
}

describe('upload_file', () => {
  const upload = (more: Readonly<Record<string, unknown>> = {}) => ({
    inputs: [input('content'), input('name')],
    steps: [
      stepOf('upload_file', {
        url: '/files',
        file: {
          fieldName: 'document',
          content: '$.inputs.content',
          filename: '$.inputs.name',
          contentType: 'text/csv',
        },
        additionalFields: [
          { name: 'meta', value: { a: [1], b: '$.inputs.name' }, contentType: 'application/json' },
          { name: 'kept', value: 'ü', condition: '{{1 == 1}}' },
          { name: 'dropped', value: 'x', condition: '{{"yes"}}' },
        ],
        args: [
          { name: 'ignored', value: 'x', in: 'body' },
          { name: 'q', value: '1', in: 'query' },
        ],
        response: { dataKey: 'file.id' },
        ...more,
      }),
    ],
  })

  proves(
    '7/upload_file',
    'fields go first, objects as JSON, then the file; body args are ignored',
    async () => {
      bench.answer((_, response) => sendJson(response, { 'file.id': 'f1', file: { id: 'no' } }, 201))
      const { data } = await bench.run(upload(), { inputs: { content: base64, name: 'a "b"\r\n.csv' } })
      const [seen] = bench.seen
      const form = await formOf(seen?.body ?? Buffer.alloc(0), seen?.headers['content-type'])
      expect(form.map(([name]) => name)).toEqual(['meta', 'kept', 'document'])
      expect(JSON.parse(String(form[0]?.[1]))).toEqual({ a: [1], b: 'a "b"\r\n.csv' })
      expect(form[1]?.[1]).toBe('ü')
      const file = form[2]?.[1] as unknown as File
      expect([file.name, file.type]).toEqual(['a "b"\r\n.csv', 'text/csv'])
      expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
      expect(seen).toMatchObject({ method: 'POST', url: '/v1/files?q=1' })
      expect(seen?.headers['content-length']).toBe(String(seen?.body.length))
      expect(data).toBe('f1')
    },
  )

  proves('7.2/dataKey-literal', 'for uploads, dataKey is one key of the top level', async () => {
    bench.answer((_, response) => sendJson(response, { file: { id: 'nested' } }))
    expect((await bench.run(upload(), { inputs: { content: base64, name: 'a' } })).data).toBeUndefined()
  })

  test('a file of the caller is streamed in the place of base64', async () => {
    bench.answer((_, response) => sendJson(response, {}))
    const files = {
      content: {
        bytes: bytes.length,
        open: () => Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]),
      },
    }
    await bench.run(upload(), { inputs: { name: 'x' }, files })
    const [seen] = bench.seen
    const [, , document] = await formOf(seen?.body ?? Buffer.alloc(0), seen?.headers['content-type'])
    expect((await contentOf(document?.[1])).equals(bytes)).toBe(true)
  })

  test('an input that is not uploaded takes no file, and a missing one is still missing', async () => {
    const plan = await bench.plan(upload())
    const files = { name: { open: () => Readable.from([]) } }
    await expect(bench.run(plan, { inputs: {}, files })).rejects.toMatchObject({
      code: 'input/invalid',
      problems: [
        { code: 'input/missing', name: 'content' },
        { code: 'input/missing', name: 'name' },
        { name: 'name', message: expect.stringContaining('content') },
      ],
    })
    expect(plan.actions[0]?.fileInputs).toEqual(new Set(['content']))
  })

  test.each(['not base64!', 'abcde', '%%%%'])(
    'content that is not base64 is refused: %s',
    async (content) => {
      await expect(bench.run(upload(), { inputs: { content, name: 'a' } })).rejects.toMatchObject({
        code: 'input/invalid',
        message: expect.stringContaining('"content"'),
      })
      expect(bench.seen).toEqual([])
    },
  )

  test('an explanation shows the form without the content', async () => {
    const plan = await bench.plan(upload())
    const { requests } = explainAction(plan, 'act', { inputs: { content: base64, name: 'a.csv' } })
    expect(requests[0]?.bodyText).toContain('filename="a.csv"')
    expect(requests[0]?.bodyText).toContain('<1000 bytes>')
    expect(requests[0]?.bodyText).not.toContain(base64.slice(0, 20))
  })

  test('a file that an action also sends as a value is refused in words', async () => {
    const action = upload({ args: [{ name: 'q', value: '$.inputs.content', in: 'query' }] })
    const files = { content: { open: () => Readable.from([bytes]) } }
    await expect(bench.run(action, { inputs: { name: 'x' }, files })).rejects.toMatchObject({
      code: 'input/invalid',
      message: expect.stringContaining('base64'),
    })
  })
})

describe('upload_binary', () => {
  const upload = {
    inputs: [input('content')],
    steps: [
      stepOf('upload_binary', { url: '/raw', method: 'put', binaryContent: { content: '$.inputs.content' } }),
    ],
  }

  proves('7/upload_binary', 'the bytes out of base64 are the body', async () => {
    bench.answer((_, response) => sendJson(response, { ok: true }))
    expect((await bench.run(upload, { inputs: { content: base64 } })).data).toEqual({ ok: true })
    const [seen] = bench.seen
    expect(seen?.body.equals(bytes)).toBe(true)
    expect(seen).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'content-length': '1000' },
    })
  })

  test('64 MiB pass through both ways, and only a few of them are under way at a time', async () => {
    const [count, chunk] = [256, Buffer.alloc(256 * 1024, 1)]
    const total = count * chunk.length
    const seen = { received: 0, written: 0 }
    await using server = await startDraining(seen, total)
    let [sent, saved, ahead] = [0, 0, 0]
    const files = {
      content: {
        bytes: total,
        async *open() {
          for (let index = 0; index < count; index += 1) {
            yield chunk
            sent += chunk.length
            ahead = Math.max(ahead, sent - seen.received)
          }
        },
      },
    }
    await bench.run(upload, { files, origin: server.origin })
    const saveFile = () =>
      new Writable({
        write(piece: Buffer, _, done) {
          saved += piece.length
          ahead = Math.max(ahead, seen.written - saved)
          setImmediate(done)
        },
      })
    await bench.run(
      { steps: [stepOf('download_file', { url: '/file' })] },
      { saveFile, origin: server.origin },
    )
    expect([seen.received, saved]).toEqual([total, total])
    // What the sockets of both sides hold, and not the file.
    expect(ahead).toBeLessThan(total / 2)
  })
})

describe('download_file', () => {
  const download = (
    parameters: Readonly<Record<string, unknown>> = {},
    result: unknown = '$.steps.get.output',
  ) => ({
    steps: [stepOf('download_file', { url: '/file', ...parameters })],
    result: { data: result },
  })
  const sendFile: Parameters<typeof bench.answer>[0] = (_, response) =>
    void response
      .writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''..%2F%C3%BC%20b.pdf`,
      })
      .end(bytes)

  proves('7/download_file', 'the content is base64 unless told otherwise', async () => {
    bench.answer(sendFile)
    const forms = { base64, binary: bytes.toString('latin1'), utf8: bytes.toString('utf8') }
    for (const [encoding, content] of [[undefined, base64] as const, ...Object.entries(forms)]) {
      const { data } = await bench.run(
        download(encoding === undefined ? {} : { encoding }, '$.steps.get.output.data'),
      )
      expect(data).toBe(content)
    }
    const { data } = await bench.run(download({ encoding: 'raw' }, '$.steps.get.output.data'))
    expect(Buffer.from(data as Uint8Array).equals(bytes)).toBe(true)
    bench.answer((_, response) => sendJson(response, { a: 1 }))
    expect((await bench.run(download({ responseType: 'json' }, '$.steps.get.output.data'))).data).toEqual({
      a: 1,
    })
    expect((await bench.run(download({ responseType: 'text' }, '$.steps.get.output.data'))).data).toBe(
      '{"a":1}',
    )
  })

  proves(
    '7/download_file-output',
    'headers, disposition, metadata and the last address are told',
    async () => {
      bench.answer((request, response) => {
        if (request.url === '/v1/file') response.writeHead(302, { location: '/other/place.pdf' }).end()
        else sendFile(request, response, 1)
      })
      expect((await bench.run(download())).data).toMatchObject({
        data: base64,
        statusCode: 200,
        headers: { 'content-type': 'application/pdf' },
        contentDisposition: expect.stringContaining('attachment'),
        fileMetadata: { fileName: 'ü b.pdf', contentType: 'application/pdf', size: 1000 },
        finalUrl: `${bench.origin()}/other/place.pdf`,
      })
    },
  )

  test('redirects are followed up to a number, or not at all', async () => {
    bench.answer(({ url }, response) => {
      const left = Number(new URL(url, 'http://x').searchParams.get('left') ?? 3)
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/v1/file?left=${left - 1}` }).end()
    })
    const text = { responseType: 'text' }
    expect((await bench.run(download({ ...text, maxRedirects: 3 }, '$.steps.get.output.data'))).data).toBe(
      'there',
    )
    for (const parameters of [{ maxRedirects: 2 }, { followRedirects: false }])
      await expect(bench.run(download(parameters))).rejects.toMatchObject({ code: 'provider/redirected' })
  })

  proves(
    '7/download_file-urlKey',
    'a second call fetches the address, without authorization unless told',
    async () => {
      bench.answer(({ url }, response) => {
        if (url === '/v1/file')
          sendJson(response, { link: { href: `${bench.origin()}/blob?sig=1` }, name: 'cv.pdf' })
        else response.writeHead(200, { 'content-type': 'x/y' }).end(bytes)
      })
      const parameters = {
        authorization: { type: 'bearer', token: 'canary-token-1' },
        args: [{ name: 'x-extra', value: 'canary-extra', in: 'headers' }],
        response: { urlKey: 'link.href', fileNameKey: 'name', contentType: 'application/pdf' },
      }
      const { data } = await bench.run(download(parameters))
      expect(data).toMatchObject({
        data: base64,
        fileMetadata: { fileName: 'cv.pdf', contentType: 'application/pdf' },
      })
      expect(bench.seen.map(({ url }) => url)).toEqual(['/v1/file', '/blob?sig=1'])
      expect(JSON.stringify(bench.seen[1]?.headers)).not.toContain('canary')
      bench.seen.length = 0
      await bench.run(download({ ...parameters, response: { urlKey: 'link.href', forwardAuth: true } }))
      expect(bench.seen[1]?.headers).toMatchObject({
        authorization: 'Bearer canary-token-1',
        'x-extra': 'canary-extra',
      })
    },
  )

  test('an address that is none ends the step with a coded error', async () => {
    bench.answer((_, response) => sendJson(response, { link: 'file:///etc/passwd' }))
    await expect(bench.run(download({ response: { urlKey: 'link' } }))).rejects.toMatchObject({
      code: 'step/failed',
    })
  })

  test('content within the answer is taken, as base64 or as text', async () => {
    bench.answer((_, response) => sendJson(response, { file: { content: base64, name: 'a.bin' } }))
    const response = { dataKey: 'file.content', contentIsBase64: true, fileNameKey: 'file.name' }
    expect((await bench.run(download({ response }))).data).toMatchObject({
      data: base64,
      fileMetadata: { fileName: 'a.bin', size: 1000 },
    })
    const text = await bench.run(download({ response: { dataKey: 'file.name' }, encoding: 'utf8' }))
    expect(text.data).toMatchObject({ data: 'a.bin' })
  })

  test.each([
    ['the answer itself', {}],
    ['an address within the answer', { response: { urlKey: 'url' } }],
    ['content within the answer', { response: { dataKey: 'content', contentIsBase64: true } }],
  ])(
    'a sink of the caller takes the bytes of %s, and data says what is known of the file',
    async (_, parameters) => {
      bench.answer((request, response) => {
        if (Object.keys(parameters).length > 0 && request.url === '/v1/file')
          sendJson(response, { url: `${bench.origin()}/blob.bin`, content: base64 })
        else sendFile(request, response, 1)
      })
      const { saveFile, files, content } = collect()
      const { data } = await bench.run(download(parameters, '$.steps.get.output.data'), { saveFile })
      expect(content().equals(bytes)).toBe(true)
      expect(data).toMatchObject({ size: 1000 })
      expect(files).toHaveLength(1)
    },
  )

  test('a sink that fails ends the run with a coded error, and one too small for the file too', async () => {
    bench.answer(sendFile)
    const saveFile = () =>
      new Writable({
        write(_chunk, _, done) {
          done(new Error('/secret/path: no space'))
        },
      })
    const error = await bench.run(download(), { saveFile }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'file/unwritable' })
    expect(String(error)).not.toContain('/secret')
    const { saveFile: fine } = collect()
    await expect(
      bench.run(download(), { saveFile: fine, limits: { maxFileBytes: 999 } }),
    ).rejects.toMatchObject({
      code: 'response/too-large',
    })
    await expect(bench.run(download(), { limits: { maxBytes: 999 } })).rejects.toMatchObject({
      code: 'response/too-large',
    })
  })

  test('an error of the provider is one, and its words are read', async () => {
    bench.answer((_, response) => sendJson(response, { message: 'gone fishing' }, 404))
    const { saveFile, files } = collect()
    await expect(bench.run(download(), { saveFile })).rejects.toMatchObject({
      code: 'provider/not-found',
      providerMessage: 'gone fishing',
    })
    expect(files).toEqual([])
  })
})
