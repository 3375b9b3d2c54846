import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startMock } from '../../src/mock/index.ts'
import { sampleAnswer } from '../../src/mock/sample-answer.ts'
import type { ConnectorPlan } from '../../src/plan/index.ts'

/** What a provider can do to a request, each time telling back all that it was told. */
export const answers = [
  'success',
  'success of another shape',
  'success that carries an error',
  '401',
  '403',
  '404',
  '422',
  '429',
  '500 in HTML',
  '503',
  'malformed JSON',
  'text in place of JSON',
  'cut body',
  'damaged gzip',
  'not HTTP',
  'unknown charset',
  'redirect elsewhere',
  'redirect in circles',
  'reset before delivery',
  'reset after delivery',
  'too slow',
] as const
export type Answer = (typeof answers)[number]

/** A provider on loopback that knows every secret of its accounts, and repeats them in every spelling it can. */
export interface EchoProvider {
  readonly origin: string
  /** What it does with requests from now on. */
  answer: Answer
  /** Requests that arrived. */
  readonly received: number
  close(): Promise<void>
}

/** @param secrets - what it knows beside what is sent to it */
export async function startEchoProvider(
  plan: ConnectorPlan,
  secrets: readonly string[],
): Promise<EchoProvider> {
  // Knows the shape of every answer that is a success.
  const mock = await startMock(plan)
  const state = { answer: 'success' as Answer, received: 0 }
  const server = createServer((request, response) => {
    state.received += 1
    const answering = state.answer
    if (answering === 'reset before delivery') return void response.socket?.resetAndDestroy()
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const told = [tellRequest(request, Buffer.concat(chunks)), ...secrets]
      give(answering, plan, request, response, told, mock.origin).catch(() => response.destroy())
    })
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get answer() {
      return state.answer
    },
    set answer(answer) {
      state.answer = answer
    },
    get received() {
      return state.received
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await mock.close()
    },
  }
}

/** A request as a debugging page shows it, and then as such pages encode it. */
function tellRequest({ method, url, rawHeaders }: IncomingMessage, body: Buffer): string {
  const lines = rawHeaders.flatMap((text, index) =>
    index % 2 === 0 ? [`${text}: ${rawHeaders[index + 1]}`] : [],
  )
  return `${method} ${url}\n${lines.join('\n')}\n\n${body.toString('latin1')}\n${body.toString()}`
}

/** All of it in many spellings, the encoded ones with something before them, so that each third of base64 occurs. */
function spellings(told: readonly string[]): string[] {
  return told.flatMap((text) => {
    const json = JSON.stringify(text)
    const ascii = json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    return [
      text,
      encodeURIComponent(text),
      encodeURIComponent(text).replace(/%../g, (escaped) => escaped.toLowerCase()),
      new URLSearchParams({ a: text }).toString(),
      json,
      ascii,
      JSON.stringify(json),
      escapeMarkup(text),
      Buffer.from(text).toString('latin1'),
      ...['', 'a', 'ab'].flatMap((before) => [
        Buffer.from(`${before}${text}`).toString('base64'),
        Buffer.from(`${before}${text}:`).toString('base64url'),
        encodeURIComponent(Buffer.from(`${before}${text}`).toString('base64')),
      ]),
    ]
  })
}

let turn = 0

/** The spellings in another order and after more words each time, so that whoever cuts them cuts all of them somewhere. */
function echo(told: readonly string[]): string {
  turn += 1
  const all = spellings(told)
  const from = turn % all.length
  return `${'x'.repeat(turn % 97)} ${[...all.slice(from), ...all.slice(0, from)].join(' ')}`
}

