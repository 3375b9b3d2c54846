import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export const proxyFaults = [
  'none',
  'slow',
  'reset-before',
  'reset-after',
  'cut',
  'drip',
  'busy',
  'unavailable',
  'same-page',
] as const
export type ProxyFault = (typeof proxyFaults)[number]

/** Stands between an engine and a provider, on loopback, and spoils what goes through. */
export interface FaultProxy {
  readonly origin: string
  /** How often each fault was done. */
  readonly done: Readonly<Record<ProxyFault, number>>
  /** Requests that reached the provider, by method. */
  readonly delivered: Readonly<Record<string, number>>
  close(): Promise<void>
}

/** @param choose - the fault of the next request */
export async function startFaultProxy(
  target: string,
  choose: (method: string) => ProxyFault,
): Promise<FaultProxy> {
  const done = Object.fromEntries(proxyFaults.map((fault) => [fault, 0])) as Record<ProxyFault, number>
  const delivered: Record<string, number> = {}

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = 'GET', url = '/' } = incoming
    const fault = choose(method)
    done[fault] += 1
    if (fault === 'reset-before') return void outgoing.socket?.resetAndDestroy()
    if (fault === 'busy') return void outgoing.writeHead(429, { 'retry-after': '0' }).end('{}')
    if (fault === 'unavailable') return void outgoing.writeHead(503).end()
    if (fault === 'slow') await sleep(30)
    const path = fault === 'same-page' ? url.replace(/offset=\d+/, 'offset=0') : url
    delivered[method] = (delivered[method] ?? 0) + 1
    const answer = await forward(target, method, path, incoming.headers, Buffer.concat(chunks))
    if (fault === 'reset-after') return void outgoing.socket?.resetAndDestroy()
    const { status, headers, body } = answer
    outgoing.writeHead(status, { ...headers, 'content-length': body.length })
    if (fault === 'cut') {
      outgoing.write(body.subarray(0, Math.floor(body.length / 2)))
      return void setImmediate(() => outgoing.socket?.resetAndDestroy())
    }
    if (fault !== 'drip') return void outgoing.end(body)
    for (let at = 0; at < body.length; at += Math.ceil(body.length / 4)) {
      outgoing.write(body.subarray(at, at + Math.ceil(body.length / 4)))
      await sleep(5)
    }
    outgoing.end()
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    delivered,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

function forward(
  target: string,
  method: string,
  path: string,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, target), { method, headers }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      const type = response.headers['content-type']
      resolve({
        status: response.statusCode ?? 502,
        headers: type === undefined ? {} : { 'content-type': type },
        body: Buffer.concat(chunks),
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
