import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'

/** A server on loopback, with what it saw. */
export interface TestServer extends AsyncDisposable {
  readonly origin: string
  readonly port: number
  /** Connections open at this moment. */
  readonly openConnections: () => number
  /** Resolves once no connection is open any more. */
  readonly quiet: () => Promise<void>
}

export interface HttpTestServer extends TestServer {
  /** Each request with its whole body, in the order of arrival. */
  readonly seen: SeenRequest[]
}

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

type Answer = (request: SeenRequest, response: http.ServerResponse, number: number) => void

/** Answers whole requests; `number` counts them from 1. */
export function startHttpServer(answer: Answer): Promise<HttpTestServer> {
  return startAnswering(answer, (listener) => http.createServer(listener), 'http')
}

export function startHttpsServer(tls: https.ServerOptions, answer: Answer): Promise<HttpTestServer> {
  return startAnswering(answer, (listener) => https.createServer(tls, listener), 'https')
}

async function startAnswering(
  answer: Answer,
  create: (listener: http.RequestListener) => net.Server,
  scheme: string,
): Promise<HttpTestServer> {
  const seen: SeenRequest[] = []
  const server = create((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
      answer(seen.at(-1) as SeenRequest, response, seen.length)
    })
    request.on('error', () => {})
  })
  return { ...(await listen(server, scheme)), seen }
}

/** Speaks bytes: `onRequest` gets the socket once the head and body of a request of known length have arrived. */
export async function startRawServer(
  onRequest: (socket: Socket, number: number) => void,
): Promise<TestServer & { readonly received: string[] }> {
  const received: string[] = []
  const server = net.createServer((socket) => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const [head = '', body] = text.split('\r\n\r\n', 2)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (body === undefined || body.length < length) return
      received.push(text)
      text = ''
      onRequest(socket, received.length)
    })
  })
  return { ...(await listen(server, 'http')), received }
}

/** Answers the first bytes of a connection, and reads on only after a while. */
export async function startHastyServer(
  answer: string,
): Promise<TestServer & { readonly bytesRead: () => number }> {
  let bytesRead = 0
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      bytesRead += chunk.length
    })
    socket.once('data', () => {
      socket.pause()
      socket.write(answer, () => setTimeout(() => socket.resume(), 30))
    })
  })
  return { ...(await listen(server, 'http')), bytesRead: () => bytesRead }
}

async function listen(server: net.Server, scheme: string): Promise<TestServer> {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) for (const resolve of waiting.splice(0)) resolve()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    openConnections: () => sockets.size,
    quiet: () =>
      new Promise((resolve) => {
        if (sockets.size === 0) resolve()
        else waiting.push(resolve)
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A port of loopback where nobody listens. */
export async function closedOrigin(): Promise<string> {
  const server = await listen(net.createServer(), 'http')
  await server[Symbol.asyncDispose]()
  return server.origin
}