async function give(
  answer: Answer,
  plan: ConnectorPlan,
  request: IncomingMessage,
  response: ServerResponse,
  told: readonly string[],
  mock: string,
): Promise<void> {
  const text = echo(told)
  const headers = headersWith(told)
  const json = (status: number, body: unknown, more: Record<string, string> = {}) =>
    response
      .writeHead(status, { ...headers, 'content-type': 'application/json', ...more })
      .end(JSON.stringify(body))
  const refusal = {
    error: { message: text, code: text },
    message: text,
    errors: [{ message: text, field: text }],
  }
  switch (answer) {
    case 'success': {
      if (request.url?.endsWith('/token') === true) {
        const [access_token, refresh_token] = told.slice(-2)
        return void json(200, {
          access_token,
          refresh_token,
          token_type: 'bearer',
          expires_in: 3600,
          more: text,
        })
      }
      const sample = sampleOfSoap(plan, told[0] ?? '') ?? (await sampleOfMock(mock, request))
      return void response
        .writeHead(sample.status, { ...headers, 'content-type': sample.contentType })
        .end(
          sample.contentType.includes('xml') ? echoInXml(sample.body, text) : echoInJson(sample.body, text),
        )
    }
    case 'success of another shape':
      return void json(200, [text, { [text]: text }])
    case 'success that carries an error':
      return void json(200, { ...refusal, data: null, ok: false, success: false })
    case '401':
      return void json(401, refusal, { 'www-authenticate': headers['x-echo'] ?? '' })
    case '403':
    case '404':
    case '422':
      return void json(Number(answer), refusal)
    case '429':
      return void json(429, refusal, { 'retry-after': '0' })
    case '500 in HTML':
      return void response
        .writeHead(500, { ...headers, 'content-type': 'text/html' })
        .end(`<html><title>${escapeMarkup(text)}</title><pre>${escapeMarkup(text)}</pre>`)
    case '503':
      return void response.writeHead(503, { ...headers, 'content-type': 'text/plain' }).end(text)
    case 'malformed JSON':
      return void response
        .writeHead(200, { ...headers, 'content-type': 'application/json' })
        .end(`{"a": ${text}`)
    case 'text in place of JSON':
      return void response.writeHead(200, { ...headers, 'content-type': 'text/plain' }).end(text)
    case 'cut body':
      response.writeHead(200, { ...headers, 'content-type': 'application/json', 'content-length': '9999999' })
      response.write(JSON.stringify(refusal))
      return void setTimeout(() => response.socket?.resetAndDestroy(), 5)
    case 'damaged gzip':
      return void response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(text)
    case 'not HTTP':
      return void response.socket?.end(text)
    case 'unknown charset':
      return void response
        .writeHead(200, {
          ...headers,
          'content-type': `text/plain; charset=${told.slice(1).find((secret) => /^\w+$/.test(secret)) ?? 'none'}`,
        })
        .end(text)
    case 'redirect elsewhere':
      return void response
        .writeHead(302, {
          ...headers,
          location: `http://127.0.0.2:9/${told.slice(1).map(encodeURIComponent).join('/')}`,
        })
        .end(text)
    case 'redirect in circles':
      return void response
        .writeHead(307, {
          ...headers,
          location: `/again?a=${told.slice(1).map(encodeURIComponent).join('&b=')}`,
        })
        .end(text)
    case 'reset after delivery':
      return void response.socket?.resetAndDestroy()
    case 'too slow':
      response.writeHead(200, { ...headers, 'content-type': 'application/json' })
      return void response.write(JSON.stringify(refusal).slice(0, -20))
    case 'reset before delivery':
      return
  }
}

interface Sample {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

async function sampleOfMock(mock: string, request: IncomingMessage): Promise<Sample> {
  const sample = await fetch(new URL(request.url ?? '/', mock), { method: request.method ?? 'GET' })
  const contentType = sample.headers.get('content-type') ?? 'application/json'
  return { status: sample.status, contentType, body: await sample.text() }
}

/** Requests of SOAP go to one address: what they ask for stands in their body. */
function sampleOfSoap(plan: ConnectorPlan, told: string): Sample | undefined {
  const asked = /<(?:[\w-]+:)?(\w+)_Request\b/.exec(told)?.[1]
  if (asked === undefined) return undefined
  for (const action of plan.actions)
    for (const { id, calls } of action.steps)
      for (const call of calls)
        if ('request' in call && call.request.response.dataPath[0] === `${asked}_Response`)
          return {
            status: 200,
            ...sampleAnswer(action, id, call.request.response, call.kind === 'paginated_request'),
          }
  return undefined
}

/** Headers that are shown, logged or read, each with all secrets in it, as far as a header can carry them. */
function headersWith(told: readonly string[]): Record<string, string> {
  const secrets = told.slice(1).filter((secret) => /^[\x20-\x7e\x80-\xff]*$/.test(secret))
  const text = [...secrets, ...secrets.map((secret) => Buffer.from(secret).toString('base64'))].join(' ')
  const names = [
    'x-echo',
    'x-request-id',
    'x-correlation-id',
    'x-ratelimit-remaining',
    'set-cookie',
    'etag',
    'link',
  ]
  return Object.fromEntries(names.map((name) => [name, name === 'etag' ? `"${text}"` : text]))
}

function echoInJson(body: string, text: string): string {
  const add = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value} ${text}`
    if (Array.isArray(value)) return value.map(add)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, add(inner)]))
  }
  return body === '' ? '' : JSON.stringify(add(JSON.parse(body)))
}

function echoInXml(body: string, text: string): string {
  return body.replace(/>([^<]+)</g, (_, inner: string) => `>${inner} ${escapeMarkup(text)}<`)
}

function escapeMarkup(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
