import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ExplainedRequest, renderCurl, renderHar, renderHttp } from '../../src/plan/index.ts'

const run = promisify(execFile)
let folder: string

/** A `curl` that prints its arguments: what the shell made of the command. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-curl-'))
  await writeFile(join(folder, 'curl'), '#!/bin/sh\nprintf "%s\\0" "$@"\nprintf "\\001"\n')
  await chmod(join(folder, 'curl'), 0o755)
})

afterAll(() => rm(folder, { recursive: true }))

async function argumentsOf(commands: string): Promise<string[][]> {
  const { stdout } = await run('/bin/sh', ['-c', commands], { env: { PATH: folder } })
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1))
}

const place = { line: 12, column: 3, offset: 100 }
const request: ExplainedRequest = {
  step: 'create_person',
  method: 'POST',
  url: 'https://api.example.com/v3.0/<firmName>/people?note=a%20b&x=1&x=2',
  headers: { authorization: 'Token ***', 'content-type': 'application/json', 'x-empty': '' },
  body: { person: { name: "Ines O'Neil" } },
  bodyText: '{"person":{"name":"Ines O\'Neil"}}',
  retry: { safe: false, because: 'writes' },
  notes: [],
  sources: [
    { part: 'url', location: { file: '/repo/acme.yaml', range: { start: place, end: place } } },
    {
      part: 'header authorization',
      location: { file: '/repo/acme.yaml', range: { start: place, end: place } },
    },
  ],
}

describe('curl', () => {
  test('is one command with a header each, as the shell hands it over', async () => {
    expect(await argumentsOf(renderCurl([request]))).toEqual([
      [
        '-X',
        'POST',
        request.url,
        '-H',
        'authorization: Token ***',
        '-H',
        'content-type: application/json',
        '-H',
        'x-empty;',
        '--data-raw',
        request.bodyText,
      ],
    ])
  })

  test('is a line a request', async () => {
    const calls = renderCurl([request, { ...request, method: 'GET' }])
    expect(calls.split('\n').map((line) => line.slice(0, 9))).toEqual(['curl -X P', 'curl -X G', ''])
    expect(await argumentsOf(calls)).toHaveLength(2)
  })

  test('leaves brackets of a URL alone and asks for the head of a HEAD', async () => {
    const [call] = await argumentsOf(renderCurl([{ ...request, method: 'HEAD', url: 'https://x/?a[0]={1}' }]))
    expect(call?.slice(0, 3)).toEqual(['--head', '--globoff', 'https://x/?a[0]={1}'])
  })

  test('hands any value over unchanged', async () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => !value.includes('\0') && !value.includes('\u0001'))
    await fc.assert(
      fc.asyncProperty(text, text, async (value, bodyText) => {
        const hostile = { ...request, headers: { a: `x${value}` }, bodyText }
        const [call] = await argumentsOf(renderCurl([hostile]))
        expect(call?.slice(-4)).toEqual(['-H', `a: x${value}`, '--data-raw', bodyText])
      }),
      { numRuns: 40, examples: [["'; rm -rf $HOME `id` \\", '$(id)\n"!!"']] },
    )
  })
})

describe('http', () => {
  test('is a file an editor can run, with the place of each part above', () => {
    expect(renderHttp([request], (path) => path.replace('/repo/', ''))).toBe(`# step create_person
# sent once: it writes, and goes out again only where no connection was made
# url                   acme.yaml:12
# header authorization  acme.yaml:12
POST https://api.example.com/v3.0/<firmName>/people?note=a%20b&x=1&x=2
authorization: Token ***
content-type: application/json
x-empty: 

{
  "person": {
    "name": "Ines O'Neil"
  }
}
`)
  })

  test('parts requests from each other', () => {
    expect(renderHttp([request, request]).split('\n###\n')).toHaveLength(2)
  })

  test('leaves a body that is no JSON as it is sent, and leaves out one that is not there', () => {
    expect(renderHttp([{ ...request, body: 'a=1&b=2', bodyText: 'a=1&b=2' }])).toContain('\n\na=1&b=2\n')
    const { body: _, bodyText: __, ...bare } = request
    expect(renderHttp([bare]).endsWith('x-empty: \n')).toBe(true)
  })
})

describe('har', () => {
  const har = renderHar([request], { version: '1.2.3', startedAt: new Date(0) }) as {
    log: { entries: { request: Record<string, unknown> }[] } & Record<string, unknown>
  }

  test('has every field that HAR 1.2 requires', () => {
    expect(har.log).toMatchObject({ version: '1.2', creator: { name: 'mainspring', version: '1.2.3' } })
    expect(har.log.entries[0]).toMatchObject({
      startedDateTime: '1970-01-01T00:00:00.000Z',
      time: expect.any(Number),
      cache: {},
      timings: { send: expect.any(Number), wait: expect.any(Number), receive: expect.any(Number) },
      request: {
        method: 'POST',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headersSize: -1,
        bodySize: Buffer.byteLength(request.bodyText ?? ''),
      },
      response: {
        status: expect.any(Number),
        statusText: expect.any(String),
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        content: { size: 0, mimeType: expect.any(String) },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
    })
  })

  test('tells the query decoded, names repeated, and the body as it is sent', () => {
    expect(har.log.entries[0]?.request).toMatchObject({
      url: 'https://api.example.com/v3.0/%3CfirmName%3E/people?note=a%20b&x=1&x=2',
      queryString: [
        { name: 'note', value: 'a b' },
        { name: 'x', value: '1' },
        { name: 'x', value: '2' },
      ],
      postData: { mimeType: 'application/json', text: request.bodyText },
    })
  })
})
